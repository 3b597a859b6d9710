"""Scores become probabilities: rising, between 0 and 1, and closer to what comes true."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.calibration import Calibration, fit_isotonic, reliability
from kgkit.errors import InputError

examples = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=200)


@given(examples, st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_a_fitted_map_rises_and_stays_between_its_ends(
    rows: list[tuple[float, bool]], asked: list[float]
) -> None:
    calibration = fit_isotonic([s for s, _ in rows], [r for _, r in rows], least=5)
    told = [calibration.apply(score) for score in sorted(asked)]
    assert told == sorted(told)
    assert all(0.0 < value < 1.0 for value in told)


def test_calibrated_scores_are_closer_to_the_truth() -> None:
    chance = random.Random(5)
    scores = [chance.random() for _ in range(4000)]
    right = [chance.random() < 0.5 + 0.4 * score for score in scores]
    calibration = fit_isotonic(scores[::2], right[::2])
    before = reliability(scores[1::2], right[1::2])
    after = reliability([calibration.apply(s) for s in scores[1::2]], right[1::2])
    assert before.ece > 0.15
    assert after.ece < 0.04


def test_the_order_of_examples_does_not_matter() -> None:
    rows = [(i % 10 / 10, i % 3 > 0) for i in range(300)]
    other = rows[:]
    random.Random(1).shuffle(other)
    fitted = [fit_isotonic([s for s, _ in each], [r for _, r in each]) for each in (rows, other)]
    assert fitted[0] == fitted[1]


def test_reliability_counts_what_it_was_given() -> None:
    found = reliability([0.05, 0.15, 0.15, 1.0], [False, True, False, True])
    assert [(b.low, b.count, b.share) for b in found.bins] == [
        (0.0, 1, 0.0),
        (0.1, 2, 0.5),
        (0.9, 1, 1.0),
    ]
    assert found.ece == pytest.approx((0.05 + 2 * 0.35 + 0.0) / 4)
    assert "expected calibration error" in str(found)


def test_outside_of_its_knots_a_map_is_flat() -> None:
    calibration = Calibration(((0.4, 0.6), (0.6, 0.8)))
    assert [calibration.apply(s) for s in (0.0, 0.4, 0.5, 0.6, 1.0)] == [0.6, 0.6, 0.7, 0.8, 0.8]


@pytest.mark.parametrize(("scores", "right"), [([], []), ([0.5], [])])
def test_nothing_to_learn_from_is_refused(scores: list[float], right: list[bool]) -> None:
    for use in (fit_isotonic, reliability):
        with pytest.raises(InputError, match="cannot be compared"):
            use(scores, right)
