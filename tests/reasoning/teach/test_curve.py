"""The mixture of exponentials: known curves are found again."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError
from reasoning.teach.curve import Curve, fit

PAPER = Curve(64.5456, (13.8352, 8.4705, 3.932), (0.9989, 0.8961, 0.0546))


@pytest.mark.parametrize(
    ("tokens", "accuracy"), [(10, 48.0), (38, 51.2), (455, 56.16), (1000, 60.0)]
)
def test_the_published_curve_gives_the_published_figures(tokens: float, accuracy: float) -> None:
    assert PAPER.at(tokens) == pytest.approx(accuracy, abs=0.06)


def test_the_published_curve_is_found_from_its_points() -> None:
    tokens = [0, 1, 2, 5, 10, 20, 38, 80, 150, 300, 455, 700, 1000, 2000]
    found = fit(tokens, [PAPER.at(x) for x in tokens], 3)
    assert found.error < 0.02
    assert all(abs(found.at(x) - PAPER.at(x)) < 0.1 for x in (3, 60, 250, 1500))


@settings(max_examples=15, deadline=None)
@given(st.floats(20, 90), st.floats(0.2, 1.0), st.floats(0.5, 20.0), st.floats(1e2, 1e7))
def test_one_exponential_is_found_at_any_scale(
    plateau: float, share: float, rate: float, scale: float
) -> None:
    curve = Curve(plateau, (share * plateau,), (math.exp(-rate / scale),))
    tokens = [scale * k / 12 for k in range(13)]
    found = fit(tokens, [curve.at(x) for x in tokens], 1)
    assert all(abs(found.at(x) - curve.at(x)) < 0.05 for x in tokens)


def test_tokens_for_an_accuracy_lead_there() -> None:
    assert PAPER.at(PAPER.tokens_for(56)) == pytest.approx(56)
    assert PAPER.tokens_for(65) == math.inf


@pytest.mark.parametrize(
    ("tokens", "accuracy", "terms"),
    [([1, 2], [1, 2], None), ([1, 2, 3, 4], [1, 2, 3], 1), ([1, 2, 3, math.nan], [1, 2, 3, 4], 1),
     ([1, 2, 3, 4], [1, 2, 3, 4], 2)],
)  # fmt: skip
def test_points_that_fix_no_curve_are_refused(
    tokens: list[float], accuracy: list[float], terms: int | None
) -> None:
    with pytest.raises(InputError):
        fit(tokens, accuracy, terms)
