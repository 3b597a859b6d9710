"""Names in the form in which they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.align.demonyms import place_of
from extractors.align.names import acronym_of, form_of, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Ravens", "the ravens"),
        ("Sir Alan Turner", "Alan Turner"),
        ("J. R. R. Tolkien", "J.R.R. Tolkien"),
        ("Saint Albans", "St. Albans"),
        ("Smith & Sons Ltd.", "Smith and Sons"),
        ("Федор Иванов", "Fedor Ivanov"),
        ("Zoë O’Brien", "Zoe O'Brien"),
        ("U.S.", "US"),
    ],
)
def test_forms_of_one_name_are_one(one: str, other: str) -> None:
    assert form_of(one).squashed == form_of(other).squashed


@pytest.mark.parametrize(
    ("one", "other"),
    [("Louis XIV", "Louis XV"), ("Rocky II", "Rocky III"), ("Ann Lee", "Anna Lee")],
)
def test_other_names_stay_others(one: str, other: str) -> None:
    assert form_of(one).squashed != form_of(other).squashed


def test_numbers_brackets_and_titles_are_told() -> None:
    assert form_of("Henry VIII").numbers == ("8",)
    assert form_of("Malcolm X").numbers == ()
    assert form_of("Alien (film)").bracket == "film"
    assert form_of("Queen Anne").gender == "f"
    assert form_of("Duke of York").core == ("duke", "of", "york")
    assert form_of("Major General").core == ("major", "general")


def test_transliterations_sound_alike() -> None:
    assert skeleton("tchaikovsky") == skeleton("chaikovskij")
    assert skeleton("mohammed") == skeleton("muhammad")
    assert skeleton("baker") != skeleton("miller")


def test_acronyms_leave_small_words_out() -> None:
    assert acronym_of("Federal Bureau of Investigation") == "fbi"
    assert acronym_of("Paris") == ""


def test_places_know_what_belongs_to_them() -> None:
    assert place_of("Swiss") == place_of("Switzerland") == "Switzerland"
    assert place_of("the U.S.") == place_of("American")
    assert place_of("Atlantis") == ""


@given(st.text(max_size=40))
def test_any_text_has_a_form(name: str) -> None:
    form = form_of(name)
    assert set(form.core) <= set(form.tokens)
    assert form.squashed.isascii()
    assert skeleton(form.squashed) == skeleton(form.squashed)
