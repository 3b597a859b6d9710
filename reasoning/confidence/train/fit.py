"""Logistic regression of what was right on the signs of answers, with cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reasoning.confidence.settling import Model
from reasoning.confidence.signs import Given, signs_of

__all__ = ["Kept", "fit", "held_out_probabilities"]

_STEPS, _FOLDS = 50, 10


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given, and whether it was right."""

    given: Given
    right: bool


def fit(kept: Sequence[Kept], *, ridge: float = 2.0) -> Model:
    """Return the model under which what was right is likeliest, by Newton's method.

    `ridge` is the penalty on the squared weights of scaled signs. The model's threshold is 0.
    """
    x = np.array([signs_of(one.given) for one in kept], dtype=np.float64)
    y = np.array([one.right for one in kept], dtype=np.float64)
    scale = np.maximum(x.std(axis=0), 1e-6)
    # A sign that is the same for all says nothing.
    used = x.std(axis=0) > 1e-6
    design = np.hstack([np.where(used, x / scale, 0.0), np.ones((len(x), 1))])
    penalty = np.diag([ridge] * x.shape[1] + [1e-9])
    beta: NDArray[np.float64] = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (y - p) - penalty @ beta
        curvature = design.T @ (design * (p * (1 - p))[:, None]) + penalty
        step = np.linalg.solve(curvature, gradient)
        beta = beta + step
        if float(np.abs(step).max()) < 1e-9:
            break
    weights = tuple(round(float(w), 4) for w in np.where(used, beta[:-1] / scale, 0.0))
    return Model(weights, round(float(beta[-1]), 4), 0.0)


def held_out_probabilities(kept: Sequence[Kept]) -> list[float]:
    """Return for each answer its probability under a model that was learnt from the others, in
    ten folds by place."""
    found = [0.0] * len(kept)
    for fold in range(_FOLDS):
        model = fit([one for n, one in enumerate(kept) if n % _FOLDS != fold])
        for n in range(fold, len(kept), _FOLDS):
            found[n] = model.probability(signs_of(kept[n].given))
    return found
