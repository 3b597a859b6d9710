"""The front door: a knowledge graph that is built, queried and asked.

`KnowledgeGraph` keeps the ledger and opens its projections (`kgkit.projections`) when they are
first needed. What can be done with one stands in `kgkit.verbs`.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from extractors.readers import read
from kgkit.errors import InputError
from kgkit.projections import Projections
from kgkit.verbs import (
    adapting,
    adding,
    asking,
    completing,
    deciding,
    deducing,
    harvesting,
    looking,
    synthesising,
    theming,
    training,
)
from reasoning.answers import Answer
from stores.base import Place
from stores.ledger import Ledger

if TYPE_CHECKING:
    from extractors.base import Extractor
    from kgkit.calls import LedgerCalls
    from kgkit.models.encoder import Encoder
    from kgkit.schema import Schema
    from reasoning.logic import Vocabulary
    from stores.base import GraphStore

__all__ = ["Answer", "KnowledgeGraph", "open", "read"]


def open(
    path: str | Path,
    *,
    read_only: bool = False,
    extractor: str | Extractor = "mini",
    encoder: str | Encoder | None = None,
    store: str | GraphStore | None = None,
    ledger: str | None = None,
    heap_mb: int = 1024,
) -> KnowledgeGraph:
    """Open the graph in the folder `path`, making it where there is none; ":memory:" forgets it.

    `extractor`, `encoder` and the graph store are given by name or instance, a store on a server
    by its address ("neo4j://host:7687"). The store is "embedded" unless another was given before:
    the graph remembers its address, without user and password. `heap_mb` is the memory in MiB
    that the embedded store may take in this process. `ledger` is a PostgreSQL URL where the
    record is kept there and not in the folder; without `encoder` the graph's own is taken. Raises
    `LockedError` naming the process that writes to the graph already, and `InputError` when
    `path` is a file.

    >>> with open(":memory:") as kg:
    ...     kg.stats()["facts"]
    0
    """
    return KnowledgeGraph(
        path,
        read_only=read_only,
        extractor=extractor,
        encoder=encoder,
        store=store,
        ledger=ledger,
        heap_mb=heap_mb,
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
        encoder: str | Encoder | None = None,
        store: str | GraphStore | None = None,
        ledger: str | None = None,
        heap_mb: int = 1024,
    ) -> None:
        self._open_parts = ExitStack()
        self.path = _folder(path, self._open_parts)
        self.read_only = read_only
        self._extractor = extractor
        self.ledger = Ledger.open(ledger or self.path / "ledger.db", read_only=read_only)
        self._open_parts.callback(self.ledger.close)
        #: The stores and indexes that are made from the ledger.
        self.projections = Projections(
            self.ledger,
            Place(self.path, read_only, heap_mb),
            encoder=encoder or self.ledger.get_meta("encoder") or "mini",
            store=store,
        )
        self._open_parts.callback(self.projections.close)

    # Building
    build = adding.build
    estimate = adding.estimate
    fill = adding.fill
    unfill = adding.unfill
    add = adding.add
    import_from = adding.import_from
    add_table = adding.add_table
    remove_document = adding.remove_document
    remove_import = adding.remove_import
    # Deciding
    align = deciding.align
    proposals = deciding.proposals
    merge = deciding.merge
    unmerge = deciding.unmerge
    forbid_merge = deciding.forbid_merge
    split = deciding.split
    assert_fact = deciding.assert_fact
    reject_fact = deciding.reject_fact
    withdraw = deciding.withdraw
    decisions = deciding.decisions
    # Asking
    query = asking.query
    sparql = asking.sparql
    infer = asking.infer
    validate = asking.validate
    retrieve = asking.retrieve
    ask = asking.ask
    ask_stream = asking.ask_stream
    chat = asking.chat
    as_langchain_retriever = adapting.as_langchain_retriever
    as_llamaindex_retriever = adapting.as_llamaindex_retriever
    # Deducing
    run = deducing.run
    deduce = deducing.deduce
    # Completing
    train = training.train
    model = training.model
    suggest = completing.suggest
    complete = completing.complete
    withdraw_predictions = training.withdraw_predictions
    harvest_missing = harvesting.harvest_missing
    harvests = harvesting.harvests
    remove_harvest = harvesting.remove_harvest
    # Teaching
    synthesise = synthesising.synthesise
    plan_synthesis = synthesising.plan_synthesis
    # Looking
    stats = looking.stats
    imports = looking.imports
    quality = looking.quality
    themes = theming.themes
    facts = looking.facts
    export = looking.export
    to_networkx = looking.to_networkx

    def rebuild(self) -> None:
        """Throw every projection away and make it again from the ledger."""
        self.projections.rebuild()

    @property
    def vocabulary(self) -> Vocabulary:
        """What can be asked: types, relations and what they join, with the number of facts."""
        return deducing.vocabulary(self)

    @cached_property
    def extractor(self) -> Extractor:
        """The part that reads documents.

        One that was given by name and asks a language model keeps its calls in the graph.
        """
        return self.extractor_for(None)

    def extractor_for(self, schema: Schema | None) -> Extractor:
        """Return the part that reads documents for a schema, or for any.

        Raises `InputError` for a schema and an extractor that was not given by name.
        """
        from extractors.base import Calling
        from extractors.registry import load_extractor

        found = load_extractor(self._extractor, **({"schema": schema} if schema else {}))
        if isinstance(self._extractor, str) and isinstance(found, Calling):
            found.keep_calls(self.calls)
        return found

    @cached_property
    def calls(self) -> LedgerCalls:
        """The graph as a cache of calls, for `kgkit.lm(..., cache=kg.calls)`."""
        from kgkit.calls import LedgerCalls

        return LedgerCalls(self.ledger)

    def close(self) -> None:
        """Give files, locks and the engine back; closing twice is fine."""
        self._open_parts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
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
