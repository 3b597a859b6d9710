"""Codes of shared words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.reading.marks import MARKS, marks_of

WORDS = st.lists(st.text(min_size=1, max_size=12), max_size=12)


@given(WORDS, WORDS)
def test_each_word_has_a_code(question: list[str], text: list[str]) -> None:
    asked, told = marks_of(question, text)
    assert (len(asked), len(told)) == (len(question), len(text))
    assert all(1 <= code <= 4 for code in asked)
    assert all(5 <= code < MARKS for code in told)


def test_a_name_that_is_not_there_is_seen() -> None:
    asked, _ = marks_of(["Who", "knew", "Bohr"], ["Heisenberg", "knew", "Pauli"])
    assert asked == [1, 3, 2]
