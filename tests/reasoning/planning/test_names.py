"""Where names of a question begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.planning.names import name_spans


def names(text: str, *linked: str) -> list[str]:
    return [text[start:end] for start, end in name_spans(text, linked)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who directed The Quiet Harbour?", ["The Quiet Harbour"]),
        ("Who is Anna Lind's mother?", ["Anna Lind"]),
        ("Which came first, Blue Lantern (1961 Film) or Who'S There?", None),
        ("Where was Otto, Duke of Verr, born?", ["Otto, Duke of Verr"]),
        ("Which Oslo-born painter made it?", ["Oslo"]),
        ('Who wrote "a letter to nobody"?', ['"a letter to nobody"']),
        ("who wrote it?", []),
        ("Who was the President of Norland?", ["Norland"]),
        ("Who sang in the film Salt and Paper?", ["Salt and Paper"]),
        ("Who sang in both films Salt and Paper?", ["Salt", "Paper"]),
        ("Where did the singer of song 1912 Fire live?", ["1912 Fire"]),
    ],
)
def test_written_names(text: str, expected: list[str] | None) -> None:
    if expected is None:
        expected = ["Blue Lantern (1961 Film)", "Who'S There"]
    assert names(text) == expected


def test_linked_names_decide() -> None:
    text = "Is Ferry and Meadow older than Kest, Norland?"
    assert names(text) == ["Ferry", "Meadow", "Kest, Norland"]
    assert names(text, "Ferry and Meadow", "Kest", "Norland") == [
        "Ferry and Meadow",
        "Kest",
        "Norland",
    ]
    assert names("who built kest harbour?", "Kest Harbour") == ["kest harbour"]


@given(st.text(max_size=80), st.lists(st.text(max_size=10), max_size=3))
def test_spans_lie_apart(text: str, linked: list[str]) -> None:
    spans = name_spans(text, linked)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
