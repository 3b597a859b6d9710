"""A relation's parts fit together."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.harvest.prompt import Prompt
from extractors.harvest.relation import Relation, Slot
from kgkit.errors import InputError

PAIR = Prompt.parse("{0} is the capital of {1}.")
ONE = Prompt.parse("{0} is a city.")


def test_arity_comes_from_what_is_there() -> None:
    assert Relation("r", (ONE,)).arity == 1
    assert Relation("r", seeds=(("a", "b", "c"),)).arity == 3
    assert Relation("r", slots=(Slot(), Slot(), Slot(), Slot())).arity == 4
    assert Relation("r").arity == 2


def test_types_come_from_slots() -> None:
    relation = Relation("r", (PAIR,), slots=(Slot("City"), Slot("Country")))
    assert (relation.head_type, relation.tail_type) == ("City", "Country")
    assert relation.slot(1) == Slot("Country")
    assert Relation("r", (PAIR,)).slot(0) == Slot()
    with pytest.raises(InputError, match="no slot 2"):
        relation.slot(2)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"name": " "}, "no name"),
        ({"prompts": (PAIR, ONE)}, "1 slots"),
        ({"prompts": (PAIR,), "negative_prompts": (ONE,)}, "1 slots"),
        ({"prompts": (PAIR,), "seeds": (("Paris",),)}, "does not fit"),
        ({"prompts": (PAIR,), "seeds": (("Paris", " "),)}, "does not fit"),
        ({"prompts": (PAIR,), "slots": (Slot(),)}, "describes 1 slots"),
        ({"prompts": (ONE,), "symmetric": True}, "symmetric"),
    ],
)
def test_parts_that_do_not_fit(parts: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        Relation(**{"name": "r"} | parts)


def test_slots_are_checked() -> None:
    with pytest.raises(InputError, match="regular expression"):
        Slot(pattern="(")
    with pytest.raises(InputError, match="empty"):
        Slot(allowed=("Paris", " "))
