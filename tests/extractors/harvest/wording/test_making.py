"""Prompts from transformations, texts and a language model, and which are kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation
from extractors.harvest.wording import make_prompts
from extractors.harvest.wording.choosing import distinct, usable
from extractors.harvest.wording.mining import mined_prompts
from extractors.harvest.wording.recovering import recovered
from extractors.harvest.wording.transforming import transformed
from kgkit.errors import InputError
from kgkit.models.lm.fake import FakeLM

SEEDS = (("Paris", "France"), ("Rome", "Italy"))
CAPITAL = Relation("capital of", (Prompt.parse("{0} is the capital of {1}."),), SEEDS)


def test_one_frame_gives_the_others() -> None:
    made = {prompt.text for prompt in transformed(CAPITAL.prompts[0])}
    assert {
        "The capital of {1} is {0}.",
        "{1}'s capital is {0}.",
        "{0}, the capital of {1}",
        "{0} was the capital of {1}.",
        "{0} is the capital of {1}",
    } <= made


def test_voice_changes_both_ways() -> None:
    active = {prompt.text for prompt in transformed(Prompt.parse("{0} directed {1}."))}
    assert {"{1} was directed by {0}.", "{1}, directed by {0}"} <= active
    passive = {prompt.text for prompt in transformed(Prompt.parse("{0} was written by {1}."))}
    assert "{1} wrote {0}." in passive


@settings(deadline=None)
@given(st.text("ab {}01.'s is the of was by", max_size=30))
def test_transformations_keep_the_slots(text: str) -> None:
    try:
        prompt = Prompt.parse(text)
    except InputError:
        return
    assert all(made.arity == prompt.arity for made in transformed(prompt))


def test_patterns_come_from_sentences_with_a_whole_seed() -> None:
    texts = [
        "Rome has been the capital of Italy since 1871. Rome is old. Italy is long.",
        "France, with its capital Paris, is large. In France they like Paris.",
        "Milan is in Italy. Paris, which Napoleon loved, lies in France.",
    ]
    found = [prompt.text for prompt in mined_prompts(SEEDS, texts)]
    assert "{0} has been the capital of {1}" in found
    assert "{1}, with its capital {0}" in found
    assert not any("Napoleon" in text for text in found)


def test_mining_wants_each_entity_once() -> None:
    assert mined_prompts(SEEDS, ["Paris and Paris are in France."]) == []
    assert mined_prompts(SEEDS, ["Parisians like France."]) == []


@pytest.mark.parametrize(
    ("sentence", "entities", "text"),
    [
        ("Italy has Rome as its capital", ("Rome", "Italy"), "{1} has {0} as its capital."),
        ("You read with a lamp.", ("a lamp", "reading"), "You {1} with {0}."),
        ("Scissors are for cutting paper.", ("the scissors", "cut paper"), "{0} are for {1}."),
        ("paris belongs to france!", ("Paris", "France"), "{0} belongs to {1}!"),
    ],
)
def test_slots_are_found_again(sentence: str, entities: tuple[str, str], text: str) -> None:
    found = recovered(sentence, entities)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "sentence", ["Rome is a city.", "Rome, Rome, Italy", "", "Rome{0} Italy", "RomeItaly"]
)
def test_what_lost_an_entity_is_no_prompt(sentence: str) -> None:
    assert recovered(sentence, ("Rome", "Italy")) is None


def test_paraphrases_come_from_the_model() -> None:
    model = FakeLM(
        {
            "Paris": "1. France is governed from Paris.\n2. Paris is lovely.\n- Paris heads France",
            "": "nothing",
        }
    )
    made = [prompt.text for prompt in make_prompts(CAPITAL, lm=model, n=10)]
    assert made[0] == "{0} is the capital of {1}."
    assert {"{1} is governed from {0}.", "{0} heads {1}."} <= set(made)
    assert model.requests


def test_own_prompts_come_first_and_others_differ() -> None:
    made = make_prompts(CAPITAL, n=8)
    assert made[0] == CAPITAL.prompts[0]
    assert len(made) == 8
    assert distinct(made) == list(made)
    assert make_prompts(CAPITAL, n=8) == made


def test_label_description_and_seeds_are_enough() -> None:
    relation = Relation("record label", seeds=(("Buddy Holly", "Brunswick"),), description="brand")
    texts = [prompt.text for prompt in make_prompts(relation)]
    assert "The record label of {0} is {1}." in texts
    assert "{0} is signed to {1}." in texts


def test_three_slots_need_a_prompt() -> None:
    played = Prompt.parse("{0} played {1} in {2}.")
    seeds = (("Sean Connery", "James Bond", "Goldfinger"),)
    assert make_prompts(Relation("role", (played,), seeds))[0] == played
    with pytest.raises(InputError, match="arity 3"):
        make_prompts(Relation("role", seeds=seeds))
    with pytest.raises(InputError, match="n=0"):
        make_prompts(CAPITAL, n=0)


def test_prompts_that_name_a_seed_are_not_usable() -> None:
    assert not usable(Prompt.parse("{0}, unlike Rome, is in {1}."), SEEDS)
    assert not usable(Prompt.parse("{0} {1}"), SEEDS)
    assert usable(Prompt.parse("{0} is in {1}."), SEEDS)
