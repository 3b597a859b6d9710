"""Facts found in a world's document are right or wrong by what the world says."""

from __future__ import annotations

from dataclasses import replace

from extractors.base import Extraction
from extractors.worlds import World
from extractors.worlds.judging import judge
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact, Modality, Polarity

WORLD = World.make(9, people=12)


def judged(document_number: int, *facts: Fact) -> list[bool]:
    """Return whether each fact is right in a document of the world."""
    document = WORLD.documents[document_number]
    return [each.right for each in judge(WORLD, document, Extraction(facts=facts))]


def test_a_world_agrees_with_itself() -> None:
    for number, document in enumerate(WORLD.documents):
        for fact in WORLD.told_in(document).facts:
            # A reader sees names, and knows no entity of the world.
            seen = replace(fact, head=Entity.named(fact.head.name, "Person"))
            if isinstance(fact.tail, Entity):
                seen = replace(seen, tail=Entity.named(fact.tail.name, "Thing"))
            assert judged(number, seen) == [True] * len(fact.evidence)


def test_what_an_open_relation_says_first_leads() -> None:
    world = WORLD
    for number, document in enumerate(world.documents):
        for fact in world.told_in(document).facts:
            evidence = fact.evidence[0]
            assert isinstance(evidence, TextEvidence)
            sentence = document.text[evidence.start : evidence.end]
            if " lies in " not in sentence or not isinstance(fact.tail, Entity):
                continue
            if fact.relation == "LOCATED_IN" and sentence.startswith(fact.head.name):
                lies = replace(fact, relation="LIE_IN")
                assert judged(number, lies) == [True]
                assert judged(number, replace(lies, head=fact.tail, tail=fact.head)) == [False]


def test_another_polarity_or_modality_is_wrong() -> None:
    fact = next(f for f in WORLD.told_in(WORLD.documents[0]).facts if f.relation == "BORN_ON")
    assert judged(0, fact) == [True]
    assert judged(0, replace(fact, polarity=Polarity.NEGATIVE)) == [False]
    assert judged(0, replace(fact, modality=Modality.HEDGED)) == [False]


def test_another_end_is_wrong_and_a_concept_is_left_out() -> None:
    fact = next(f for f in WORLD.told_in(WORLD.documents[0]).facts if f.relation == "BORN_ON")
    assert judged(0, replace(fact, head=Entity.named("Nobody Known", "Person"))) == [False]
    assert judged(0, replace(fact, tail=Entity.named("engineer", "Concept"))) == []
