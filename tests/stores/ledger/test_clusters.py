"""Merges are records: they join entities and their facts, and can be withdrawn."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kgkit.errors import InputError
from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Qualifier
from stores.ledger import Decision, Ledger

ADA, ALICE, BOB, CID = (Entity.named(name) for name in ("Ada", "Alice", "Bob", "Cid"))


def said(who: str) -> PersonEvidence:
    return PersonEvidence(who, score=0.5)


def test_merged_entities_are_one_with_their_facts(ledger: Ledger) -> None:
    first = Fact(ADA, "MET", BOB, predicate="met", evidence=(said("x"),))
    second = Fact(ALICE, "MET", BOB, predicate="met", evidence=(said("y"),))
    ledger.add_facts([first, second])
    before = list(ledger.export())
    decision = ledger.merge(ADA.id, ALICE.id)
    shown = min(ADA.id, ALICE.id)
    (fact,) = ledger.facts()
    assert fact.head.id == shown
    assert set(fact.evidence) == {said("x"), said("y")}
    assert fact.confidence == 0.75
    assert fact.head == ledger.entity(ADA.id) == ledger.entity(ALICE.id)
    assert (fact.head.name, fact.head.aliases) == ("Alice", ("Ada",))
    assert ledger.fact(first.id) == ledger.fact(second.id) == fact
    assert ledger.counts()["entities"] == 2
    assert ledger.counts()["facts"] == 1
    about = tuple(sorted([ADA.id, ALICE.id]))
    assert ledger.decisions() == [Decision(decision, "merge", about)]
    assert ledger.merge(ALICE.id, ADA.id) == decision
    assert ledger.unmerge(decision)
    assert not ledger.unmerge(decision)
    assert list(ledger.export()) == before
    assert ledger.decisions() == []


def test_a_chain_of_merges_is_one_cluster_and_falls_apart_where_it_is_cut(ledger: Ledger) -> None:
    entities = [ADA, ALICE, BOB, CID]
    ledger.add_facts(Fact(e, "IS", e, evidence=(said("x"),)) for e in entities)
    for a, b in pairwise(entities):
        ledger.merge(a.id, b.id)
    assert [e.id for e in ledger.entities()] == [min(e.id for e in entities)]
    assert ledger.unmerge((BOB.id, ALICE.id))
    pairs = sorted([min(ADA.id, ALICE.id), min(BOB.id, CID.id)])
    assert [e.id for e in ledger.entities()] == pairs
    assert {f.id for f in ledger.facts()} == {
        Fact(Entity(id, ""), "IS", Entity(id, "")).id for id in pairs
    }


def test_merging_what_was_merged_again_brings_it_back(ledger: Ledger) -> None:
    ledger.add_facts([Fact(ADA, "MET", BOB, evidence=(said("x"),))])
    decision = ledger.merge(ADA.id, BOB.id)
    ledger.unmerge((ADA.id, BOB.id))
    assert ledger.merge(ADA.id, BOB.id) == decision
    assert ledger.counts()["entities"] == 1


def test_qualifiers_follow_merges(ledger: Ledger) -> None:
    by = tuple(Qualifier("by", entity) for entity in (BOB, CID))
    ledger.add_facts([Fact(ADA, "SEEN", ADA, by, evidence=(said("x"),))])
    ledger.merge(BOB.id, CID.id)
    (fact,) = ledger.facts()
    assert [q.value.id for q in fact.qualifiers if isinstance(q.value, Entity)] == [
        min(BOB.id, CID.id)
    ]


def test_a_decision_waits_for_its_entities(ledger: Ledger) -> None:
    facts = [
        Fact(BOB, "MET", CID, evidence=(said("x"),)),
        Fact(ADA, "SAW", CID, evidence=(said("x"),)),
    ]
    ledger.add_facts(facts)
    decision = ledger.merge(ADA.id, BOB.id)
    assert len({fact.head.id for fact in ledger.facts()}) == 1
    ledger.remove_facts([fact.id for fact in ledger.facts()])
    assert list(ledger.export()) == []
    ledger.add_facts(facts[:1])
    assert ledger.entity(BOB.id) == BOB
    ledger.add_facts(facts[1:])
    assert len({fact.head.id for fact in ledger.facts()}) == 1
    assert any(decision in line for line in ledger.export())


def test_a_cluster_is_shown_under_its_least_live_key(ledger: Ledger, run_id: str) -> None:
    low, high = sorted((ADA, ALICE), key=lambda entity: entity.id)
    kept = Fact(high, "MET", BOB, evidence=(said("x"),))
    ledger.add_facts([kept])
    before = list(ledger.export())
    ledger.add_facts([Fact(low, "MET", BOB, evidence=(said("y"),))])
    ledger.merge(low.id, high.id)
    (fact,) = ledger.facts()
    assert fact.head.id == low.id
    low_alone = Fact(low, "SAW", BOB, evidence=(said("z"),))
    ledger.add_facts([low_alone])
    ledger.unmerge((low.id, high.id))
    ledger.merge(low.id, high.id)
    ledger.remove_facts([low_alone.id, Fact(low, "MET", BOB).id])
    ledger.add_facts([kept])
    assert list(ledger.export()) == before


def test_nothing_is_merged_with_itself(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="itself"):
        ledger.merge("a", "a")


def test_only_what_is_there_is_merged_or_kept_apart(ledger: Ledger) -> None:
    ledger.add_facts([Fact(ADA, "MET", BOB, evidence=(said("x"),))])
    for decide in (ledger.merge, ledger.forbid_merge):
        with pytest.raises(InputError, match=f"no entity {CID.id!r}"):
            decide(ADA.id, CID.id)
        with pytest.raises(InputError, match="itself"):
            decide(ADA.id, ADA.id)
    assert ledger.decision_log() == []


def test_what_is_kept_apart_is_never_joined_not_even_over_others(ledger: Ledger) -> None:
    ledger.add_facts([Fact(ADA, "MET", BOB, evidence=(said("x"),))])
    ledger.add_facts([Fact(ALICE, "MET", CID, evidence=(said("x"),))])
    ledger.merge(ADA.id, ALICE.id)
    with pytest.raises(InputError, match="unmerge them first"):
        ledger.forbid_merge(ALICE.id, ADA.id)
    apart = ledger.forbid_merge(ADA.id, BOB.id, who="Ida", when="2024-05-06")
    before = list(ledger.export())
    for pair in ((ADA.id, BOB.id), (BOB.id, ALICE.id)):
        with pytest.raises(InputError, match=apart):
            ledger.merge(*pair)
    ledger.merge(BOB.id, CID.id)
    with pytest.raises(InputError, match="stay apart"):
        ledger.merge(CID.id, ALICE.id)
    ledger.unmerge((BOB.id, CID.id))
    assert list(ledger.export()) == before
    assert ledger.withdraw(apart)
    ledger.merge(BOB.id, ALICE.id)
    assert len(list(ledger.entities())) == 2
