"""Prompts are read in all their spellings, and what cannot be a prompt is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.harvest.prompt import Prompt, WeightedPrompt, normalised
from kgkit.errors import InputError


@pytest.mark.parametrize(
    "text",
    [
        "{0} is the capital of {1}.",
        "[X] is the capital of [Y].",
        "[x]  is the capital of [y].",
        "<ENT0> is the capital of <ENT1>.",
        "{head} is the capital of {tail}.",
    ],
)
def test_spellings_of_slots(text: str) -> None:
    prompt = Prompt.parse(text)
    assert prompt == Prompt("{0} is the capital of {1}.", (0, 1))
    assert prompt.parts == ("", " is the capital of ", ".")


def test_slots_anywhere() -> None:
    prompt = Prompt.parse("In {2}, {0} met {1}")
    assert (prompt.order, prompt.arity) == ((2, 0, 1), 3)
    assert prompt.fill(("Ada", "Bob", "1840")) == "In 1840, Ada met Bob"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Paris is a city.", "no slot"),
        ("", "no slot"),
        ("{0} and {2}", "gap"),
        ("{1} is big", "gap"),
        ("{0} is {0}", "twice"),
        ("{0} {1} {2} {3} {4}", "5 slots"),
        ("un{0} is {1}", "glued"),
        ("{0}{1}", "glued"),
    ],
)
def test_what_is_no_prompt(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        Prompt.parse(text)


def test_entities_must_fit() -> None:
    with pytest.raises(InputError, match="2 slots"):
        Prompt.parse("{0} in {1}").fill(("Paris",))


@given(st.lists(st.floats(0.0, 100.0), min_size=1, max_size=6).filter(any))
def test_weights_sum_to_one(weights: list[float]) -> None:
    prompts = [
        WeightedPrompt(Prompt.parse(f"{{0}} is {i}"), weight) for i, weight in enumerate(weights)
    ]
    found = normalised(prompts)
    assert sum(item.weight for item in found) == pytest.approx(1.0)
    assert len(found) == sum(weight > 0 for weight in weights)


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_weights_are_numbers(weight: float) -> None:
    with pytest.raises(InputError, match="weighs"):
        normalised([WeightedPrompt(Prompt.parse("{0}"), weight)])


def test_prompts_of_one_relation_have_one_arity() -> None:
    with pytest.raises(InputError, match="slots"):
        normalised(["{0} is big", "{0} in {1}"])
    with pytest.raises(InputError, match="at least one"):
        normalised([])
