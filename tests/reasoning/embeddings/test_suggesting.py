"""Suggestions: what a graph lacks, asked only where something can be missing."""

from __future__ import annotations

import pytest

from kgkit.errors import InputError
from reasoning.embeddings.suggesting import open_places, suggest
from tests.reasoning.embeddings.family import family


def test_only_open_places_are_asked() -> None:
    model = family()
    homes = open_places(model, 1)
    assert homes.heads.tolist() == [3]  # the others live somewhere
    assert homes.missing.tolist() == [pytest.approx(3.5 / 5)]  # three of four people
    assert homes.tails.tolist() == [False] * 4 + [True] * 2
    assert open_places(model, 1, among=[0]).heads.tolist() == []


def test_the_most_probable_come_first() -> None:
    model = family((3, 1, 5))
    found = suggest(model, relations=["LIVES_IN"], least=0.0)
    assert [(p.head.name, p.tail.name) for p in found] == [("Dan", "Rome"), ("Dan", "Oslo")]
    assert found[0].probability > 0.5 > found[1].probability
    assert suggest(model, relations=["LIVES_IN"], least=0.0, each=1) == found[:1]
    assert suggest(model, relations=["LIVES_IN"]) == found[:1]
    assert suggest(model, heads=["Ada"], relations=["LIVES_IN"], least=0.0) == []
    assert (
        suggest(model, least=0.0, top=1)
        == sorted(suggest(model, least=0.0), key=lambda p: -p.probability)[:1]
    )


def test_nobody_is_joined_to_itself() -> None:
    found = suggest(family(), relations=["KNOWS"], least=0.0)
    assert found
    assert all(p.head != p.tail and not p.is_known for p in found)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"least": 2.0}, "least=2.0 is no probability"),
        ({"top": 0}, "top=0"),
        ({"each": 0}, "each=0"),
        ({"relations": ["EATS"]}, "no relation 'EATS'"),
        ({"heads": ["Nobody"]}, "no entity 'Nobody'"),
    ],
)
def test_what_is_wrong_is_said(options: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        suggest(family(), **options)  # type: ignore[arg-type]
