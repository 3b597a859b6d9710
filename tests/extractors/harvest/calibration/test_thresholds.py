"""Thresholds for a wanted precision."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.harvest.calibration import expected_threshold, gold_threshold
from kgkit.errors import InputError

PROBABILITIES = st.lists(st.sampled_from([0.05, 0.2, 0.5, 0.6, 0.9, 0.99]), max_size=30)


@settings(deadline=None)
@given(PROBABILITIES, st.floats(0.01, 1.0))
def test_what_is_above_keeps_the_promise(values: list[float], precision: float) -> None:
    found = expected_threshold(values, precision)
    if found is None:
        assert not values or max(values) < precision
        return
    kept = [value for value in values if value >= found]
    assert sum(kept) / len(kept) >= precision - 1e-9
    for lower in {value for value in values if value < found}:
        more = [value for value in values if value >= lower]
        assert sum(more) / len(more) < precision


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30), st.floats(0.01, 1.0))
def test_gold_keeps_the_promise(pairs: list[tuple[float, bool]], precision: float) -> None:
    found = gold_threshold([value for value, _ in pairs], [true for _, true in pairs], precision)
    if found is not None:
        kept = [true for value, true in pairs if value >= found]
        assert sum(kept) / len(kept) >= precision


def test_one_lucky_example_is_not_enough() -> None:
    assert gold_threshold([0.9], [True], 0.9) is None
    assert gold_threshold([0.9] * 12, [True] * 12, 0.9) == 0.9


def test_bad_input_is_named() -> None:
    with pytest.raises(InputError, match="precision=0"):
        expected_threshold([0.5], 0)
    with pytest.raises(InputError, match="2 probabilities and 1 answers"):
        gold_threshold([0.5, 0.6], [True], 0.5)
