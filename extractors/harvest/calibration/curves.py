"""Rising curves from scores to probabilities: isotonic where there is much to learn from, else
Platt's logistic one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from extractors.calibration import Calibration, fit_isotonic
from kgkit.errors import InputError

__all__ = ["Curve", "fit_curve"]

#: An isotonic curve needs so many examples, and so many of each kind.
_MANY, _EACH = 200, 30


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising map from scores of any scale to probabilities.

    The score is moved and squeezed into (0, 1) by a logistic function of `slope` and `middle`
    (Platt 1999); `steps`, where there are any, map the outcome on (isotonic regression).

    >>> Curve(slope=1.0, middle=-3.0).probability(-3.0)
    0.5
    """

    slope: float
    middle: float
    steps: Calibration | None = None

    def probability(self, score: float) -> float:
        """Return the probability that belongs to a score, to 4 decimals; 0 for minus infinity."""
        squeezed = round(float(expit(self.slope * (score - self.middle))), 4)
        return squeezed if self.steps is None else self.steps.apply(squeezed)


def fit_curve(
    scores: Sequence[float], right: Sequence[bool], *, weights: Sequence[float] = ()
) -> Curve:
    """Return the curve for scores of which it is known whether they were right.

    Those may be seeds against corrupted seeds, or a small gold standard. `weights` make up for
    examples that are rarer here than in use; with them, and below 200 examples or 30 of a kind,
    the curve is logistic. Raises `InputError` for lengths that differ, a score that is no finite
    number, or answers of one kind only.

    >>> curve = fit_curve([-9.0, -8.0, -7.5, -3.0, -2.0], [False, False, True, True, True])
    >>> curve.probability(-2.0) > 0.7 > 0.4 > curve.probability(-9.0)
    True
    """
    _check(scores, right, weights)
    values, sides = np.array(scores, dtype=np.float64), np.array(right, dtype=bool)
    own = np.array(weights, dtype=np.float64) if len(weights) else np.ones(len(values))
    slope, middle = _logistic(values, sides, own)
    plain = Curve(slope, middle)
    few = min(int(sides.sum()), int((~sides).sum())) < _EACH or len(values) < _MANY
    if few or len(weights):
        return plain
    squeezed = [plain.probability(score) for score in scores]
    return Curve(slope, middle, fit_isotonic(squeezed, list(right)))


def _logistic(
    values: NDArray[np.float64], sides: NDArray[np.bool_], weights: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope, at least 0, and middle by maximum likelihood.

    Platt's targets, (n+ + 1) / (n+ + 2) and 1 / (n- + 2), keep few examples from certainty.
    """
    good, bad = float(weights[sides].sum()), float(weights[~sides].sum())
    targets = np.where(sides, (good + 1) / (good + 2), 1 / (bad + 2))
    centre, spread = float(values.mean()), float(values.std()) or 1.0
    scaled = (values - centre) / spread

    def loss(parameters: NDArray[np.float64]) -> float:
        margin = np.exp(parameters[0]) * (scaled - parameters[1])
        each = targets * np.logaddexp(0.0, -margin) + (1 - targets) * np.logaddexp(0.0, margin)
        # A weak pull towards the start keeps the optimum finite where the two kinds overlap fully.
        return float((weights * each).sum()) + 0.01 * float(parameters @ parameters)

    start = np.zeros(2)
    best = minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-10}).x
    slope = float(np.exp(best[0])) / spread
    return round(slope, 6), round(float(best[1]) * spread + centre, 6)


def _check(scores: Sequence[float], right: Sequence[bool], weights: Sequence[float]) -> None:
    if len(scores) != len(right) or (len(weights) and len(weights) != len(scores)):
        raise InputError(
            f"{len(scores)} scores, {len(right)} answers and {len(weights)} weights do not go "
            "together; give one of each to every example, or no weights"
        )
    if not all(np.isfinite(score) for score in scores):
        raise InputError("a score is not finite; leave out tuples that the model cannot score")
    if len(set(map(bool, right))) < 2:
        raise InputError(
            f"all {len(scores)} examples are of one kind; a curve needs right and wrong ones: "
            "corrupt seeds (extractors.harvest.wording.corrupting) for wrong ones"
        )
