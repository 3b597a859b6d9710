"""Ids are functions of content alone."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.ids import content_id, identity_key, normalise_name

texts = st.text(max_size=30)


@given(st.lists(texts | st.integers() | st.none() | st.lists(texts, max_size=3), max_size=4))
def test_content_id_is_32_hex_digits_and_repeats(parts: list[object]) -> None:
    first = content_id(*parts)
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first == content_id(*parts)


@given(texts, texts)
def test_the_border_between_parts_counts(left: str, right: str) -> None:
    if right:
        assert content_id(left, right) != content_id(left + right, "")
    assert content_id(left, right) != content_id([left, right])


def test_numbers_and_their_texts_differ() -> None:
    assert content_id(1) != content_id("1")


def test_content_id_refuses_what_json_does_not_know() -> None:
    with pytest.raises(TypeError):
        content_id(object())


def test_ids_are_the_same_in_another_process() -> None:
    code = "from kgkit.ids import identity_key; print(identity_key('Zoë Straße', 'Person'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == identity_key("Zoë Straße", "Person")


@given(texts)
def test_normalising_twice_changes_nothing_more(name: str) -> None:
    once = normalise_name(name)
    assert normalise_name(once) == once


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Marie Curie", "marie  curie"),
        ("Irène Joliot-Curie", "Irene Joliot-Curie"),
        ("New_York", "New York"),
        ('"Alien"', "Alien"),
        ("ﬁssion", "fission"),
    ],
)
def test_spellings_of_one_name(left: str, right: str) -> None:
    assert normalise_name(left) == normalise_name(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Alien", "Aliens"),
        ("Alien", "Alien (film)"),
        ("X-ray", "Xray"),
        ("C++", "C#"),
        ("C#", "C"),
        (".NET", "Net"),
        ("A*", "A"),
    ],
)
def test_names_that_stay_apart(left: str, right: str) -> None:
    assert normalise_name(left) != normalise_name(right)


@pytest.mark.parametrize("name", ["", " ", "...", "(", "?!"])
def test_names_without_letters_survive(name: str) -> None:
    assert normalise_name(name) == name.strip()


def test_a_person_and_a_place_of_one_name_stay_apart() -> None:
    kinds = {identity_key("Washington", t) for t in ("Person", "Location", "Concept")}
    assert len(kinds) == 3


def test_a_finer_type_does_not_split() -> None:
    assert identity_key("Paris", "Location") == identity_key("Paris", "Organization")
