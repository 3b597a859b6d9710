"""Messy replies: what is whole is taken, what is not is said, nothing crashes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.llm.parse import parse_reply
from tests.extractors.llm.messy import BORN, BOTH, MESSY, WED, M, Messy
from tests.extractors.llm.reading import TEXT, read, told


@pytest.mark.parametrize("messy", MESSY, ids=lambda messy: messy.name)
def test_messy_replies(messy: Messy) -> None:
    reading = read(messy.reply)
    assert told(reading) == sorted(messy.facts)
    assert [each.kind for each in reading.rejections] == list(messy.rejected)
    for each in reading.rejections:
        assert each.reason
        assert each.chunk_id
        assert len(each.row) <= 300


@pytest.mark.parametrize(
    "reply",
    [
        f"[{BORN}," * 120_000,
        "[" * 10_000_000,
        '{"a":' * 2_000_000,
        "{" + '"x' * 5_000_000,
        "(" * 10_000_000,
        ("a|b|" * 10 + "\n") * 250_000,
        " " * 10_000_000,
        "<think>" * 1_400_000,
        f"{WED} " * 150_000,
    ],
    ids=lambda reply: reply[:12],
)
def test_ten_megabytes_end_soon_and_are_reported(reply: str) -> None:
    began = time.perf_counter()
    reading = read(reply)
    assert time.perf_counter() - began < 8
    assert reading.rejections
    assert set(told(reading)) <= {M, "(Marie Curie)-[BORN_IN]->(Warsaw)"}


@settings(deadline=None)
@given(st.text(alphabet='{}[]",:\\ abc\n<>/|()-', max_size=200))
def test_any_text_is_parsed_or_reported(text: str) -> None:
    rows = parse_reply(text)
    assert parse_reply(text) == rows


@settings(deadline=None)
@given(cut=st.integers(0, len(BOTH)), junk=st.text(max_size=5), place=st.integers(0, len(BOTH)))
def test_damage_never_invents(cut: int, junk: str, place: int) -> None:
    damaged = (BOTH[:place] + junk + BOTH[place:])[: cut + len(junk)]
    for fact in read(damaged).extraction.facts:
        assert fact.head.name in TEXT
        assert str(getattr(fact.tail, "name", "")) in TEXT
