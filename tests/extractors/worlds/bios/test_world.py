"""Worlds of biographies: what is true is told where they say, as often as they say."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.worlds.bios import BIOS, SMALL, BiosWorld, NameSpace, Telling
from extractors.worlds.bios.telling import said
from extractors.worlds.bios.wording import WORDINGS
from kgkit.errors import InputError
from kgkit.evidence import RuleEvidence, TextEvidence
from kgkit.facts import Entity

worlds = st.builds(
    BiosWorld.make,
    st.integers(0, 50),
    people=st.integers(2, 15),
    mentors=st.sampled_from([0.0, 0.5]),
    unseen=st.integers(0, 3),
    telling=st.builds(
        Telling,
        exposures=st.sampled_from([(1,), (1, 3)]),
        aliases=st.sampled_from([0.0, 0.5]),
        asides=st.sampled_from([0.0, 0.5]),
        contradictions=st.sampled_from([0.0, 0.5]),
    ),
)


@settings(max_examples=20, deadline=None)
@given(worlds)
def test_every_fact_and_name_is_where_the_world_says(world: BiosWorld) -> None:
    texts = {document.id: document.text for document in world.documents}
    for mention in world.mentions:
        assert texts[mention.document_id][mention.start : mention.end] == mention.text
        if mention.kind == "name":
            assert mention.text in (mention.entity.name, *mention.entity.aliases)
    for fact in world.facts:
        for evidence in fact.evidence:
            assert isinstance(evidence, TextEvidence)
            assert said(fact.tail) in texts[evidence.document_id][evidence.start : evidence.end]


@settings(max_examples=20, deadline=None)
@given(worlds)
def test_people_are_told_of_as_often_as_they_are_exposed(world: BiosWorld) -> None:
    wrong = {false for _, false in world.conflicts}
    times = {fact.id: len(fact.evidence) for fact in world.facts if fact.id not in wrong}
    for one in world.people:
        assert {times[fact.id] for fact in one.facts} == {one.exposures}
    everything = " ".join(document.text for document in world.documents)
    assert not [one for one in world.unseen if one.person.name in everything]


def test_a_second_text_contradicts_the_first() -> None:
    world = BiosWorld.make(3, people=10, telling=Telling(contradictions=0.3))
    facts = {fact.id: fact for fact in world.facts}
    assert len(world.conflicts) == 3
    for true, false in world.conflicts:
        assert facts[true].head == facts[false].head
        assert facts[true].relation == facts[false].relation
        assert facts[true].tail != facts[false].tail


def test_values_are_drawn_evenly_from_declared_sets() -> None:
    world = BiosWorld.make(1, people=400)
    drawn = Counter(one.value("MAJORED_IN") for one in world.people)
    assert len(drawn) == 10
    assert max(drawn.values()) < 2 * min(drawn.values())
    candidates = world.candidates()
    assert {a.relation: len(candidates[a.relation]) for a in SMALL} == {
        a.relation: a.size for a in SMALL
    }
    assert len({one.person.name for one in world.people}) == 400


def test_retelling_keeps_the_facts_and_their_order_and_changes_the_words() -> None:
    world = BiosWorld.make(2, people=5)
    first = [document for document in world.documents if document.uri.startswith("people/")]
    again = world.retell(1)
    for one, other, person in zip(first, again, world.people, strict=True):
        assert one.text != other.text
        values = [said(fact.tail) for fact in person.facts]
        assert sorted(values, key=one.text.find) == sorted(values, key=other.text.find)
    assert world.retell(1) == again != world.retell(2)


def test_what_follows_by_rule_names_its_premises() -> None:
    world = BiosWorld.make(4, people=12, mentors=0.5)
    facts = {fact.id: fact for fact in world.facts}
    relations = Counter(fact.relation for fact in world.derived)
    assert relations == {"WORKS_IN": 12, "MENTOR_OF": 6}
    for fact in world.derived:
        (evidence,) = fact.evidence
        assert isinstance(evidence, RuleEvidence)
        first = facts[evidence.premises[0]]
        last = facts[evidence.premises[-1]]
        if fact.relation == "WORKS_IN":
            assert isinstance(first.tail, Entity)
            assert (fact.head, fact.tail) == (first.head, last.tail)
            assert first.tail == last.head
        else:
            assert (fact.head, fact.tail) == (first.tail, first.head)
    assert set(world.schema.rules) == {e.rule for f in world.derived for e in f.evidence}  # type: ignore[union-attr]


def test_questions_take_the_steps_that_they_say() -> None:
    world = BiosWorld.make(5, people=20, mentors=0.5, unseen=3)
    facts = {fact.id: fact for fact in world.facts}
    asked = world.questions(each=30)
    assert sorted(asked) == [0, 1, 2, 3, 4]
    for steps in (1, 2, 3, 4):
        assert asked[steps]
        for question in asked[steps]:
            way = [facts[id] for id in question.support]
            assert len(way) == steps
            for one, other in itertools.pairwise(way):
                assert one.tail == other.head
            assert question.answers == (said(way[-1].tail),)
            assert way[0].head.name in question.text
    names = {one.person.name for one in world.unseen}
    without = {
        one.person.name
        for one in world.people
        if not any(fact.relation == "MENTORED_BY" for fact in one.facts)
    }
    for question in asked[0]:
        assert question.answers == ()
        assert any(name in question.text for name in names | without)


def test_wordings_that_are_held_out_are_in_no_text() -> None:
    for wording in WORDINGS.values():
        assert wording.told["train"]
        assert wording.asked["train"]
        assert wording.asked["held_out"]
        assert not set(wording.told["train"]) & set(wording.told["held_out"])
        assert not set(wording.asked["train"]) & set(wording.asked["held_out"])


@pytest.mark.parametrize(
    "arguments",
    [
        {"people": 0},
        {"unseen": -1},
        {"mentors": 1.5},
        {"people": 50, "names": NameSpace(2, 1, 3)},
    ],
)
def test_a_world_that_cannot_be_is_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(InputError):
        BiosWorld.make(0, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("arguments", [{"exposures": ()}, {"exposures": (0,)}, {"asides": 2.0}])
def test_a_telling_that_tells_nothing_is_refused(arguments: dict[str, object]) -> None:
    with pytest.raises(InputError):
        Telling(**arguments)  # type: ignore[arg-type]


def test_the_world_of_the_paper_is_made_too() -> None:
    world = BiosWorld.make(0, people=3, attributes=BIOS, names=NameSpace(400, 400, 1000))
    assert all(len(one.person.name.split()) == 3 for one in world.people)
