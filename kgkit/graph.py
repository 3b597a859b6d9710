"""The front door: a knowledge graph that is built, queried and asked.

`KnowledgeGraph` keeps the ledger and opens its projections (`kgkit.projections`) when they are
first needed; every method hands on to the room that does the work.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from extractors.readers import read
from kgkit.errors import InputError
from kgkit.facts import Document, Fact
from kgkit.projections import Projections
from kgkit.schema import Schema
from reasoning.answers import Answer
from stores.base import Place
from stores.ledger import ImportRecord, Ledger, LogEntry

if TYPE_CHECKING:
    import networkx

    from extractors.align.proposals import Proposal
    from extractors.base import Extractor
    from extractors.imports import TableMapping
    from kgkit.aligning import AlignReport
    from kgkit.calls import LedgerCalls
    from kgkit.importing_report import ImportReport
    from kgkit.models.encoder import Encoder
    from kgkit.models.lm import Estimate
    from kgkit.report import BuildReport, Progress, QualityReport
    from reasoning.retrieval import Hit
    from stores.base import GraphStore
    from stores.rdf import Inference, Validation
    from stores.rows import Rows

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

    def build(
        self,
        *sources: str | Path | Document,
        schema: Schema | str | None = None,
        progress: Progress | None = None,
    ) -> BuildReport:
        """Read, split and extract the sources: files, folders, patterns or documents.

        What is there already is passed over, a file with new content replaces its old version,
        and a build that was killed goes on where it stopped. A file that cannot be read is in
        the report, never fatal. With a `schema`, such as "(Person)-[DIRECTED]->(Film)", only its
        relations are read, by an extractor that was given by name. `progress` is called with a
        `ProgressEvent` after each document. The report says how good the graph is (`quality`) when
        anything was read. Raises `InputError` when a pattern or folder holds nothing to read.
        """
        from kgkit.build import build

        schema = Schema.parse(schema) if isinstance(schema, str) else schema
        extractor = self.extractor if schema is None else self._load_extractor(schema)
        report = build(self.ledger, extractor, sources, self.projections, progress=progress)
        # It reads every fact: not for a build that found nothing new.
        if not report.totals["built"]:
            return report
        return replace(report, quality=self.quality(schema=schema))

    def estimate(self, *sources: str | Path | Document, sample: int = 0) -> Estimate:
        """Return what `build` would use of a language model; nothing is recorded.

        So many chunks as `sample` says are asked about to learn how long replies are; they are
        kept. Raises `InputError` for an extractor that asks no model.
        """
        from kgkit.build import estimate

        return estimate(self.extractor, sources, sample=sample)

    def add(self, facts: Iterable[Fact]) -> int:
        """Add facts with the evidence they bring; return how many the graph did not hold.

        Raises `InputError` for a fact without evidence.
        """
        return self.ledger.add_facts(facts)

    def import_from(
        self,
        *sources: str | Path | GraphStore,
        format: str = "auto",
        progress: Progress | None = None,
        **options: Any,
    ) -> ImportReport:
        """Add what others wrote: triples, tables, RDF, outputs of other graph builders, stores.

        `format` names an importer, "auto" tells it from each file; `options` are that importer's
        (`columns`, `mapping`, `score`, ...). Rows and files that cannot be used are in the report,
        never fatal. Raises `InputError` for an unknown format or option.
        """
        from kgkit.importing import import_from

        report = import_from(
            self.ledger, sources, format=format, progress=progress, options=options
        )
        self.projections.follow(progress)
        return report

    def add_table(
        self,
        rows: Any,
        mapping: TableMapping | Mapping[str, Any] | str | Path,
        *,
        source: str = "table",
    ) -> ImportReport:
        """Add the rows of a DataFrame, pyarrow Table or iterable of dicts, as the mapping says.

        Raises `InputError` for what is no table, a wrong mapping and a missing column.
        """
        from kgkit.importing import add_table

        return add_table(self.ledger, rows, mapping, source=source)

    def remove_document(self, document: str) -> bool:
        """Remove the document with this address or id; return whether there was one.

        Its text, vectors and cached calls are erased, and so is all that rested on it alone.
        """
        ids = self.ledger.document_ids(document) or [document]
        removed = [self.ledger.remove_document(id) for id in ids]
        if any(removed):
            self.projections.follow()
        return any(removed)

    def remove_import(self, source: str) -> bool:
        """Remove what rests on an import alone; return whether there was one.

        `source` is as `imports` lists it, or a folder for all files in it. What other evidence
        supports stays.
        """
        removed = self.ledger.remove_import(source)
        if removed:
            self.projections.follow()
        return removed

    # Deciding

    def align(self) -> AlignReport:
        """Join the names of one entity and part namesakes, as decisions by "align".

        They are made anew each time from what the graph holds, and stand below what people
        decide. What is unsure waits among the `proposals`.
        """
        from kgkit.aligning import align

        report = align(self.ledger, encode=self.projections.encoder.encode)
        self.projections.follow()
        return report

    def proposals(self) -> list[Proposal]:
        """Return what the last `align` proposed to merge and became of it, surest first."""
        from kgkit.aligning import proposals

        return proposals(self.ledger)

    def merge(self, a_id: str, b_id: str, *, who: str = "", when: str = "") -> str:
        """Decide that two entities are one; return the id of the decision. `unmerge` undoes it.

        Raises `InputError` when one is not there, or a decision forbids it.
        """
        return self.ledger.merge(a_id, b_id, who=who, when=when)

    def unmerge(self, a_id: str, b_id: str, *, who: str = "", when: str = "") -> bool:
        """Withdraw the merge of two entities; return whether there was one."""
        return self.ledger.unmerge((a_id, b_id), who=who, when=when)

    def forbid_merge(self, a_id: str, b_id: str, *, who: str = "", when: str = "") -> str:
        """Decide that two entities are never one; return the id of the decision."""
        return self.ledger.forbid_merge(a_id, b_id, who=who, when=when)

    def split(
        self, entity_id: str, documents: Iterable[str], *, who: str = "", when: str = ""
    ) -> str:
        """Decide that what these documents (addresses or ids) name so is another entity.

        Returns the id of the decision, which also holds for what is read from there later.
        """
        return self.ledger.split(entity_id, documents, who=who, when=when)

    def assert_fact(self, fact: Fact, *, who: str = "", when: str = "") -> str:
        """Add a fact on a person's word; return the id of the decision."""
        return self.ledger.assert_fact(fact, who=who, when=when)

    def reject_fact(self, fact_id: str, *, who: str = "", when: str = "") -> str:
        """Withhold a fact, whatever evidence it has or gets; return the id of the decision."""
        return self.ledger.reject_fact(fact_id, who=who, when=when)

    def withdraw(self, decision_id: str, *, who: str = "", when: str = "") -> bool:
        """Take back a decision of any kind; return whether it was in force."""
        return self.ledger.withdraw(decision_id, who=who, when=when)

    def decisions(self) -> list[LogEntry]:
        """Return every decision that was made or withdrawn, in order."""
        return self.ledger.decision_log()

    # Keeping

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

    def sparql(
        self, text: str, *, write: bool = False, limit: int | None = None, **parameters: object
    ) -> Rows:
        """Return the rows of a SPARQL 1.1 query on the same graph; `parameters` are its `$names`.

        The RDF form is made at the first call (`stores.rdf`). Raises `QueryError`, and
        `ReadOnlyError` for an update without `write=True`; `rebuild` forgets what updates write.
        """
        return self.projections.rdf.query(text, parameters, write=write, limit=limit)

    def infer(
        self, profile: str = "owl-rl", *, ontology: str | Path | Schema | None = None
    ) -> Inference:
        """Return what follows from the graph and an ontology ("owl-rl" or "rdfs").

        `kg.add(kg.infer().facts)` keeps it. Raises `InputError` for another profile.
        """
        from stores.rdf import infer

        return infer(self.projections.rdf, profile, ontology=ontology)

    def validate(self, shapes: str | Path | Schema) -> Validation:
        """Return whether the graph is as SHACL shapes (Turtle, a file, a schema) ask, where not.

        Raises `ReadError` for shapes that cannot be read.
        """
        from stores.rdf import validate

        return validate(self.projections.rdf, shapes)

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

    def imports(self) -> list[ImportRecord]:
        """Return the sources that were imported, with how much of each is in the graph."""
        return self.ledger.imports()

    def quality(
        self,
        *,
        schema: Schema | None = None,
        single_valued: Collection[str] = (),
        top: int = 10,
    ) -> QualityReport:
        """Return what the graph holds, how sure it is and what looks wrong.

        Relations that are `single_valued` or of the `schema` are checked for conflicts; lists
        have at most `top` rows.
        """
        from kgkit.quality import assess

        return assess(self.ledger, schema=schema, single_valued=single_valued, top=top)

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
        """The part that reads documents.

        One that was given by name and asks a language model keeps its calls in the graph.
        """
        return self._load_extractor()

    def _load_extractor(self, schema: Schema | None = None) -> Extractor:
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

    # Closing

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
