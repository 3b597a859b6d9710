"""Means with intervals, and who won."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import mean, stdev

__all__ = ["row", "verdict"]


def row(values: Sequence[float]) -> dict[str, object]:
    """Return the mean of some seeds with its 95 % interval (Student's t), None for one seed."""
    return {"mrr": round(mean(values), 4), "interval": _interval(values), "values": list(values)}


def verdict(found: Mapping[str, Sequence[float]], beside: Sequence[str] = ()) -> dict[str, object]:
    """Return the sampler with the highest mean, and by how much it leads the next and the
    uniform one, seed by seed; what is `beside` takes no part.

    `is_clear` says whether the interval of the lead over the next lies above 0.
    """
    order = sorted((name for name in found if name not in beside), key=lambda n: -mean(found[n]))
    first = order[0]
    told: dict[str, object] = {"winner": first}
    if len(order) > 1:
        lead = _differences(found[first], found[order[1]])
        told |= {"next": order[1], "lead": round(mean(lead), 4), "lead_interval": _interval(lead)}
        interval = _interval(lead)
        told["is_clear"] = interval is not None and interval[0] > 0
    if "uniform" in found:
        for name in order:
            if name.startswith("lemon"):
                gain = _differences(found[name], found["uniform"])
                told[f"{name}_over_uniform"] = round(mean(gain), 4)
                told[f"{name}_over_uniform_interval"] = _interval(gain)
    return told


def _differences(first: Sequence[float], second: Sequence[float]) -> list[float]:
    return [one - other for one, other in zip(first, second, strict=True)]


def _interval(values: Sequence[float]) -> list[float] | None:
    if len(values) < 2:
        return None
    from scipy.stats import t

    half = float(t.ppf(0.975, len(values) - 1)) * stdev(values) / math.sqrt(len(values))
    return [round(mean(values) - half, 4), round(mean(values) + half, 4)]
