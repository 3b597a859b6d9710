"""Curves from scores to probabilities."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.calibration import reliability
from extractors.harvest.calibration import Curve, fit_curve
from kgkit.errors import InputError

SCORES = st.floats(-60.0, 0.0)


def judged(count: int, seed: int, slope: float = 0.8) -> tuple[list[float], list[bool]]:
    """Scores and answers whose true probability is logistic in the square of the score."""
    chance = random.Random(seed)
    scores = [chance.uniform(-20.0, -1.0) for _ in range(count)]
    right = [chance.random() < 1 / (1 + math.exp(-slope * (score + 7.0))) for score in scores]
    return scores, right


@settings(deadline=None)
@given(st.lists(st.tuples(SCORES, st.booleans()), min_size=2, max_size=40), SCORES, SCORES)
def test_a_curve_rises_and_stays_between_0_and_1(
    examples: list[tuple[float, bool]], one: float, other: float
) -> None:
    scores, right = [score for score, _ in examples], [true for _, true in examples]
    if len(set(right)) < 2:
        return
    curve = fit_curve(scores, right)
    low, high = sorted((one, other))
    assert 0.0 <= curve.probability(low) <= curve.probability(high) <= 1.0


@pytest.mark.parametrize(("count", "bound"), [(60, 0.15), (3000, 0.05)])
def test_what_is_learnt_is_calibrated_on_what_is_not(count: int, bound: float) -> None:
    curve = fit_curve(*judged(count, seed=1))
    assert (curve.steps is not None) == (count >= 200)
    scores, right = judged(4000, seed=2)
    assert reliability([curve.probability(score) for score in scores], right).ece <= bound


def test_few_examples_give_no_certainty() -> None:
    curve = fit_curve([-9.0, -2.0], [False, True])
    assert 0.0 < curve.probability(-30.0) < curve.probability(0.0) < 1.0
    assert 0.2 < curve.probability(-9.0) < 0.5 < curve.probability(-2.0) < 0.8


def test_weights_move_the_curve() -> None:
    scores, right = [-9.0, -7.0, -5.0, -3.0], [False, True, False, True]
    plain = fit_curve(scores, right)
    rare = fit_curve(scores, right, weights=[20.0 if not true else 1.0 for true in right])
    assert rare.probability(-5.0) < plain.probability(-5.0)


def test_minus_infinity_is_never_true() -> None:
    assert Curve(1.0, -3.0).probability(-math.inf) == 0.0


@pytest.mark.parametrize(
    ("scores", "right", "weights", "words"),
    [
        ([1.0], [True, False], [], "do not go together"),
        ([1.0, 2.0], [True, False], [1.0], "do not go together"),
        ([1.0, 2.0], [True, True], [], "of one kind"),
        ([1.0, math.nan], [True, False], [], "not finite"),
    ],
)
def test_bad_input_is_named(
    scores: list[float], right: list[bool], weights: list[float], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        fit_curve(scores, right, weights=weights)
