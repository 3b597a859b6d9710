"""Importing into a ledger: counts, reports, repetition, and graphs of other stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import kgkit.graph
from kgkit.errors import InputError, StoreError
from kgkit.evidence import ImportEvidence, PersonEvidence, TextEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier
from kgkit.importing import add_table, import_from
from kgkit.importing_stores import from_store
from kgkit.report import ProgressEvent
from stores.base import Ability
from stores.embedded import EmbeddedGraph
from stores.ledger import Ledger
from tests.extractors.imports.samples import (
    write_graphrag,
    write_hipporag,
    write_lightrag,
)


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as ledger:
        yield ledger


def write_triples(path: Path, rows: int = 2) -> Path:
    lines = [f"e{n},knows,e{n + 1}" for n in range(rows)]
    path.write_text("\n".join(["head,relation,tail", *lines, "bad"]))
    return path


def test_every_source_is_in_the_report(tmp_path: Path, ledger: Ledger) -> None:
    events: list[ProgressEvent] = []
    sources = [
        write_triples(tmp_path / "a.csv", 5000),
        write_hipporag(tmp_path / "b.json"),
        write_graphrag(tmp_path / "c"),
        write_lightrag(tmp_path / "d"),
        tmp_path / "none.csv",
    ]
    report = import_from(ledger, sources, progress=events.append)
    assert [s.format for s in report.sources] == [
        "triples",
        "hipporag",
        "graphrag",
        "lightrag",
        "auto",
    ]
    assert [s.status for s in report.sources] == ["imported"] * 4 + ["failed"]
    assert [s.documents for s in report.sources] == [0, 1, 2, 2, 0]
    assert [s.refused for s in report.sources] == [1, 1, 0, 0, 0]
    assert report.sources[0].facts == 5000
    counts = ledger.counts()
    assert counts["facts"] == report.totals["facts"]
    assert counts["documents"] == report.totals["documents"] == 5
    assert "does not exist" in str(report)
    assert "row 5001: it has 1 cells" in str(report)
    assert (events[-1].done, events[-1].total) == (5, 5)


def test_importing_twice_changes_nothing(tmp_path: Path, ledger: Ledger) -> None:
    sources = [write_triples(tmp_path / "a.csv"), write_graphrag(tmp_path / "c")]
    import_from(ledger, sources)
    before = list(ledger.export())
    report = import_from(ledger, sources)
    assert list(ledger.export()) == before
    assert report.totals["facts"] == 0
    assert report.failed == ()


def test_a_file_that_says_more_replaces_what_it_said_of_a_text(
    tmp_path: Path, ledger: Ledger
) -> None:
    path = write_hipporag(tmp_path / "a.json")
    import_from(ledger, [path])
    path.write_text(path.read_text().replace('"discovered", "radium"', '"isolated", "radium"'))
    import_from(ledger, [path])
    relations = {fact.relation for fact in ledger.facts()}
    assert "ISOLATED" in relations
    assert "DISCOVERED" not in relations
    assert ledger.counts()["documents"] == 1


def test_removing_a_document_takes_what_was_read_in_it(tmp_path: Path, ledger: Ledger) -> None:
    import_from(ledger, [write_graphrag(tmp_path)])
    glowing = next(f for f in ledger.facts() if "glows" in str(f))
    assert len({e.document_id for e in glowing.evidence if isinstance(e, TextEvidence)}) == 2
    for document in list(ledger.documents()):
        assert ledger.remove_document(document.id)
    assert ledger.counts()["facts"] == 0


def test_a_source_that_breaks_off_leaves_what_came_before(tmp_path: Path, ledger: Ledger) -> None:
    path = write_hipporag(tmp_path / "a.json")
    path.write_text(path.read_text().partition("chunk-2")[0])
    (status,) = import_from(ledger, [path]).sources
    assert (status.status, status.documents) == ("failed", 1)
    assert "breaks off" in str(status.error)
    assert ledger.counts()["documents"] == 1


def test_a_table_without_a_usable_row_failed(tmp_path: Path, ledger: Ledger) -> None:
    path = tmp_path / "a.csv"
    path.write_text("head,relation,tail\nA\nB\n")
    (status,) = import_from(ledger, [path]).failed
    assert "no row that could be used" in str(status.error)
    assert status.refused == 2


def test_a_stranger_that_breaks_is_reported(
    tmp_path: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "strange-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: strange\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[kgkit.importers]\nodd = broken_importer:read\n")
    (tmp_path / "broken_importer.py").write_text(
        "def read(path):\n    yield from ()\n    raise ZeroDivisionError('by nought')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    (status,) = import_from(ledger, [write_triples(tmp_path / "a.csv")], format="odd").sources
    assert "ZeroDivisionError: by nought" in str(status.error)


def test_wrong_calls_say_what_is_wrong(tmp_path: Path, ledger: Ledger) -> None:
    with pytest.raises(InputError, match="no source was given"):
        import_from(ledger, [])
    with pytest.raises(InputError, match="a int is no source"):
        import_from(ledger, [7])  # type: ignore[list-item]
    with pytest.raises(InputError, match="no importer is named 'visio'"):
        import_from(ledger, ["a"], format="visio")
    with pytest.raises(InputError, match="takes no option 'columns'"):
        import_from(ledger, ["a"], format="lightrag", options={"columns": {}})


def test_a_table_is_added(ledger: Ledger) -> None:
    frame = pd.DataFrame({"id": [1, 2], "name": ["Ada", None], "born": ["1815-12-10", "soon"]})
    mapping = {
        "type": "Person",
        "key": "id",
        "name": "name",
        "properties": [{"column": "born", "datatype": "date"}],
    }
    report = add_table(ledger, frame, mapping, source="people")
    (fact,) = ledger.facts()
    assert fact.head == Entity("Person/1", "Ada", "Person")
    assert fact.tail == Literal(date(1815, 12, 10), "date", "1815-12-10")
    assert fact.evidence == (ImportEvidence("people", "1"),)
    assert report.totals == {
        "sources": 1,
        "imported": 1,
        "failed": 0,
        "documents": 0,
        "facts": 1,
        "refused": 1,
    }
    assert str(report).startswith(
        "1 source: 1 imported; 0 documents, 1 new fact, 1 row refused in "
    )


@pytest.fixture(scope="module")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedGraph]:
    folder = tmp_path_factory.mktemp("store") / "graph"
    with EmbeddedGraph.open(folder, heap_mb=256) as graph:
        yield graph


@pytest.fixture
def graph(_shared: EmbeddedGraph) -> Iterator[EmbeddedGraph]:
    """An empty graph, for tests that write."""
    yield _shared
    _shared.clear()


def test_a_foreign_graph_is_read_in_cypher(graph: EmbeddedGraph) -> None:
    graph.query(
        "CREATE (a:Film {title: 'Alien', id: 1, year: 1979, tags: ['horror', 'space'], "
        "shown: date('1979-05-25')})-[:DIRECTED_BY {since: 1978}]->(b:Person {name: 'R. Scott'}), "
        "(c:Studio {id: 1})",
        write=True,
    )
    facts = list(from_store(graph, source="neo4j://host"))
    assert {str(fact) for fact in facts} == {
        "(Alien)-[YEAR]->(1979)",
        "(Alien)-[TAGS]->(horror)",
        "(Alien)-[TAGS]->(space)",
        "(Alien)-[SHOWN]->(1979-05-25)",
        "(R. Scott)-[LABEL]->(R. Scott)",
        "(1)-[LABEL]->(1)",
        "(Alien)-[DIRECTED_BY]->(R. Scott)",
    }
    edge = facts[-1]
    assert edge.head == Entity("Film/1", "Alien", "Film")
    assert edge.tail == Entity.named("R. Scott", "Person")
    assert [(q.role, q.value) for q in edge.qualifiers] == [
        ("since", Literal(1978, "integer", "1978"))
    ]
    assert {fact.evidence[0].kind for fact in facts} == {"import"}
    assert {fact.head.id for fact in facts} == {"Film/1", edge.tail.id, "Studio/1"}


def test_a_graph_of_kgkit_comes_back(tmp_path: Path) -> None:
    curie, radium = Entity.named("Marie Curie", "Person"), Entity.named("Radium", "Element")
    sure, unsure = PersonEvidence("Ada"), PersonEvidence("Bob", score=0.5)
    said = [
        Fact(
            curie,
            "DISCOVERED",
            radium,
            (Qualifier("time", Literal(1898, "integer")),),
            predicate="discovered",
            evidence=(unsure,),
        ),
        Fact(curie, "CHILDREN", Literal(2, "integer"), evidence=(sure,)),
        Fact(radium, "MASS", Literal(226.5, "decimal", unit="u"), evidence=(sure,)),
    ]
    with kgkit.graph.open(tmp_path / "kg", heap_mb=256) as kg, Ledger.open(":memory:") as other:
        kg.add(said)
        report = import_from(other, [kg.projections.graph])
        assert report.totals["facts"] == 3
        assert {fact.id for fact in other.facts()} == {fact.id for fact in said}
        discovered = next(fact for fact in other.facts() if fact.relation == "DISCOVERED")
        assert (discovered.predicate, discovered.confidence) == ("discovered", 0.5)
        assert discovered.head == curie


def test_many_records_are_asked_page_by_page(graph: EmbeddedGraph) -> None:
    graph.query(
        "UNWIND range(1, 2500) AS n CREATE (:Item {id: n})-[:OF]->(:Owner {id: n})", write=True
    )
    facts = list(from_store(graph, page=1000))
    assert len(facts) == 7500
    assert len({fact.evidence[0] for fact in facts if fact.relation == "LABEL"}) >= 2500


def test_a_store_without_cypher_is_refused(graph: EmbeddedGraph) -> None:
    class Sparql(EmbeddedGraph):
        abilities = Ability.SPARQL

    other = Sparql(Path("none"), heap_mb=256, read_only=False)
    with pytest.raises(StoreError, match="not asked in Cypher"):
        list(from_store(other))


def test_a_row_with_an_id_that_no_store_could_hold_is_refused(
    tmp_path: Path, ledger: Ledger
) -> None:
    nodes = [{"id": "https://example.org/" + "x" * 5000}, {"id": "Ada"}, {"id": "Bob"}]
    ends = [("Ada", nodes[0]["id"]), ("Ada", "Bob")]
    edges = [{"source": head, "target": tail, "relation": "knows"} for head, tail in ends]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"directed": True, "nodes": nodes, "links": edges}))
    report = import_from(ledger, [path])
    assert (report.totals["facts"], report.totals["refused"]) == (1, 1)
    assert "has 5,020 bytes; expected at most 4,096" in str(report)
