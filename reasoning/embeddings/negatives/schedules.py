"""Shares that change while a model is trained: functions of the progress, 0 to 1."""

from __future__ import annotations

from collections.abc import Callable

from kgkit.errors import InputError

__all__ = ["Schedule", "as_schedule", "rising"]

#: The share of the training that is done, to the share of draws that come from neighbourhoods.
Schedule = Callable[[float], float]


def rising(low: float, high: float, *, until: float = 1.0) -> Schedule:
    """Return the schedule that goes from `low` to `high` in a straight line until that progress,
    and stays there.

    >>> rising(0.0, 0.5, until=0.5)(0.25)
    0.25
    """

    def share(progress: float) -> float:
        return low + (high - low) * min(1.0, progress / until)

    return share


def as_schedule(share: float | Schedule) -> Schedule:
    """Return a number as the schedule that is always that number.

    Raises `InputError` for a number below 0 or above 1.
    """
    if callable(share):
        return share
    if not 0 <= share <= 1:
        raise InputError(f"a share of {share} of the draws cannot be; give a number from 0 to 1")
    return lambda progress: share
