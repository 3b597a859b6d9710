"""Namesakes are kept apart by a decision on documents, which can be withdrawn."""

from __future__ import annotations

import pytest

from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact
from stores.ledger import Ledger
from tests.stores.ledger.test_history import Mirror
from tests.stores.ledger.worlds import Parts, read

ADA, BOB = Entity.named("Ada", "Person"), Entity.named("Bob")
A = read("a.txt", ("Ada", "met", "Bob"), ("Ada", "born", "1903"))
B = read("b.txt", ("Ada", "met", "Bob"), ("Ada", "saw", "Dee"))
C = read("c.txt", ("Ada", "met", "Bob"))


def fill(ledger: Ledger, *documents: Parts) -> None:
    run = ledger.add_run("test", "1", {}, 0)
    for parts in documents:
        ledger.add_document(*parts, run)
    bare = Fact(ADA, "KNOWS", BOB, evidence=(ImportEvidence("t", "1"),))
    ledger.add_facts([bare])


def entity_in(ledger: Ledger, parts: Parts) -> str:
    mentions = ledger.mentions(parts.document.id)
    return next(m.entity.id for m in mentions if m.text == "Ada")


def followed(ledger: Ledger, mirror: Mirror) -> object:
    for batch in ledger.batches(mirror.reached):
        mirror.apply(batch)
    return mirror.shown()


def test_documents_of_a_namesake_get_an_entity_of_their_own(ledger: Ledger) -> None:
    fill(ledger, A, B, C)
    before, counts, mirror = list(ledger.export()), ledger.counts(), Mirror()
    shown = followed(ledger, mirror)
    decision = ledger.split(ADA.id, [B.document.id, "c.txt"], who="Ida")
    other = entity_in(ledger, B)
    assert other == entity_in(ledger, C) != ADA.id == entity_in(ledger, A)
    assert {f.relation for f in ledger.facts_about([other])} == {"MET", "SAW"}
    assert {f.relation for f in ledger.facts_about([ADA.id])} == {"MET", "BORN", "KNOWS"}
    met = next(f for f in ledger.facts_about([other]) if f.relation == "MET")
    assert {piece.document_id for piece in met.evidence if hasattr(piece, "document_id")} == {
        B.document.id,
        C.document.id,
    }
    assert ledger.counts()["mentions"] == counts["mentions"]
    assert ledger.counts()["entities"] == counts["entities"] + 1
    assert list(ledger.problems()) == []
    fresh = Mirror()
    assert followed(ledger, mirror) == followed(ledger, fresh) != shown
    assert ledger.withdraw(decision)
    assert list(ledger.export()) == before
    assert followed(ledger, mirror) == shown


def test_a_split_holds_for_what_is_read_later(ledger: Ledger) -> None:
    fill(ledger, A, B)
    ledger.split(ADA.id, ["b.txt"])
    other, exported = entity_in(ledger, B), list(ledger.export())
    ledger.remove_document(B.document.id)
    assert ledger.entity(other) is None
    fill(ledger, B)
    assert list(ledger.export()) == exported
    changed = read("b.txt", ("Ada", "left", "Rome"))
    fill(ledger, changed)
    assert entity_in(ledger, changed) == other


def test_splits_of_splits_come_apart_in_any_order(ledger: Ledger) -> None:
    fill(ledger, A, B, C)
    before = list(ledger.export())
    first = ledger.split(ADA.id, ["b.txt", "c.txt"])
    one = list(ledger.export())
    second = ledger.split(entity_in(ledger, C), ["c.txt"])
    assert len({entity_in(ledger, parts) for parts in (A, B, C)}) == 3
    ledger.withdraw(second)
    assert list(ledger.export()) == one
    ledger.split(entity_in(ledger, C), ["c.txt"])
    ledger.withdraw(first)
    assert list(ledger.problems()) == []
    assert list(ledger.export()) == before


def test_what_was_merged_is_split_together_and_can_be_merged_again(ledger: Ledger) -> None:
    fill(ledger, A, B, read("d.txt", ("Bob", "met", "Ada"), ("Bob", "born", "1903")))
    ledger.merge(ADA.id, BOB.id)
    before = list(ledger.export())
    decision = ledger.split(ADA.id, ["b.txt"])
    own = {m.entity.id for m in ledger.mentions(B.document.id) if m.text in ("Ada", "Bob")}
    assert len(own) == 1
    (other,) = own
    assert other not in (ADA.id, BOB.id)
    back = ledger.merge(other, ADA.id)
    assert ledger.entity(other) == ledger.entity(ADA.id)
    ledger.withdraw(back)
    assert ledger.entity(other) != ledger.entity(ADA.id)
    ledger.withdraw(decision)
    assert list(ledger.export()) == before


def test_a_split_needs_an_entity_and_documents_that_name_it(ledger: Ledger) -> None:
    fill(ledger, A)
    with pytest.raises(InputError, match="no entity 'x'"):
        ledger.split("x", ["a.txt"])
    for documents in (["z.txt"], ["a.txt", "z.txt"], []):
        with pytest.raises(InputError, match=r"z\.txt|documents"):
            ledger.split(ADA.id, documents)
    assert ledger.decision_log() == []
