"""Tuples of any length become facts, and facts tuples again."""

from __future__ import annotations

import pytest

from extractors.harvest.facts import entities_of, predicate_name, to_fact
from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation, Slot
from kgkit.evidence import ModelEvidence
from kgkit.facts import Entity, Literal, Polarity

EVIDENCE = ModelEvidence("mini#run", ("p",), (-0.5,), 0.75)
PROMPTS = {
    1: "{0} is a planet.",
    2: "{0} wrote {1}.",
    3: "{0} played {1} in {2}.",
    4: "{0} gave {1} to {2} in {3}.",
}


def relation(arity: int, *types: str) -> Relation:
    slots = tuple(Slot(type=kind) for kind in types)
    return Relation(f"of {arity}", (Prompt.parse(PROMPTS[arity]),), slots=slots)


@pytest.mark.parametrize("arity", [1, 2, 3, 4])
def test_tuples_come_back(arity: int) -> None:
    names = ("Ada", "Bob", "Cid", "Dee")[:arity]
    fact = to_fact(relation(arity), names, EVIDENCE)
    assert fact.relation == f"OF_{arity}"
    assert fact.confidence == 0.75
    assert entities_of(relation(arity), fact) == names


def test_types_and_roles_come_from_the_slots() -> None:
    fact = to_fact(relation(3, "Person", "Role", "Film"), ("Ada", "Eve", "Alien"), EVIDENCE)
    assert fact.head == Entity.named("Ada", "Person")
    assert fact.tail == Entity.named("Eve", "Role")
    assert fact.qualifiers[0].role == "film"
    same = to_fact(relation(3, "Person", "Person", "Person"), ("A", "B", "C"), EVIDENCE)
    assert same.qualifiers[0].role == "slot_2"


def test_one_slot_is_a_property() -> None:
    assert to_fact(relation(1), ("Mars",), EVIDENCE).tail == Literal(True, "boolean")


def test_other_facts_are_no_tuples() -> None:
    from dataclasses import replace

    fact = to_fact(relation(2), ("Ada", "Eve"), EVIDENCE)
    assert entities_of(relation(3), fact) is None
    assert entities_of(relation(2), replace(fact, polarity=Polarity.NEGATIVE)) is None
    assert entities_of(relation(2), replace(fact, tail=Literal(3, "integer"))) is None


def test_names_are_upper_snake() -> None:
    assert predicate_name("has a part-of  (loosely)") == "HAS_A_PART_OF_LOOSELY"
