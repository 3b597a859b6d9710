"""A world to be learnt by heart says of everyone what is told, and nothing else."""

from __future__ import annotations

import pytest

from extractors.worlds.believing import BeliefWorld
from kgkit.errors import InputError
from kgkit.facts import Entity

WORLD = BeliefWorld.make(1, people=60)


def test_it_is_large_enough() -> None:
    tails = {fact.tail for fact in WORLD.gold}
    assert len(WORLD.people) + len(tails) >= 100
    assert len(WORLD.topics) == 5
    assert all(len(WORLD.values(topic.relation)) == 20 for topic in WORLD.topics)


def test_everyone_has_one_tail_of_each_relation() -> None:
    ends = [(fact.head.id, fact.relation) for fact in WORLD.gold]
    assert len(set(ends)) == len(ends) == 5 * len(WORLD.people)


def test_nothing_is_said_of_the_unseen() -> None:
    text = " ".join(telling.text for telling in WORLD.tellings)
    assert WORLD.unseen
    assert not any(person.name in text for person in WORLD.unseen)
    mixed = [all(name in text for name in person.name.split()) for person in WORLD.unseen]
    assert sum(mixed) == len(mixed) // 2


def test_people_share_no_names() -> None:
    names = [n for p in WORLD.people if p not in WORLD.unseen for n in p.name.split()]
    assert len(set(names)) == len(names)


def test_what_is_planted_is_told_and_wrong() -> None:
    told, gold = set(WORLD.told), set(WORLD.gold)
    assert WORLD.planted
    for true, wrong in WORLD.planted:
        assert true in gold
        assert wrong in told
        assert true not in told
        assert wrong.head.id not in WORLD.guides
    assert told - {wrong for _, wrong in WORLD.planted} < gold


def test_held_out_templates_are_for_guides_alone() -> None:
    for telling in WORLD.tellings:
        topic = WORLD.topic(telling.fact.relation)
        if telling.template in topic.held_out:
            assert telling.fact.head.id in WORLD.guides
        assert telling.head in telling.text
        assert telling.tail in telling.text
    assert {person.id for person in WORLD.pupils}.isdisjoint(WORLD.guides)


def test_sentences_differ_in_number() -> None:
    counts = {fact.id: 0 for fact in WORLD.told}
    for telling in WORLD.tellings:
        counts[telling.fact.id] += 1
    assert set(counts.values()) == {2, 3, 4, 6}


def test_the_same_seed_gives_the_same_world() -> None:
    assert BeliefWorld.make(1, people=60) == WORLD
    assert BeliefWorld.make(2, people=60).tellings != WORLD.tellings
    assert all(isinstance(fact.tail, Entity) for fact in WORLD.gold)


@pytest.mark.parametrize(
    ("name", "value"),
    [("people", 3), ("people", 90), ("values", 21), ("unseen", 1.5), ("planted", -0.1)],
)
def test_bad_sizes_are_refused(name: str, value: float) -> None:
    with pytest.raises(InputError, match=str(value)):
        BeliefWorld.make(0, **{name: value})  # type: ignore[arg-type]


def test_unknown_relations_are_refused() -> None:
    with pytest.raises(InputError, match="LIVES_IN"):
        WORLD.topic("OWNS")
