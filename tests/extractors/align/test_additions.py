"""What a longer name adds to a shorter one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.align.additions import ADDITIONS, added_words, addition
from extractors.align.names import form_of
from extractors.align.profiles import Profile
from extractors.align.vetoes import contradict, doubts, rivals, vetoes


@pytest.mark.parametrize(
    ("short", "long", "person", "kind"),
    [
        ("Oslo", "Oslo, Norway", False, "within"),
        ("Ida Vale", "Ida Vale, 2nd Countess of Ely", True, "styled"),
        ("Tom I", "Tom I, Prince of Ely", True, "styled"),
        ("Ida Vale", "Ida Vale, Tom Hale", True, ""),
        ("Tom V", "Tom V of England", True, "of_realm"),
        ("3rd Earl of Ely", "Tom Hale, 3rd Earl of Ely", True, "by_rank"),
        ("Earl of Ely", "Tom Hale, Earl of Ely", True, ""),
        ("Ida Vale", "Ida Vale Moss", True, "name_behind"),
        ("Ida Vale", "Rosa Ida Vale", True, "name_before"),
        ("Hamad Saleh", "Omar bin Hamad Saleh", True, ""),
        ("1", "1,893", False, ""),
        ("I. Vale", "I. Vale Moss", True, ""),
        ("Ida Vale", "four children with Ida Vale", True, ""),
        ("Ida Vale", "Ida Vale and Tom Hale", True, ""),
        ("Tom the Tall", "Tom III the Tall", True, "numeral_lost"),
        ("Red Harbour", "Red Harbour II", False, ""),
        ("Ida Vale", "Ida Vale", True, ""),
    ],
)
def test_what_is_added(short: str, long: str, person: bool, kind: str) -> None:
    assert addition(form_of(short), form_of(long), person) == kind


@given(st.text(max_size=30), st.text(max_size=30), st.booleans())
def test_any_two_names_have_an_answer(one: str, other: str, person: bool) -> None:
    assert addition(form_of(one), form_of(other), person) in ("", *ADDITIONS)
    assert not added_words(form_of(one), form_of(one))


def place(name: str) -> Profile:
    return Profile(name, name, "Location")


def test_two_places_of_one_name_are_rivals() -> None:
    assert rivals(place("Ely"), place("Ely, England"), place("Ely, Iowa"))
    assert not rivals(place("Ely"), place("Ely, Iowa"), place("Ely, Iowa, US"))


def test_two_bearers_of_a_rank_are_rivals() -> None:
    rank, tom, ada, full = (
        Profile(name, name, "Person")
        for name in (
            "1st Earl of Ely",
            "Tom Hale, 1st Earl of Ely",
            "Hale Hale, 1st Earl of Ely",
            "Tom Ives Hale, 1st Earl of Ely",
        )
    )
    assert rivals(rank, tom, ada)
    assert not rivals(rank, tom, full)


def test_the_number_of_a_rank_is_not_that_of_a_name() -> None:
    earl = Profile("a", "Tom Hale, 3rd Earl of Ely", "Person")
    bare, rank = Profile("b", "Tom Hale", "Person"), Profile("c", "3rd Earl of Ely", "Person")
    other = Profile("d", "Tom Hale, 4th Earl of Ely", "Person")
    assert vetoes(bare, earl) == vetoes(rank, earl) == ()
    assert "numbers differ" in vetoes(earl, other)
    assert not contradict(bare, rank)
    assert rivals(bare, earl, other)


def test_a_name_of_many_needs_something_in_common() -> None:
    king, other = Profile("a", "King Tom II", "Person"), Profile("b", "Tom II", "Person")
    assert "a name of many, with nothing in common" in doubts(king, other)
    shared = frozenset({"ely"})
    king = Profile("a", "King Tom II", "Person", neighbours=shared)
    assert doubts(king, Profile("b", "Tom II", "Person", neighbours=shared)) == ()


def test_whoever_died_before_is_somebody_else() -> None:
    old = Profile("a", "Tom Hale", "Person", values={"death_year": frozenset({"1700"})})
    young = Profile("b", "Tom A. Hale", "Person", values={"birth_year": frozenset({"1802"})})
    assert "born after the other died" in vetoes(old, young)
