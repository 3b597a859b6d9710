"""Passing over words that open no value: nothing is lost by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.values import FoundValue, find_values, finding
from extractors.values.lexicon import CURRENCIES, MAGNITUDES, MONTHS, ONES, ORDINALS, SIGNS, TENS

_TEXTS = sorted(Path(__file__).parents[3].glob("benchmarks/values*.jsonl"))

_OTHERS = """
    a an A the of in to and or past per for about c. ca. some ~ minus half quarter
    year years hour hours century km pounds men USD Rs Rs. AD A.D. BC CE FY fiscal
    1 3 12 1999 44 2:30 10:15 p.m. noon 5% 1,250 3.5 ½ $5 PT5H Q3 x_may ſept 7th
"""
_LISTED = (*MONTHS, *ONES, *TENS, *ORDINALS, *MAGNITUDES, *SIGNS, *CURRENCIES)
_WORDS = st.sampled_from([*_LISTED, *_OTHERS.split()])


def with_every_word(text: str) -> tuple[FoundValue, ...]:
    """Return what is found where no word is passed over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "may_open", lambda _text, _start: True)
        return find_values(text)


@pytest.mark.parametrize("path", _TEXTS, ids=lambda path: path.stem)
def test_texts_with_values_keep_all_of_them(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        assert find_values(text) == with_every_word(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, max_size=8), st.sampled_from([" ", "-", " a ", "  "]))
def test_words_in_any_order_keep_all_values(words: list[str], joint: str) -> None:
    text = joint.join(words)
    assert find_values(text) == with_every_word(text)
