"""Relations are shown under other names by decisions, and the facts of their sources stay."""

from __future__ import annotations

from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Literal
from stores.ledger import Ledger
from stores.ledger.relation_names import RelationName
from tests.stores.ledger.worlds import read

ADA, BOB = Entity.named("Ada", "Person"), Entity.named("Bob", "Person")
WED = {"WED": RelationName("MARRY"), "SPOUSE_OF": RelationName("MARRY", turned=True)}


def said(relation: str, who: str, tail: Entity | Literal = BOB, head: Entity = ADA) -> Fact:
    evidence = (PersonEvidence(who, score=0.5),)
    return Fact(head, relation, tail, predicate=relation.lower(), evidence=evidence)


def test_facts_of_several_relations_are_one_fact_under_one_name(ledger: Ledger) -> None:
    facts = [said("MARRY", "x"), said("WED", "y"), said("SPOUSE_OF", "z", ADA, BOB)]
    ledger.add_facts(facts)
    before = list(ledger.export())
    assert ledger.rename_relations(WED, who="align") == 2
    (fact,) = ledger.facts()
    assert (fact.head, fact.relation, fact.tail) == (ADA, "MARRY", BOB)
    assert len(fact.evidence) == 3
    assert fact.confidence == 0.875
    assert all(ledger.fact(one.id) == fact for one in facts)
    assert ledger.counts()["facts"] == 1
    assert ledger.rename_relations({}, who="align") == 2
    assert list(ledger.export()) == before
    assert ledger.decisions() == []


def test_the_predicate_keeps_what_the_source_says(ledger: Ledger) -> None:
    ledger.add_facts([said("WED", "x")])
    ledger.rename_relations(WED)
    assert [(f.relation, f.predicate) for f in ledger.facts()] == [("MARRY", "wed")]
    assert [fact.relation for fact in ledger.stated()] == ["WED"]


def test_what_is_read_later_is_shown_so_too_until_the_decision_is_withdrawn(
    ledger: Ledger,
) -> None:
    run = ledger.add_run("test", "1", {}, 0)
    ledger.rename_relations({"MET": RelationName("KNOW")}, who="align")
    ledger.add_document(*read("a.txt", ("Ada", "met", "Bob")), run)
    assert [fact.relation for fact in ledger.facts()] == ["KNOW"]
    (decision,) = ledger.decisions("rename")
    assert ledger.withdraw(decision.id)
    assert [fact.relation for fact in ledger.facts()] == ["MET"]
    changed = list(ledger.changes())
    assert {change.kind for change in changed} >= {"fact"}


def test_a_fact_of_a_value_is_not_turned_round(ledger: Ledger) -> None:
    ledger.add_facts([said("SPOUSE_OF", "x", Literal(1903, "gYear"))])
    ledger.rename_relations(WED)
    (fact,) = ledger.facts()
    assert (fact.head, fact.relation) == (ADA, "SPOUSE_OF")


def test_a_name_that_someone_else_gave_stays(ledger: Ledger) -> None:
    ledger.add_facts([said("WED", "x")])
    ledger.rename_relations({"WED": RelationName("JOIN")}, who="Eve")
    assert ledger.rename_relations(WED, who="align") == 1  # SPOUSE_OF
    assert [fact.relation for fact in ledger.facts()] == ["JOIN"]
    assert ledger.rename_relations(WED, who="align") == 0


def test_a_rejected_fact_stays_away_under_any_name(ledger: Ledger) -> None:
    first = said("WED", "x")
    ledger.add_facts([first, said("MARRY", "y")])
    decision = ledger.reject_fact(first.id)
    ledger.rename_relations(WED)
    assert list(ledger.facts()) == []
    ledger.rename_relations({})
    assert [fact.relation for fact in ledger.facts()] == ["MARRY"]
    ledger.withdraw(decision)
    assert ledger.counts()["facts"] == 2
