"""Logistic regression with signs that are known beforehand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

__all__ = ["fit"]

_RIDGE = 1e-5


def fit(
    rows: NDArray[np.float64],
    labels: NDArray[np.float64],
    weights: NDArray[np.float64],
    bounds: Sequence[tuple[float | None, float | None]],
) -> tuple[tuple[float, ...], float]:
    """Return the weights, one a column of rows [n, d], and the bias, to 4 decimals.

    `bounds` holds the least and largest weight of each column: what can only speak for a pair
    starts at 0, so that chance in the examples cannot turn evidence round. Minimises the weighted
    log loss with a small ridge by L-BFGS-B; deterministic.
    """
    total = weights.sum()

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        score = rows @ theta[:-1] + theta[-1]
        errors = weights * (1.0 / (1.0 + np.exp(-score)) - labels)
        value = (weights * (np.logaddexp(0.0, score) - labels * score)).sum() / total
        slope = np.append(rows.T @ errors, errors.sum()) / total
        slope[:-1] += _RIDGE * theta[:-1]
        return float(value + 0.5 * _RIDGE * (theta[:-1] ** 2).sum()), slope

    start = np.zeros(rows.shape[1] + 1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    theta = [round(float(x), 4) + 0.0 for x in found.x]
    return tuple(theta[:-1]), theta[-1]
