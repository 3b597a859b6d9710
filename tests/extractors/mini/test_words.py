from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.words import words


def cut(text: str) -> str:
    return " ".join(text[start:end] for start, end in words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She didn't, he'll.", "She did n't , he 'll ."),
        ("I can’t; cannot!", "I ca n’t ; can not !"),
        ("Bob's dogs' owner", "Bob 's dogs ' owner"),
        ("a well-known co-founder", "a well - known co-founder"),
        ("and/or", "and / or"),
        ("Dr. Lee met J. K. Rowling.", "Dr. Lee met J. K. Rowling ."),
        ("the U.S. army, etc.", "the U.S. army , etc ."),
        (
            "see https://a.org/b?c=1, or mail me@a.org.",
            "see https://a.org/b?c=1 , or mail me@a.org .",
        ),
        ("$5.4 million (3,000) at 7:30pm", "$ 5.4 million ( 3,000 ) at 7:30 pm"),
        ("on 12/24/2001 ... no?!", "on 12/24/2001 ... no ?!"),
        ("O'Brien of AT&T", "O'Brien of AT&T"),
        ("Zoë läuft", "Zoë läuft"),
    ],
)
def test_words_follow_the_treebank(text: str, expected: str) -> None:
    assert cut(text) == expected


@given(st.text())
def test_words_are_in_order_and_cover_everything_but_white_space(text: str) -> None:
    found = words(text)
    assert all(start < end for start, end in found)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    assert "".join(text[start:end] for start, end in found) == "".join(text.split())


def test_only_the_part_asked_for_is_cut() -> None:
    text = "One two. Three four."
    assert [text[a:b] for a, b in words(text, 9, 14)] == ["Three"]
