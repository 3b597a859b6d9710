"""Whether values are one, and what the words that a reader marks stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.facts import Entity, Literal
from reasoning.executing.same import bare_name, is_itself, same, same_name
from reasoning.executing.values import value_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Silver Coast (1931 film)", "silver coast"),
        ("Norwegian", "Norway"),
        ("U.S.", "American"),
    ],
)
def test_names_of_one_thing(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), [("Norway", "Sweden"), ("Ada Brook", "Ben Brook")])
def test_names_of_two_things(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_a_day_is_the_same_as_its_year_and_not_as_another() -> None:
    day = value_of("2 May 1901", "date")
    assert day is not None
    assert same(day, Literal(1901, "gYear"))
    assert not same(day, Literal(1902, "gYear"))


def test_a_part_of_a_name_is_the_thing_itself() -> None:
    assert is_itself("Ada Brook", "Brook")
    assert is_itself("Karl XII of Sweden", "Carl XII")
    assert not is_itself("Karl XII of Sweden", "Karl XI")
    assert not is_itself("Ada Brook", "Ben Brook")


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("in Valeport,", "place", "Valeport"),
        ("Carl Stone", "person", "Carl Stone"),
        ("“Lumen”", "thing", "Lumen"),
    ],
)
def test_words_become_names(text: str, kind: str, name: str) -> None:
    value = value_of(text, kind)
    assert isinstance(value, Entity)
    assert value.name == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("she", "person"),
        ("a painter", "person"),
        ("1901", "person"),
        ("Valeport", "date"),
        ("", "any"),
    ],
)
def test_words_that_are_nothing_of_the_kind(text: str, kind: str) -> None:
    assert value_of(text, kind) is None


@given(st.text(max_size=40), st.sampled_from(["person", "place", "date", "number", "thing", "any"]))
def test_any_words_are_a_value_or_none(text: str, kind: str) -> None:
    value = value_of(text, kind)
    assert value is None or same(value, value) or not bare_name(str(getattr(value, "name", "")))
