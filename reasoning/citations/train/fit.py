"""Logistic regression, and the threshold that refuses few good citations."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reasoning.citations.weighing import Weights

__all__ = ["fit", "held_out_scores", "threshold_of"]

_STEPS, _FOLDS = 50, 5
#: One bad citation in so many may pass.
_ACCEPTED = 10


def fit(
    rows: Sequence[Sequence[float]], right: Sequence[bool], *, ridge: float = 1.0
) -> tuple[tuple[float, ...], float]:
    """Return the weights and the bias that make what is right likeliest, by Newton's method.

    Both sides count alike, however many they are; `ridge` keeps the weights of scaled features
    small.
    """
    x = np.array(rows, dtype=np.float64)
    y = np.array(right, dtype=np.float64)
    scale = np.maximum(x.std(axis=0), 1e-6)
    design = np.hstack([x / scale, np.ones((len(x), 1))])
    share = np.where(y > 0, 0.5 / max(1.0, y.sum()), 0.5 / max(1.0, len(y) - y.sum())) * len(y)
    penalty = np.diag([ridge] * x.shape[1] + [0.0])
    beta: NDArray[np.float64] = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (share * (y - p)) - penalty @ beta
        curvature = design.T @ (design * (share * p * (1 - p))[:, None]) + penalty
        step = np.linalg.solve(curvature, gradient)
        beta = beta + step
        if float(np.abs(step).max()) < 1e-9:
            break
    weights = tuple(round(float(w), 4) for w in beta[:-1] / scale)
    return weights, round(float(beta[-1]), 4)


def held_out_scores(
    rows: Sequence[Sequence[float]], right: Sequence[bool], passages: Sequence[str]
) -> list[float]:
    """Return the probability of each row under weights learnt without its passage, in five folds
    by passage."""
    order = {passage: n for n, passage in enumerate(sorted(set(passages)))}
    folds = [order[passage] % _FOLDS for passage in passages]
    found = [0.0] * len(rows)
    for fold in range(_FOLDS):
        kept = [n for n, own in enumerate(folds) if own != fold]
        weights = Weights(*fit([rows[n] for n in kept], [right[n] for n in kept]), 0.5)
        for n, own in enumerate(folds):
            if own == fold:
                found[n] = weights.probability(rows[n])
    return found


def threshold_of(bad: Sequence[float]) -> float:
    """Return the score from which on one in ten of bad citations lies, rounded up to 3
    decimals.

    >>> threshold_of([n / 100 for n in range(100)])
    0.9
    """
    return math.ceil(1000 * sorted(bad)[-max(1, len(bad) // _ACCEPTED)] - 1e-6) / 1000
