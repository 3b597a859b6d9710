"""What people assert and reject holds, whatever is read later, until they take it back."""

from __future__ import annotations

import pytest

from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence, PersonEvidence
from kgkit.facts import Entity, Fact, Literal
from stores.ledger import Decision, Ledger, LogEntry
from tests.stores.ledger.worlds import read

ADA, ALICE, BOB = (Entity.named(name, "Person") for name in ("Ada", "Alice", "Bob"))
IMPORTED = ImportEvidence("table.csv", "7")


def test_an_asserted_fact_outlives_what_was_read(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "born", "1903"))
    ledger.add_document(*parts, run_id)
    before = list(ledger.export())
    decision = ledger.assert_fact(parts.facts[0], who="Ida", when="2024-05-06")
    assert ledger.assert_fact(parts.facts[0], who="Ida", when="2024-05-06") == decision
    (fact,) = ledger.facts()
    assert set(fact.evidence) >= {PersonEvidence("Ida", "2024-05-06")}
    assert fact.confidence == 1.0
    ledger.add_document(*read("a.txt", ("Cid", "met", "Dee")), run_id)
    assert ledger.fact(fact.id) is not None
    ledger.add_document(*parts, run_id)
    assert ledger.withdraw(decision)
    assert not ledger.withdraw(decision)
    assert list(ledger.export()) == before


def test_an_asserted_fact_goes_with_its_decision_and_the_decision_with_it(ledger: Ledger) -> None:
    said = Fact(ADA, "BORN", Literal(1903, "gYear", text="in 1903"))
    decision = ledger.assert_fact(said)
    assert [fact.id for fact in ledger.facts()] == [said.id]
    ledger.withdraw(decision)
    assert list(ledger.export()) == []
    assert ledger.assert_fact(said) == decision
    ledger.remove_facts([said.id])
    assert ledger.decisions() == []
    assert [entry.withdrawn for entry in ledger.decision_log()] == [False, True, False, True]


def test_a_rejected_fact_stays_away_when_it_is_read_again(ledger: Ledger, run_id: str) -> None:
    parts = read("a.txt", ("Ada", "met", "Bob"), ("Ada", "born", "1903"))
    ledger.add_document(*parts, run_id)
    before, reached = list(ledger.export()), ledger.sequence()
    decision = ledger.reject_fact(parts.facts[0].id, who="Ida")
    (batch,) = ledger.batches(reached)
    assert batch.gone == (("fact", parts.facts[0].id),)
    for change in (
        lambda: None,
        lambda: ledger.add_document(*read("b.txt", ("Ada", "met", "Bob")), run_id),
        lambda: ledger.add_facts([parts.facts[0].with_evidence(IMPORTED)]),
        lambda: ledger.remove_document(parts.document.id),
        lambda: ledger.add_document(*parts, run_id),
        lambda: ledger.remove_document(read("b.txt", ("Ada", "met", "Bob")).document.id),
    ):
        change()
        assert ledger.fact(parts.facts[0].id) is None
        assert parts.facts[0].id not in {fact.id for fact in ledger.facts()}
        assert parts.facts[0].id in {fact.id for fact in ledger.rejected()}
        assert not list(ledger.facts_about([BOB.id]))
    assert ledger.counts()["facts"] == ledger.counts()["evidence"] == 1
    assert ledger.decisions("reject") == [Decision(decision, "reject", (parts.facts[0].id,), "Ida")]
    assert ledger.reject_fact(parts.facts[0].id) == decision
    assert ledger.withdraw(decision)
    assert {fact.id for fact in ledger.facts()} == {fact.id for fact in parts.facts}
    assert list(ledger.rejected()) == []
    ledger.remove_facts([parts.facts[0].id])
    ledger.remove_document(parts.document.id)
    ledger.add_document(*parts, run_id)
    assert list(ledger.export()) == before


def test_a_rejected_fact_is_rejected_in_each_of_its_forms(ledger: Ledger) -> None:
    first = Fact(ADA, "MET", BOB, evidence=(IMPORTED,))
    second = Fact(ALICE, "MET", BOB, evidence=(IMPORTED,))
    ledger.add_facts([first, second])
    ledger.merge(ADA.id, ALICE.id)
    (fact,) = ledger.facts()
    decision = ledger.reject_fact(second.id)
    assert list(ledger.facts()) == []
    assert list(ledger.rejected()) == [fact]
    ledger.unmerge((ADA.id, ALICE.id))
    assert list(ledger.facts()) == []
    ledger.withdraw(decision)
    assert sorted(fact.id for fact in ledger.facts()) == sorted([first.id, second.id])
    ledger.reject_fact(first.id)
    assert [fact.id for fact in ledger.facts()] == [second.id]
    ledger.merge(ADA.id, ALICE.id)
    assert list(ledger.facts()) == []


def test_what_is_rejected_cannot_be_asserted(ledger: Ledger) -> None:
    fact = Fact(ADA, "MET", BOB, evidence=(IMPORTED,))
    ledger.add_facts([fact])
    decision = ledger.reject_fact(fact.id)
    with pytest.raises(InputError, match=decision):
        ledger.assert_fact(fact)
    ledger.withdraw(decision)
    ledger.assert_fact(fact)
    ledger.reject_fact(fact.id)
    assert list(ledger.facts()) == []


def test_only_a_fact_that_is_there_is_rejected(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="no fact 'x'"):
        ledger.reject_fact("x")


def test_the_log_keeps_every_decision_in_order(ledger: Ledger) -> None:
    fact = Fact(ADA, "MET", BOB, evidence=(IMPORTED,))
    ledger.add_facts([fact])
    first = ledger.merge(ADA.id, BOB.id, who="Ida", when="2024-05-06")
    ledger.unmerge(first, who="Jon")
    second = ledger.forbid_merge(BOB.id, ADA.id)
    third = ledger.reject_fact(fact.id)
    ledger.withdraw(second)
    pair = tuple(sorted([ADA.id, BOB.id]))
    assert ledger.decision_log() == [
        LogEntry(1, Decision(first, "merge", pair, "Ida", "2024-05-06"), withdrawn=False),
        LogEntry(2, Decision(first, "merge", pair, "Jon"), withdrawn=True),
        LogEntry(3, Decision(second, "forbid", pair), withdrawn=False),
        LogEntry(4, Decision(third, "reject", (fact.id,)), withdrawn=False),
        LogEntry(5, Decision(second, "forbid", pair), withdrawn=True),
    ]
    assert [decision.id for decision in ledger.decisions()] == [third]
