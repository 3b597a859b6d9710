from __future__ import annotations

from kgkit.evidence import ImportEvidence, RuleEvidence
from kgkit.facts import Entity, Fact
from stores.ledger import Ledger
from tests.stores.ledger.worlds import read

ADA, BOB = Entity.named("Ada", "Person"), Entity.named("Bob")


def _by(rule: str, relation: str, *premises: Fact) -> Fact:
    ids = tuple(premise.id for premise in premises)
    return Fact(ADA, relation, BOB, evidence=(RuleEvidence(rule, ids),))


def _told(ledger: Ledger) -> Fact:
    run = ledger.add_run("test", "1", {}, 0)
    ledger.add_document(*read("a.txt", ("Ada", "met", "Bob")), run)
    return next(ledger.facts())


def test_what_was_concluded_goes_with_its_premises(ledger: Ledger) -> None:
    met = _told(ledger)
    knows = _by("r1", "KNOWS", met)
    likes = _by("r2", "LIKES", knows)
    other = _by("r3", "ROWS", Fact(BOB, "IS", ADA))
    ledger.add_facts([knows, likes, other])
    ledger.remove_document(ledger.document_ids("a.txt")[0])
    assert [fact.relation for fact in ledger.facts()] == ["ROWS"]
    assert list(ledger.problems()) == []


def test_it_stays_while_its_premise_is_said_elsewhere(ledger: Ledger) -> None:
    met = _told(ledger)
    knows = _by("r1", "KNOWS", met)
    ledger.add_facts([knows, met.with_evidence(ImportEvidence("t", "1"))])
    ledger.remove_document(ledger.document_ids("a.txt")[0])
    assert {fact.relation for fact in ledger.facts()} == {"KNOWS", "MET"}
    ledger.remove_import("t")
    assert ledger.counts()["facts"] == ledger.counts()["entities"] == 0


def test_it_stays_on_evidence_of_another_kind(ledger: Ledger) -> None:
    knows = _by("r1", "KNOWS", _told(ledger))
    said = ImportEvidence("t", "1")
    ledger.add_facts([knows.with_evidence(*knows.evidence, said)])
    ledger.remove_document(ledger.document_ids("a.txt")[0])
    assert [fact.evidence for fact in ledger.facts()] == [(said,)]


def test_a_premise_that_a_merge_made_is_gone_with_its_last_form(ledger: Ledger) -> None:
    run = ledger.add_run("test", "1", {}, 0)
    ledger.add_document(*read("a.txt", ("Ada", "met", "Bob")), run)
    ledger.add_document(*read("b.txt", ("Eve", "met", "Bob")), run)
    ledger.merge(ADA.id, Entity.named("Eve", "Person").id)
    (met,) = ledger.facts()
    ledger.add_facts([_by("r1", "KNOWS", met)])
    for name, left in (("a.txt", {"KNOWS", "MET"}), ("b.txt", set())):
        ledger.remove_document(ledger.document_ids(name)[0])
        assert {fact.relation for fact in ledger.facts()} == left


def test_the_conclusions_of_rules_are_removed_by_their_text(ledger: Ledger) -> None:
    met = _told(ledger)
    knows = _by("r1", "KNOWS", met)
    ledger.add_facts([knows, _by("r2", "KNOWS", met), _by("r2", "LIKES", knows)])
    assert ledger.remove_conclusions(["r2"]) == 2
    shown = {fact.relation: [piece.kind for piece in fact.evidence] for fact in ledger.facts()}
    assert shown == {"KNOWS": ["rule"], "MET": ["text"]}
    assert ledger.remove_conclusions(["r2", "r3"]) == 0
