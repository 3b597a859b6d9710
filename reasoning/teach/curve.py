"""How much more text teaches how much more: a mixture of exponentials through measured points.

The graph model of EntiGraph (arXiv 2409.07431, section 6) predicts accuracy = plateau - sum of
weight * decay ** tokens: linear at first, then logarithmic, then flat.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from kgkit.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Curve", "fit"]

#: Terms at most, and starts of the search: the best of all combinations of these rates, given as
#: logarithms over the range of the points.
_TERMS, _STARTS = 3, 4
_RATES = tuple(float(step) for step in range(-3, 10))


@dataclass(frozen=True, slots=True)
class Curve:
    """accuracy(tokens) = plateau - sum of weights[k] * decays[k] ** tokens; `error` is the root
    of the mean squared distance from the points it was fitted to.

    >>> curve = Curve(64.5456, (13.8352, 8.4705, 3.932), (0.9989, 0.8961, 0.0546))
    >>> round(curve.at(455), 2)
    56.16
    """

    plateau: float
    weights: tuple[float, ...]
    decays: tuple[float, ...]
    error: float = 0.0

    def at(self, tokens: float) -> float:
        """Return the accuracy after so many tokens, in the units that were fitted."""
        pairs = zip(self.weights, self.decays, strict=True)
        return self.plateau - sum(weight * math.pow(decay, tokens) for weight, decay in pairs)

    def tokens_for(self, accuracy: float) -> float:
        """Return how many tokens reach an accuracy; infinite at the plateau and above it."""
        if accuracy >= self.plateau:
            return math.inf
        low, high = 0.0, 1.0
        while self.at(high) < accuracy:
            low, high = high, 2 * high
            if math.isinf(high):
                return math.inf
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if self.at(middle) < accuracy else (low, middle)
        return high


def fit(tokens: Sequence[float], accuracy: Sequence[float], terms: int | None = None) -> Curve:
    """Return the curve nearest to the points, by least squares.

    Decays are searched, and weights and plateau, none below 0, are solved for
    exactly at each. `terms` is the number of exponentials, 1 to 3; left out, the number with the
    least corrected Akaike criterion. Raises `InputError` for points that are too few (two more
    than twice the terms), not as many on both sides, or not finite.
    """
    x = np.asarray(tokens, dtype=float)
    y = np.asarray(accuracy, dtype=float)
    if x.shape != y.shape or x.ndim != 1 or not np.isfinite([x, y]).all() or (x < 0).any():
        raise InputError(
            f"{x.size} token counts and {y.size} accuracies are no points; give as many finite "
            "numbers of each, no tokens below 0"
        )
    most = min(_TERMS, (len(x) - 2) // 2)
    if most < 1 or (terms is not None and not 1 <= terms <= most):
        raise InputError(f"{len(x)} points do not fix {terms or 1} exponentials; give more points")
    tried = [_fit(x, y, n) for n in (range(1, most + 1) if terms is None else [terms])]
    return min(tried, key=lambda curve: (_criterion(curve, len(x)), len(curve.weights)))


def _criterion(curve: Curve, points: int) -> float:
    """Return Akaike's criterion with its correction for few points."""
    free = 2 * len(curve.weights) + 1
    error = max(curve.error, 1e-9)
    if points - free - 1 <= 0:
        return math.inf
    return 2 * points * math.log(error) + 2 * free * (1 + (free + 1) / (points - free - 1))


def _fit(x: NDArray[np.float64], y: NDArray[np.float64], terms: int) -> Curve:
    from scipy.optimize import least_squares

    scale = float(x.max()) or 1.0
    starts = sorted(
        combinations(_RATES, terms),
        key=lambda rates: float(np.sum(_solve(x / scale, y, np.array(rates))[2] ** 2)),
    )

    def rest_of(rates: NDArray[np.float64]) -> NDArray[np.float64]:
        return _solve(x / scale, y, rates)[2]

    best: Curve | None = None
    for start in starts[:_STARTS]:
        found = least_squares(rest_of, np.array(start), bounds=(-6.0, 10.0))
        solved, speeds, rest = _solve(x / scale, y, found.x)
        order = np.argsort(speeds)
        curve = Curve(
            round(float(solved[0]), 6),
            tuple(round(float(solved[1 + k]), 6) for k in order),
            tuple(math.exp(-float(speeds[k]) / scale) for k in order),
            round(float(np.sqrt(np.mean(rest**2))), 6),
        )
        if best is None or curve.error < best.error:
            best = curve
    assert best is not None
    return best


def _solve(
    x: NDArray[np.float64], y: NDArray[np.float64], rates: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return plateau and weights `[1 + k]`, speeds `[k]` and what is left `[n]` at these rates."""
    from scipy.optimize import nnls

    speeds = np.exp(rates)
    design = np.column_stack([np.ones_like(x), -np.exp(-speeds[None, :] * x[:, None])])
    solved, _ = nnls(design, y)
    return solved, speeds, design @ solved - y
