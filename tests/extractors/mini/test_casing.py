from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.casing import CASINGS, casings
from extractors.mini.words import words


@given(st.text())
def test_codes_lie_within_the_table(text: str) -> None:
    assert all(1 <= code < CASINGS for code in casings(text, words(text)))


def test_shapes_differ() -> None:
    text = "apple Apple A APPLE iPad 1903 B2B -"
    codes = casings(text, words(text))
    assert len({code // 4 for code in (codes[0] - 1, *(c - 1 for c in codes[1:]))}) == 8


def test_place_and_spacing_show() -> None:
    first, second = casings("Al-Al", [(0, 2), (3, 5)])
    assert first != second
    apart, glued = (
        casings("the The-The", [(0, 3), (4, 7)])[1],
        casings("the-The", words("the-The"))[2],
    )
    assert apart != glued
