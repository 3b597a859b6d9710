"""Looking a graph over: is its ledger sound, and do its projections hold what the ledger holds?"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kgkit.errors import KgkitError, LockedError, ReadOnlyError, StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from kgkit.graph import KnowledgeGraph
    from stores.base import GraphStore
    from stores.ledger import Ledger

__all__ = ["Diagnosis", "Finding", "examine", "repair"]

#: How many problems of one check are named; all are counted.
_NAMED = 5

_PLACES = ("lexical", "vectors", "graph", "rdf")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of a place (ledger, lexical, vectors, graph, rdf) found: nothing, or problems.

    `count` is how many there are, `problems` names the first; `note` says what was not checked.
    """

    place: str
    check: str
    count: int = 0
    problems: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The findings of an examination, in order."""

    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether no check found a problem."""
        return not any(finding.count for finding in self.findings)

    @property
    def broken(self) -> tuple[str, ...]:
        """The projections with a problem, which `repair` makes again."""
        places = dict.fromkeys(f.place for f in self.findings if f.count)
        return tuple(place for place in places if place != "ledger")

    def to_dict(self) -> dict[str, object]:
        """Return the diagnosis as plain values, for JSON."""
        return {"sound": self.is_sound, "findings": [asdict(finding) for finding in self.findings]}


def examine(kg: KnowledgeGraph) -> Diagnosis:
    """Check the ledger of a graph and, if it is sound, compare its projections with it.

    Nothing is changed. The graph is best opened with `read_only=True`, so that what is old is
    seen as it is.
    """
    ledger = _ledger_findings(kg.ledger)
    if any(finding.count for finding in ledger):
        note = "not checked: the ledger is not sound"
        return Diagnosis((*ledger, *(Finding(place, "contents", note=note) for place in _PLACES)))
    expected = _Expected.of(kg.ledger)
    lexical = _guarded("lexical", _lexical_findings(kg.path / "lexical", expected))
    vectors = _guarded("vectors", _vector_findings(kg.path / "vectors", expected))
    graph = _guarded("graph", _graph_findings(kg, expected))
    rdf = _guarded("rdf", _rdf_findings(kg, expected))
    return Diagnosis((*ledger, *lexical, *vectors, *graph, *rdf))


def repair(kg: KnowledgeGraph, diagnosis: Diagnosis) -> None:
    """Make the projections again that a diagnosis found broken, from the ledger.

    The ledger is the truth and is never mended. Open the graph for this alone, since a broken
    projection is deleted first. Raises `ReadOnlyError` in a graph opened with `read_only=True`.
    """
    if kg.read_only:
        raise ReadOnlyError("the graph was opened for reading: open it without read_only")
    for place in diagnosis.broken:
        folder = kg.path / place
        if folder.exists():
            shutil.rmtree(folder)
        elif place == "graph":
            kg.projections.graph.clear()
    kg.projections.follow()


@dataclass(frozen=True, slots=True)
class _Expected:
    """What the projections of a ledger have to hold, by its number: ids of each kind."""

    sequence: int
    documents: set[str]
    chunks: set[str]
    sentences: set[str]
    entities: set[str]
    facts: set[str]
    edges: set[str]
    statements: set[str]

    @classmethod
    def of(cls, ledger: Ledger) -> _Expected:
        from stores.property_graph.shape import edge_of, statement_of

        made = cls(ledger.sequence(), *(set() for _ in range(7)))
        made.documents.update(document.id for document in ledger.documents())
        for chunk in ledger.chunks():
            made.chunks.add(chunk.id)
            made.sentences.update(f"{chunk.id}#{i}" for i in range(len(chunk.sentences)))
        made.entities.update(entity.id for entity in ledger.entities())
        for fact in ledger.facts():
            made.facts.add(fact.id)
            if fact.is_asserted:
                made.edges.update([fact.id] if edge_of(fact) else ())
                made.statements.update([fact.id] if statement_of(fact) else ())
        return made


def _ledger_findings(ledger: Ledger) -> list[Finding]:
    from stores.ledger.check import CHECKS

    found: dict[str, list[str]] = {check: [] for check in CHECKS}
    try:
        for check, problem in ledger.problems():
            found[check].append(problem)
    except KgkitError as error:
        found["integrity"].append(str(error))
    return [_finding("ledger", check, problems) for check, problems in found.items()]


def _guarded(place: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield the findings; what is open elsewhere is not checked, and what fails is broken."""
    try:
        yield from findings
    except LockedError as error:
        yield Finding(place, "contents", note=f"not checked: {error}")
    except Exception as error:  # noqa: BLE001 - a damaged engine may raise anything
        yield _finding(place, "contents", [str(error)])


def _lexical_findings(folder: Path, expected: _Expected) -> Iterator[Finding]:
    from stores.lexical import LexicalIndex

    if not folder.exists():
        yield _absent("lexical", expected)
        return
    index = LexicalIndex(folder)
    reached = index.watermark()
    index.close()
    yield (seen := _watermark("lexical", reached, expected))
    if not seen.count and not seen.note:
        yield _compared("lexical", "chunks", _indexed(folder), expected.chunks)


def _indexed(folder: Path) -> list[str]:
    """Return the id of every chunk in a word index."""
    import tantivy

    searcher = tantivy.Index.open(str(folder)).searcher()
    if not searcher.num_docs:
        return []
    hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs).hits
    return [str(searcher.doc(address).get_first("id")) for _, address in hits]


def _vector_findings(folder: Path, expected: _Expected) -> Iterator[Finding]:
    from stores.vectors.journal import Journal

    if not (folder / "journal.db").exists():
        yield _absent("vectors", expected)
        return
    journal = Journal(folder / "journal.db")
    reached, end = journal.number("watermark"), journal.number("end")
    made_by, generation = journal.note("encoder"), journal.number("generation")
    ids = [id for id, _ in journal.rows()]
    journal.close()
    yield (seen := _watermark("vectors", reached, expected))
    width = re.search(r"\((\d+)\)$", made_by)
    rows = folder / f"rows-{generation}.f32"
    size = rows.stat().st_size if rows.exists() else 0
    needed = end * 4 * int(width.group(1) if width else 1)
    short = [f"{rows.name} has {size} bytes and needs {needed}"] if size < needed else []
    yield _finding("vectors", "rows", short)
    if not seen.count and not seen.note:
        wanted = expected.chunks | expected.sentences
        yield _compared("vectors", "chunks and sentences", ids, wanted)


def _graph_findings(kg: KnowledgeGraph, expected: _Expected) -> Iterator[Finding]:
    from stores.base import Ability

    try:
        graph = kg.projections.graph
    except LockedError:
        raise
    except StoreError as error:
        if (kg.path / "graph").exists():
            raise
        yield Finding("graph", "watermark", note=f"not checked: {error}")
        return
    yield (seen := _watermark("graph", graph.watermark(), expected))
    if seen.count or seen.note:
        return
    if Ability.CYPHER in graph.abilities:
        yield from _cypher_findings(graph, expected)
    elif Ability.SPARQL in graph.abilities:
        yield from _sparql_findings("graph", graph, expected)
    else:
        yield Finding("graph", "contents", note="not checked: the store is not asked in Cypher")


def _rdf_findings(kg: KnowledgeGraph, expected: _Expected) -> Iterator[Finding]:
    if not (kg.path / "rdf").is_dir():
        return  # it is made when the graph is first asked in SPARQL
    graph = kg.projections.rdf
    yield (seen := _watermark("rdf", graph.watermark(), expected))
    if not seen.count and not seen.note:
        yield from _sparql_findings("rdf", graph, expected)


def _sparql_findings(place: str, graph: GraphStore, expected: _Expected) -> Iterator[Finding]:
    from stores.rdf.describe import fact_iri
    from stores.rdf.names import entity_iri

    for kind, wanted in (
        ("Entity", {entity_iri(id) for id in expected.entities}),
        ("Fact", {fact_iri(id).value for id in expected.facts}),
    ):
        rows = graph.query(f"SELECT DISTINCT ?id WHERE {{ ?id a kg:{kind} }}")
        yield _compared(place, f"{kind} nodes", (str(row["id"]) for row in rows), wanted)


def _cypher_findings(graph: GraphStore, expected: _Expected) -> Iterator[Finding]:
    for label, wanted in (
        ("Document", expected.documents),
        ("Chunk", expected.chunks),
        ("Entity", expected.entities),
        ("Statement", expected.statements),
    ):
        rows = graph.query(f"MATCH (n:{label}) RETURN n.id AS id")
        yield _compared("graph", f"{label} nodes", (str(row["id"]) for row in rows), wanted)
    rows = graph.query("MATCH ()-[r]->() WHERE r.id IS NOT NULL RETURN r.id AS id")
    yield _compared("graph", "edges", (str(row["id"]) for row in rows), expected.edges)
    rows = graph.query("MATCH (c:Chunk)-[:PART_OF]->(:Document) RETURN c.id AS id")
    yield _compared("graph", "PART_OF", (str(row["id"]) for row in rows), expected.chunks)


def _absent(place: str, expected: _Expected) -> Finding:
    note = "not made yet: it is made when it is first used" if expected.sequence else ""
    return Finding(place, "watermark", note=note)


def _watermark(place: str, reached: int, expected: _Expected) -> Finding:
    if reached > expected.sequence:
        ahead = f"it has seen change {reached}, and the ledger's last is {expected.sequence}"
        return _finding(place, "watermark", [ahead])
    if reached < expected.sequence:
        note = f"at change {reached} of {expected.sequence}: it follows when it is next used"
        return Finding(place, "watermark", note=note)
    return Finding(place, "watermark")


def _compared(place: str, check: str, held: Iterable[str], wanted: set[str]) -> Finding:
    counts = Counter(held)
    ids = counts.keys()
    problems = [
        *(f"{id} is missing" for id in sorted(wanted - ids)),
        *(f"{id} is there and not in the ledger" for id in sorted(ids - wanted)),
        *(f"{id} is there more than once" for id in sorted(ids) if counts[id] > 1),
    ]
    return _finding(place, check, problems)


def _finding(place: str, check: str, problems: Iterable[str]) -> Finding:
    found = list(problems)
    return Finding(place, check, len(found), tuple(islice(found, _NAMED)))
