"""What goes into the ledger comes out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kgkit.errors import ClosedError, InputError, ReadOnlyError, StoreError
from kgkit.evidence import (
    Evidence,
    ImportEvidence,
    ModelEvidence,
    PersonEvidence,
    PredictionEvidence,
    RuleEvidence,
    TextEvidence,
)
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Modality, Polarity, Qualifier
from stores.ledger import Ledger
from tests.stores.ledger.worlds import read

ADA, BOB, PARIS = Entity.named("Ada"), Entity.named("Bob"), Entity.named("Paris", "Location")
SAID = PersonEvidence("Eve", "2024-01-02", 0.5)


def test_values_come_back(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "met", "Bob"), ("Bob", "born", "1903"), ("Ada", "saw", "Bob"))
    assert ledger.add_document(*parts, run_id)
    assert ledger.document(parts.document.id) == parts.document
    assert list(ledger.documents()) == [parts.document]
    assert list(ledger.chunks(document_id=parts.document.id)) == parts.chunks
    assert ledger.chunk(parts.chunks[1].id) == parts.chunks[1]
    assert ledger.document_ids("a.txt") == [parts.document.id]
    assert ledger.has_document(parts.document.id, run_id)
    assert not ledger.has_document(parts.document.id, "another run")
    spans = {(m.start, m.end, m.text, m.entity.id) for m in ledger.mentions(parts.document.id)}
    assert spans == {(m.start, m.end, m.text, m.entity.id) for m in parts.mentions}
    assert list(ledger.mentions()) == list(ledger.mentions(chunk_ids=[c.id for c in parts.chunks]))
    assert {f.id for f in ledger.facts()} == {f.id for f in parts.facts}
    born = ledger.fact(parts.facts[1].id)
    assert born is not None
    assert born.tail == parts.facts[1].tail
    assert born.predicate == "born"
    assert born.evidence == (replace(parts.facts[1].evidence[0], score=0.8123),)
    assert ledger.counts() == {
        "documents": 1,
        "chunks": 2,
        "mentions": 5,
        "entities": 2 + 1,  # Bob is read as a person and as a thing
        "facts": 3,
        "evidence": 3,
    }


def test_unknown_ids_give_none(ledger: Ledger) -> None:
    assert ledger.document("x") is None
    assert ledger.chunk("x") is None
    assert ledger.entity("x") is None
    assert ledger.fact("x") is None
    assert ledger.document_ids("x") == []
    assert list(ledger.facts(ids=["x"])) == []
    assert not ledger.remove_document("x")
    assert ledger.remove_facts(["x"]) == 0
    assert not ledger.unmerge("x")
    assert ledger.sequence() == 0


def test_the_same_again_changes_nothing(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "met", "Bob"))
    assert ledger.add_document(*parts, run_id)
    before, exported = ledger.sequence(), list(ledger.export())
    assert not ledger.add_document(*parts, run_id)
    assert ledger.add_run("test", "1", {"size": 2}, 0) == run_id
    assert ledger.sequence() == before
    assert list(ledger.export()) == exported


def test_other_text_at_an_address_replaces(ledger: Ledger, run_id: str) -> None:
    old, new = read("a.txt", ("Ada", "met", "Bob")), read("a.txt", ("Ada", "met", "Cid"))
    ledger.add_document(*old, run_id)
    assert ledger.add_document(*new, run_id)
    assert [d.id for d in ledger.documents()] == [new.document.id]
    assert [f.id for f in ledger.facts()] == [new.facts[0].id]
    assert ledger.entity(old.mentions[1].entity.id) is None


def test_another_run_replaces(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "met", "Bob"))
    ledger.add_document(*parts, run_id)
    other = ledger.add_run("test", "2", {}, 0)
    assert ledger.add_document(parts.document, parts.chunks, [], [], other)
    assert ledger.counts()["facts"] == 0
    assert not ledger.has_document(parts.document.id, run_id)


@pytest.mark.parametrize(
    "value",
    [
        Literal("ünï \x00 'quoted'", text="so"),
        Literal(1903, "gYear", text="in 1903"),
        Literal(-2.5e-7, "decimal", unit="km"),
        Literal(True, "boolean"),
        Literal(date(1903, 12, 10), "date"),
        Literal(datetime(1903, 12, 10, 8, 30), "dateTime"),
        PARIS,
    ],
)
def test_every_tail_comes_back(ledger: Ledger, value: Literal | Entity) -> None:
    fact = Fact(ADA, "HAS", value, (Qualifier("as", value),), evidence=(SAID,))
    assert ledger.add_facts([fact]) == 1
    assert ledger.fact(fact.id) == fact


@pytest.mark.parametrize(
    "evidence",
    [
        SAID,
        ModelEvidence("m", ("p1", "p2"), (-0.5, -1.25), 0.7),
        RuleEvidence("r", ("f1", "f2")),
        PredictionEvidence("run", 0.25),
        ImportEvidence("table.csv", "7"),
    ],
)
def test_every_evidence_comes_back(ledger: Ledger, evidence: Evidence) -> None:
    fact = Fact(ADA, "MET", BOB, (), Polarity.NEGATIVE, Modality.HEDGED, "meet", (evidence,))
    ledger.add_facts([fact])
    assert list(ledger.facts()) == [fact]
    assert ledger.add_facts([fact]) == 0


def test_equal_facts_unite_their_evidence(ledger: Ledger, run_id: str) -> None:
    first = read("a.txt", ("Ada", "met", "Bob"))
    second = read("b.txt", ("Ada", "met", "Bob"))
    ledger.add_document(*first, run_id)
    alone = next(ledger.facts()).confidence
    ledger.add_document(*second, run_id)
    (fact,) = ledger.facts()
    assert len(fact.evidence) == 2
    assert fact.confidence > alone
    ledger.remove_document(second.document.id)
    assert next(ledger.facts()).confidence == alone


def test_the_most_frequent_name_and_type_are_shown(ledger: Ledger, run_id: str) -> None:
    for number, (name, type_) in enumerate(
        [("ada", "Person"), ("Ada", "Person"), ("Ada", "Person"), ("ADA", "Person")]
    ):
        parts = read(f"{number}.txt", (name, "ran", "1903"))
        entity = Entity(Entity.named("Ada", "Person").id, name, type_)
        mentions = [replace(mention, entity=entity) for mention in parts.mentions]
        ledger.add_document(parts.document, parts.chunks, mentions, parts.facts, run_id)
    (entity,) = ledger.entities()
    assert (entity.name, entity.type, entity.aliases) == ("Ada", "Person", ("ADA", "ada"))


def test_a_plain_type_is_shown_only_where_there_is_no_other(ledger: Ledger) -> None:
    typed = Entity(ADA.id, "Ada", "Person")
    ledger.add_facts(Fact(ADA, f"R{i}", BOB, evidence=(SAID,)) for i in range(3))
    assert ledger.entity(ADA.id) == ADA
    ledger.add_facts([Fact(typed, "R", BOB, evidence=(SAID,))])
    assert ledger.entity(ADA.id) == typed


def test_facts_need_evidence_and_their_text(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="rests on nothing"):
        ledger.add_facts([Fact(ADA, "MET", BOB)])
    with pytest.raises(InputError, match="add the document first"):
        ledger.add_facts([Fact(ADA, "MET", BOB, evidence=(TextEvidence("d", "c", 0, 1, "x"),))])
    assert ledger.counts()["facts"] == 0


def test_a_document_comes_with_its_own_parts(ledger: Ledger, run_id: str) -> None:
    mine, other = read("a.txt", ("Ada", "met", "Bob")), read("b.txt", ("Ada", "met", "Bob"))
    with pytest.raises(InputError, match=r"b\.txt|document"):
        ledger.add_document(mine.document, other.chunks, [], [], run_id)
    with pytest.raises(InputError, match="add_run"):
        ledger.add_document(*mine, "no run")
    assert ledger.counts()["documents"] == 0


def test_model_calls_and_settings_are_kept(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "met", "Bob"))
    ledger.add_document(*parts, run_id)
    ledger.store_call("k1", "m", "h", "about a text", parts.document.id)
    ledger.store_call("k2", "m", "h", "about nothing")
    ledger.store_call("k2", "m", "h", "another answer")
    assert ledger.cached_call("k1") == "about a text"
    ledger.remove_document(parts.document.id)
    assert ledger.cached_call("k1") is None
    assert ledger.cached_call("k2") == "about nothing"
    first, second = parts.document.id, read("b.txt", ("Ada", "met", "Bob")).document.id
    ledger.store_call("k3", "m", "h", "before its document", first)
    ledger.own_call("k3", second)
    ledger.add_document(*parts, run_id)
    ledger.remove_document(first)
    assert ledger.cached_call("k3") == "before its document"
    ledger.set_meta("encoder", "one")
    ledger.set_meta("encoder", "two")
    assert ledger.get_meta("encoder") == "two"
    assert ledger.get_meta("other") is None


def test_a_closed_ledger_says_so(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "new" / "a.db")
    ledger.close()
    ledger.close()
    with pytest.raises(ClosedError, match="open it again"):
        ledger.counts()


def test_reading_only(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with pytest.raises(StoreError, match="no ledger"):
        Ledger.open(path, read_only=True)
    Ledger.open(path).close()
    with Ledger.open(path, read_only=True) as ledger, pytest.raises(ReadOnlyError):
        ledger.set_meta("a", "b")


def test_a_file_that_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="check that the path is a ledger"):
        Ledger.open(path)
    assert path.read_bytes() == b"not a database" * 100


def test_the_text_of_a_chunk_is_cut_out_of_its_document(ledger: Ledger, run_id: str) -> None:
    document = Document("a", "a\x00b\U0001f600c. Zweiter Satz.")
    chunk = Chunk(document.id, 0, 3, 14, document.text[3:14], ((3, 6), (7, 14)))
    ledger.add_document(document, [chunk], [], [], run_id)
    assert ledger.chunk(chunk.id) == chunk


@pytest.mark.parametrize(
    "text", ["\x00", "\x1a", "\x1a0\x00\x1a1\x001", "a\x00\x1a\U0001f600\uffff"]
)
def test_every_character_comes_back(ledger: Ledger, run_id: str, text: str) -> None:
    document = Document(f"uri {text}", f"Ada {text} Bob.", f"On {text}", metadata={text: text})
    chunk = Chunk(document.id, 0, 0, len(document.text), document.text, ((0, len(document.text)),))
    assert ledger.add_document(document, [chunk], [], [], run_id)
    assert list(ledger.documents()) == [document]
    assert list(ledger.chunks()) == [chunk]
    assert ledger.document_ids(document.uri) == [document.id]
    ledger.store_call(f"key {text}", "m", "h", f"says {text}")
    assert ledger.cached_call(f"key {text}") == f"says {text}"


def test_half_of_a_surrogate_pair_is_refused(ledger: Ledger, run_id: str) -> None:
    broken = "Ada \ud800 Bob."
    with pytest.raises(InputError, match="half of a surrogate pair"):
        ledger.add_document(Document("a.txt", broken), [], [], [], run_id)
    with pytest.raises(InputError, match="surrogate"):
        ledger.add_facts([Fact(ADA, "SAID", Literal(broken), evidence=(SAID,))])
    with pytest.raises(InputError, match="surrogate"):
        ledger.store_call("k", "m", "h", broken)
    assert ledger.counts()["documents"] == ledger.counts()["facts"] == 0


def test_records_are_in_order_of_code_points(ledger: Ledger) -> None:
    names = ["b", "B", "a", "é", "z", "_", "\uffff", "\U0001f600", "A b", "A-b", "Ab"]
    entities = [Entity(name, name) for name in names]
    ledger.add_facts(Fact(entity, "IS", entity, evidence=(SAID,)) for entity in entities)
    assert [entity.id for entity in ledger.entities()] == sorted(names)
