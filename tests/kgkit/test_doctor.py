"""The doctor finds what is wrong with a graph, and makes its projections again."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

import kgkit
from kgkit.doctor import Diagnosis, Finding, examine, repair
from kgkit.graph import KnowledgeGraph
from stores.lexical import LexicalIndex
from tests.kgkit.worlds import ADA, BOB, CID, Words


def opened(path: Path, *, read_only: bool = False) -> KnowledgeGraph:
    return kgkit.open(path, read_only=read_only, extractor=Words())


@pytest.fixture
def built(tmp_path: Path) -> Path:
    path = tmp_path / "a.kg"
    with opened(path) as kg:
        kg.build(ADA, BOB, CID)
        kg.ledger.reject_fact(next(kg.facts()).id)
        kg.projections.follow()
    return path


def wrong(path: Path) -> set[tuple[str, str]]:
    with opened(path, read_only=True) as kg:
        return {(f.place, f.check) for f in examine(kg).findings if f.count}


def test_a_sound_graph_is_found_sound(built: Path) -> None:
    with opened(built, read_only=True) as kg:
        diagnosis = examine(kg)
    assert diagnosis.is_sound, diagnosis
    assert diagnosis.broken == ()
    checked = {(f.place, f.check) for f in diagnosis.findings if not f.note}
    assert checked >= {
        ("ledger", "integrity"),
        ("lexical", "chunks"),
        ("vectors", "rows"),
        ("vectors", "chunks and sentences"),
        ("graph", "Statement nodes"),
        ("graph", "edges"),
    }
    assert json.loads(json.dumps(diagnosis.to_dict()))["sound"] is True


def test_a_graph_that_lags_is_sound_and_said_to_lag(built: Path) -> None:
    with opened(built) as kg:
        kg.ledger.add_run("x", "1", {}, 0)
        kg.ledger.merge(*[entity.id for entity in kg.ledger.entities()][:2])
    with opened(built, read_only=True) as kg:
        diagnosis = examine(kg)
    assert diagnosis.is_sound
    assert {f.place for f in diagnosis.findings if "it follows" in f.note} == {
        "lexical",
        "vectors",
        "graph",
    }


def test_a_graph_that_was_never_projected_is_sound(tmp_path: Path) -> None:
    with opened(tmp_path / "b.kg") as kg:
        run = kg.ledger.add_run("x", "1", {}, 0)
        kg.ledger.add_document(CID, [], [], [], run)
    assert wrong(tmp_path / "b.kg") == set()


def break_lexical(path: Path) -> None:
    with opened(path) as kg:
        index = LexicalIndex(path / "lexical")
        index.clear()
        index._keep(kg.ledger.sequence())
        index.close()


def break_vectors(path: Path) -> None:
    with sqlite3.connect(path / "vectors" / "journal.db") as journal:
        journal.execute("DELETE FROM rows WHERE id IN (SELECT min(id) FROM rows)")
    journal.close()


def cut_vectors(path: Path) -> None:
    (rows,) = (path / "vectors").glob("rows-*.f32")
    rows.write_bytes(rows.read_bytes()[:-100])


def break_graph(path: Path) -> None:
    with opened(path) as kg:
        kg.query("MATCH ()-[r:SAW]->() DELETE r", write=True)
        kg.query("CREATE (e:Entity {id: 'x', name: 'Nobody'})", write=True)


def run_ahead(path: Path) -> None:
    (path / "lexical" / "watermark").write_text("99999")


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (break_lexical, {("lexical", "chunks")}),
        (break_vectors, {("vectors", "chunks and sentences")}),
        (cut_vectors, {("vectors", "rows")}),
        (break_graph, {("graph", "Entity nodes"), ("graph", "edges")}),
        (run_ahead, {("lexical", "watermark")}),
    ],
)
def test_what_is_broken_is_found_and_made_again(
    built: Path, damage: object, expected: set[tuple[str, str]]
) -> None:
    assert callable(damage)
    damage(built)
    assert wrong(built) == expected
    with opened(built, read_only=True) as kg:
        diagnosis = examine(kg)
        before = list(kg.export())
    with opened(built) as kg:
        repair(kg, diagnosis)
        assert list(kg.export()) == before
        assert len(kg.query("MATCH ()-[r:SAW]->() RETURN r")) > 0
    assert wrong(built) == set()


def test_a_damaged_ledger_is_reported_and_left(built: Path) -> None:
    ledger = sqlite3.connect(built / "ledger.db")
    ledger.execute("UPDATE document SET text = 'Other words.' WHERE uri = 'cid.txt'")
    ledger.commit()
    ledger.close()
    found = wrong(built)
    assert ("ledger", "ids") in found
    assert ("ledger", "spans") in found
    with opened(built, read_only=True) as kg:
        diagnosis = examine(kg)
    assert not diagnosis.is_sound
    assert diagnosis.broken == ()


def test_a_graph_that_cannot_be_read_is_made_again(built: Path) -> None:
    (built / "graph" / "database" / "schema.json").write_text("{")
    (built / "graph" / "database" / "schema.prev.json").write_text("{")
    with opened(built, read_only=True) as kg:
        diagnosis = examine(kg)
    assert diagnosis.broken == ("graph",)
    with opened(built) as kg:
        repair(kg, diagnosis)
    assert wrong(built) == set()


def test_what_is_kept_as_rdf_is_compared_too(built: Path) -> None:
    with opened(built) as kg:
        assert len(kg.projections.rdf.query("SELECT ?f WHERE { ?f a kg:Fact }")) > 0
    with opened(built, read_only=True) as kg:
        diagnosis = examine(kg)
        assert ("rdf", "Fact nodes") in {(f.place, f.check) for f in diagnosis.findings}
        assert diagnosis.is_sound
        with pytest.raises(kgkit.ReadOnlyError):
            repair(kg, diagnosis)
    with opened(built) as kg:
        kg.projections.rdf.query("DELETE WHERE { ?f a kg:Fact }", write=True)
    assert wrong(built) == {("rdf", "Fact nodes")}
    with opened(built) as kg:
        repair(kg, Diagnosis((Finding("rdf", "Fact nodes", 1),)))
    assert wrong(built) == set()
