"""Sentences end where a reader would end them, and their offsets are exact."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sentences import LONGEST, pieces, sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "One is here.|Two is there!|Is three?|Yes…|And four",
        "Mr. Smith met Dr. Jones and Prof. Lee.|They talked.",
        "J. R. R. Tolkien wrote it.|C. S. Lewis read it.",
        "He lives in the U.S. and works there.|He came to the U.S. in 1990.",
        "She moved to the U.S.|She works there.",
        "Acme Inc. bought Foo Ltd. in May.|It paid 3.5 million.",
        "It was made by Acme Corp.|The price was $2.50 a piece.",
        "See No. 5 and pp. 12 for more, e.g. Fig. 3.|No.|It is not there.",
        'He said "Go."|She went.',
        '"Is it you?" he asked.|"Yes!" she said.',
        "(It is in brackets.)|It is not.",
        "Wait... what?|He came...|The end.",
        "At 5 p.m. the show began.|It ended at 7 p.m.|The crowd left.",
        "The iPod sold well.|iPhone sales rose.",
        "It was on Jan. 5 in St. Petersburg.|It rained.",
        "In 1999.|2000 was better.",
        "これは文です。|次の文です。",
        "He left.[3]|She stayed.",
    ],
)
def test_prose(text: str) -> None:
    assert cut(text.replace("|", " ")) == text.split("|")


def test_lines() -> None:
    text = (
        "# Radium\nIt glows in\nthe dark\n\nA paragraph\n- one\n  more\n- two\n1. first\n2) second"
        "\n| A | B |\nx | y\n\n---\nthe end"
    )
    assert cut(text) == [
        "# Radium",
        "It glows in\nthe dark",
        "A paragraph",
        "- one\n  more",
        "- two",
        "1. first",
        "2) second",
        "| A | B |",
        "x | y",
        "---",
        "the end",
    ]


@given(st.text(alphabet=" \n\tab.A1!?…。\"')(-#|J,é", max_size=200) | st.text(max_size=60))
def test_spans_are_in_order_and_cover_everything(text: str) -> None:
    before = 0
    for start, end in sentences(text):
        assert not text[before:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        before = end
    assert not text[before:].strip()


@given(st.text(alphabet="a b,\n;", max_size=80), st.integers(1, 20))
def test_pieces_are_short_and_lose_nothing(text: str, limit: int) -> None:
    text = text.strip()
    found = pieces(text, 0, len(text), limit)
    assert all(0 < end - start <= limit for start, end in found)
    shown = "".join(text[start:end] for start, end in found)
    assert "".join(shown.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "unit", ["a", "word ", ". ", ".", '."', "Mr. ", "\n", " ", "!\n", "1. ", "|"]
)
def test_time_is_linear_and_no_sentence_is_too_long(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    began = time.process_time()
    found = sentences(text)
    assert time.process_time() - began < 5
    assert all(end - start <= LONGEST for start, end in found)
