"""The mean of a few seeds and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["apart", "mean_interval"]


def mean_interval(values: Sequence[float]) -> dict[str, float]:
    """Return the mean of the seeds' figures with its 95 % interval by Student's t, to one decimal.

    With one value the interval is unknown, and left out.
    """
    from scipy.stats import t

    count = len(values)
    mean = sum(values) / count
    if count == 1:
        return {"mean": round(mean, 1)}
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / (count - 1) / count)
    half = float(t.ppf(0.975, count - 1)) * spread
    return {"mean": round(mean, 1), "low": round(mean - half, 1), "high": round(mean + half, 1)}


def apart(lower: dict[str, float], upper: dict[str, float]) -> bool:
    """Return whether the interval of the second lies above that of the first."""
    return "low" in upper and "high" in lower and upper["low"] > lower["high"]
