"""The front door: a knowledge graph that is built, queried and asked.

`KnowledgeGraph` keeps the ledger and opens its projections (`kgkit.projections`) when they are
first needed; every method hands on to the room that does the work.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from extractors.readers import read
from kgkit.errors import InputError
from kgkit.facts import Document, Fact
from kgkit.projections import Projections
from reasoning.answers import Answer
from stores.ledger import Ledger

if TYPE_CHECKING:
    import networkx

    from extractors.base import Extractor
    from kgkit.models.encoder import Encoder
    from kgkit.report import BuildReport, Progress
    from reasoning.retrieval import Hit
    from stores.rows import Rows

__all__ = ["Answer", "KnowledgeGraph", "open", "read"]


def open(
    path: str | Path,
    *,
    read_only: bool = False,
    extractor: str | Extractor = "mini",
    encoder: str | Encoder = "mini",
    heap_mb: int = 1024,
) -> KnowledgeGraph:
    """Open the graph in the folder `path`, making it where there is none; ":memory:" forgets it.

    `extractor` and `encoder` are given by name or instance; `heap_mb` is the memory in MiB that
    the graph engine may take in this process. Raises `LockedError` naming the process that
    writes to the graph already, and `InputError` when `path` is a file.

    >>> with open(":memory:") as kg:
    ...     kg.stats()["facts"]
    0
    """
    return KnowledgeGraph(
        path, read_only=read_only, extractor=extractor, encoder=encoder, heap_mb=heap_mb
    )


class KnowledgeGraph:
    """A graph in a folder: the ledger, and the stores and indexes that are made from it.

    Use it as a context manager, or `close()` it. Every method raises `ClosedError` afterwards,
    and methods that write raise `ReadOnlyError` in a graph opened with `read_only=True`.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        extractor: str | Extractor = "mini",
        encoder: str | Encoder = "mini",
        heap_mb: int = 1024,
    ) -> None:
        self._open_parts = ExitStack()
        self.path = _folder(path, self._open_parts)
        self.read_only = read_only
        self._extractor = extractor
        self.ledger = Ledger.open(self.path / "ledger.db", read_only=read_only)
        self._open_parts.callback(self.ledger.close)
        #: The stores and indexes that are made from the ledger.
        self.projections = Projections(
            self.path, self.ledger, encoder=encoder, heap_mb=heap_mb, read_only=read_only
        )
        self._open_parts.callback(self.projections.close)

    # Building

    def build(
        self, *sources: str | Path | Document, progress: Progress | None = None
    ) -> BuildReport:
        """Read, split and extract the sources: files, folders, patterns or documents.

        What is there already is passed over, a file with new content replaces its old version,
        and a build that was killed goes on where it stopped. A file that cannot be read is in
        the report, never fatal. `progress` is called with a `ProgressEvent` after each document.
        Raises `InputError` when a pattern or folder holds nothing to read.
        """
        from kgkit.build import build

        return build(self.ledger, self.extractor, sources, self.projections, progress=progress)

    def add(self, facts: Iterable[Fact]) -> int:
        """Add facts with the evidence they bring; return how many the graph did not hold.

        Raises `InputError` for a fact without evidence.
        """
        return self.ledger.add_facts(facts)

    def remove_document(self, document: str) -> bool:
        """Remove the document with this address or id; return whether there was one.

        Its text, vectors and cached calls are erased, and so is all that rested on it alone.
        """
        ids = self.ledger.document_ids(document) or [document]
        removed = [self.ledger.remove_document(id) for id in ids]
        if any(removed):
            self.projections.follow()
        return any(removed)

    def merge(self, a_id: str, b_id: str) -> str:
        """Decide that two entities are one; return the id of the decision. `unmerge` undoes it."""
        return self.ledger.merge(a_id, b_id)

    def unmerge(self, a_id: str, b_id: str) -> bool:
        """Withdraw the merge of two entities; return whether there was one."""
        return self.ledger.unmerge((a_id, b_id))

    def rebuild(self) -> None:
        """Throw every projection away and make it again from the ledger."""
        self.projections.rebuild()

    # Asking

    def query(
        self,
        cypher: str,
        *,
        write: bool = False,
        timeout: float | None = None,
        limit: int | None = None,
        **parameters: object,
    ) -> Rows:
        """Return the rows of a Cypher query; `parameters` are its `$names`.

        `timeout` is in seconds; `limit` caps the rows. Raises `QueryError` for a syntax error,
        `QueryTimeout`, and `ReadOnlyError` for a query that writes without `write=True`. What a
        query writes is not in the ledger: `rebuild` forgets it.
        """
        return self.projections.graph.query(
            cypher, parameters, write=write, timeout=timeout, limit=limit
        )

    def retrieve(self, question: str, k: int = 10) -> list[Hit]:
        """Return the `k` chunks that bear most on the question, best first."""
        from reasoning.retrieval import retrieve

        return retrieve(
            self.projections.retrieval,
            question,
            encoder=self.projections.encoder,
            k=k,
        )

    def ask(self, question: str) -> Answer:
        """Answer a question with checked citations, or say what is missing in the graph.

        Raises `InputError` for an empty question.
        """
        from reasoning.answers import ask

        return ask(
            question,
            facts=self.projections.view,
            retrieve=self.retrieve,
            encoder=self.projections.encoder,
        )

    # Looking

    def stats(self) -> dict[str, int]:
        """Return how many documents, chunks, mentions, entities, facts and evidence there are."""
        return self.ledger.counts()

    def facts(self) -> Iterator[Fact]:
        """Yield every fact with its evidence, denied and hedged ones too, in order of id."""
        return self.ledger.facts()

    def export(self) -> Iterator[str]:
        """Yield the live records as canonical JSON lines; the same records give the same lines."""
        return self.ledger.export()

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return entities as nodes and asserted facts between them as edges keyed by fact id."""
        from stores.networks import to_networkx

        return to_networkx(self.ledger.entities(), self.ledger.facts())

    @cached_property
    def extractor(self) -> Extractor:
        """The part that reads documents."""
        from extractors.registry import load_extractor

        return load_extractor(self._extractor)

    # Closing

    def close(self) -> None:
        """Give files, locks and the engine back; closing twice is fine."""
        self._open_parts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"KnowledgeGraph({self.path.as_posix()!r})"


def _folder(path: str | Path, until: ExitStack) -> Path:
    if str(path) == ":memory:":
        return Path(until.enter_context(tempfile.TemporaryDirectory(prefix="kgkit-")))
    folder = Path(path)
    if folder.is_file():
        raise InputError(
            f"{str(path)!r} is a file; a graph is a folder: give a path that is free or a graph's"
        )
    return folder
