"""What kgkit exports, it can import again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import networkx
import pytest

from extractors.imports.facts import read_facts
from extractors.imports.records import read_records
from extractors.imports.registry import detect_format
from kgkit.errors import ReadError
from kgkit.evidence import ImportEvidence, ModelEvidence, PersonEvidence
from kgkit.exporting import export, formats
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity, Qualifier
from kgkit.importing import import_from
from stores.ledger import Ledger
from tests.extractors.imports.samples import write_lightrag
from tests.kgkit.test_exporting import fill
from tests.kgkit.worlds import ADA, BOB, CID

CURIE = Entity.named("Marie Curie", "Person")
FILM = Entity("https://example.org/film/1", "Alien", "Film", ("Alien (1979)",))
SURE = PersonEvidence("Ida", "2024-05-06")
FACTS = (
    Fact(CURIE, "SAW", FILM, predicate="saw", evidence=(ImportEvidence("a.csv", "3", 0.5),)),
    Fact(CURIE, "BORN", Literal(date(1867, 11, 7), "date", text="7 Nov."), evidence=(SURE,)),
    Fact(FILM, "MADE", Literal(1979, "gYear"), evidence=(SURE,)),
    Fact(FILM, "LENGTH", Literal(117.5, "decimal", unit="min"), evidence=(SURE,)),
    Fact(FILM, "CUT", Literal(True, "boolean"), evidence=(SURE,)),
    Fact(FILM, "CODE", Literal(" 007\r\n'\",", "string"), evidence=(SURE,)),
    Fact(FILM, "PAGE", Literal("x y", "anyURI"), evidence=(SURE,)),
    Fact(
        CURIE,
        "MARRIED",
        Entity.named("Pierre", "Person"),
        (Qualifier("since", Literal(1895, "gYear")), Qualifier("at", Entity.named("Sceaux; x=y"))),
        evidence=(ModelEvidence("m", ("p", "q"), (-0.5, -1.0), 0.7), SURE),
    ),
    Fact(CURIE, "MET", FILM, polarity=Polarity.NEGATIVE, evidence=(SURE,)),
    Fact(CURIE, "MET", FILM, modality=Modality.HEDGED, evidence=(SURE,)),
)
#: Suffixes of the formats that are not named as they are written.
SUFFIX = {"turtle": "ttl", "ntriples": "nt", "nquads": "nq", "rdfxml": "rdf"}


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as ledger:
        fill(ledger, ADA, BOB, CID)
        ledger.add_facts(FACTS)
        yield ledger


def again(ledger: Ledger, path: Path) -> Ledger:
    """Return a new ledger with what was exported to a path."""
    export(ledger, path)
    made = Ledger.open(":memory:")
    report = import_from(made, [path])
    assert not report.failed, str(report)
    assert not report.totals["refused"], str(report)
    assert list(made.problems()) == []
    return made


def test_json_lines_come_back_whole(ledger: Ledger, tmp_path: Path) -> None:
    one, other = sorted(Entity.named(name, "Person").id for name in ("Ada", "Bob"))
    ledger.merge(one, other, who="Ida")
    ledger.forbid_merge(one, CURIE.id)
    ledger.assert_fact(Fact(CURIE, "KNEW", FILM), who="Ida", when="2024-05-06")
    with again(ledger, tmp_path / "a.jsonl") as made:
        assert list(made.export()) == list(ledger.export())
        import_from(made, [tmp_path / "a.jsonl"])
        assert list(made.export()) == list(ledger.export())
        made.remove_document(ADA.id)
        ledger.remove_document(ADA.id)
        assert list(made.export()) == list(ledger.export())


def test_decisions_come_back(ledger: Ledger, tmp_path: Path) -> None:
    ledger.split(Entity.named("Cid").id, ["bob.txt"], who="Ida", when="2024-05-06")
    told = next(fact for fact in ledger.facts() if fact.evidence[0].kind == "text")
    ledger.reject_fact(told.id, who="Ida")
    ledger.reject_fact(FACTS[0].id)
    with again(ledger, tmp_path / "a.jsonl") as made:
        assert list(made.export()) == list(ledger.export())
        assert {d.kind for d in made.decisions()} == {"split", "reject"}
        assert {fact.id for fact in made.rejected()} == {told.id, FACTS[0].id}
        assert told.id not in {fact.id for fact in made.facts()}
        # What is decided still holds for what comes, and can be taken back.
        made.add_facts([FACTS[0]])
        assert list(made.export()) == list(ledger.export())
        for decision in made.decisions():
            made.withdraw(decision.id)
            ledger.withdraw(decision.id)
        assert list(made.export()) == list(ledger.export())


def test_a_fact_is_rejected_by_the_id_that_merges_gave_it(ledger: Ledger, tmp_path: Path) -> None:
    one, other = sorted(Entity.named(name, "Person").id for name in ("Ada", "Bob"))
    about = next(ledger.facts_about([other]))
    ledger.assert_fact(about, who="Ida", when="2024-05-06")
    ledger.reject_fact(about.id)
    ledger.merge(one, other)
    with again(ledger, tmp_path / "a.jsonl") as made:
        assert list(made.export()) == list(ledger.export())


def test_merges_of_what_no_text_names_come_back_and_can_be_parted(tmp_path: Path) -> None:
    ada, adah = Entity.named("Ada", "Person"), Entity.named("Adah", "Person")
    told = Fact(adah, "SAW", FILM, evidence=(ImportEvidence("a.csv", "3", 0.5), SURE))
    with Ledger.open(":memory:") as ledger:
        fill(ledger, ADA, BOB)
        ledger.add_facts([told, Fact(ada, "SAW", FILM, evidence=(SURE,))])
        before = list(ledger.export())
        decision = ledger.merge(ada.id, adah.id)
        with again(ledger, tmp_path / "a.jsonl") as made:
            assert list(made.export()) == list(ledger.export())
            assert made.unmerge(decision)
            assert list(made.export()) == before


def test_decisions_that_cannot_be_made_again_are_listed(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    export(ledger, path)
    odd = [
        {"kind": "decision", "id": "1", "decision": "paint", "about": ["red"]},
        {"kind": "decision", "id": "2", "decision": "split", "about": ["red"]},
        {"kind": "decision", "id": "3", "about": ["red"]},
        {"kind": "decision", "id": "4", "decision": "reject", "about": ["0" * 32]},
    ]
    with path.open("a") as file:
        file.writelines(f"{json.dumps(record)}\n" for record in odd)
    with Ledger.open(":memory:") as made:
        report = import_from(made, [path])
        assert "a decision to paint is not taken over" in str(report)
        assert report.totals["refused"] == 4
        assert not report.failed
        assert list(made.export()) == list(ledger.export())


@pytest.mark.parametrize("format", [name for name in formats() if name not in ("jsonl",)])
def test_facts_come_back(ledger: Ledger, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"a.{SUFFIX.get(format, format)}"
    with again(ledger, path) as made:
        before = {fact.id: fact for fact in ledger.facts()}
        after = {fact.id: fact for fact in made.facts()}
        if format in ("graphml", "json"):
            # Such a graph has no qualifiers, units or finer datatypes, and asserts all it holds.
            said = {str(fact) for fact in before.values() if fact.is_asserted}
            alone = {"(Sceaux; x=y)-[LABEL]->(Sceaux; x=y)"}
            assert {str(fact) for fact in after.values()} == said | alone
            plain = [f for f in before.values() if f.is_edge and not f.qualifiers]
            before = {fact.id: fact for fact in plain}
        else:
            assert after.keys() == before.keys()
        for id, fact in before.items():
            assert after[id].predicate == fact.predicate
            assert after[id].confidence == pytest.approx(fact.confidence, abs=0.021)
        entities = {e.id: (e.name, e.type) for e in made.entities()}
        assert entities.items() <= {e.id: (e.name, e.type) for e in ledger.entities()}.items()


@pytest.mark.parametrize("format", formats())
def test_the_format_is_told_from_the_file(ledger: Ledger, tmp_path: Path, format: str) -> None:
    export(ledger, path := tmp_path / f"a.{SUFFIX.get(format, format)}")
    told = {"csv": "facts", "jsonl": "records", "graphml": "network", "json": "network"}
    assert detect_format(path) == told.get(format, "rdf")


def films() -> networkx.DiGraph[str]:
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_edge("Ridley Scott", "Alien", relation="directed")
    graph.add_node("Alien", year=1979)
    graph.add_node("Blade Runner")
    return graph


def test_graphs_of_networkx_are_told_from_those_of_others(tmp_path: Path) -> None:
    networkx.write_graphml(films(), tmp_path / "a.graphml")
    data = networkx.node_link_data(films(), edges="links")
    (tmp_path / "a.json").write_text(json.dumps(data))
    for name in ("a.graphml", "a.json"):
        with Ledger.open(":memory:") as ledger:
            report = import_from(ledger, [tmp_path / name])
            assert [status.format for status in report.sources] == ["network"]
            assert {str(fact) for fact in ledger.facts()} == {
                "(Ridley Scott)-[DIRECTED]->(Alien)",
                "(Alien)-[YEAR]->(1979)",
                "(Blade Runner)-[LABEL]->(Blade Runner)",
            }
    lightrag = write_lightrag(tmp_path / "light")
    (file,) = lightrag.glob("*.graphml")
    assert detect_format(file) == "lightrag"


def test_an_undirected_graph_is_refused(tmp_path: Path) -> None:
    networkx.write_graphml(films().to_undirected(), tmp_path / "a.graphml")
    with Ledger.open(":memory:") as ledger:
        report = import_from(ledger, [tmp_path / "a.graphml"])
        assert "undirected" in str(report.failed[0].error)


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("head,relation,tail\na,b,c\n")
    for read in (read_facts, read_records):
        with pytest.raises(ReadError):
            list(read(path))
