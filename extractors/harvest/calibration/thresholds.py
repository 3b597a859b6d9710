"""Where to stop believing: thresholds on probabilities for a wanted precision."""

from __future__ import annotations

from collections.abc import Sequence

from kgkit.errors import InputError

__all__ = ["expected_threshold", "gold_threshold"]


def expected_threshold(probabilities: Sequence[float], precision: float) -> float | None:
    """Return the lowest threshold above which the mean probability is at least `precision`.

    What lies below is abstained from; None means that nothing is sure enough. It is as good as
    the probabilities are calibrated. Raises `InputError` for a precision outside of (0, 1].

    >>> expected_threshold([0.9, 0.8, 0.4, 0.1], 0.7)
    0.4
    >>> expected_threshold([0.3], 0.7) is None
    True
    """
    _check(precision)
    found, total = None, 0.0
    ordered = sorted(probabilities, reverse=True)
    for count, value in enumerate(ordered, 1):
        total += value
        last_of_its_kind = count == len(ordered) or ordered[count] < value
        if last_of_its_kind and round(total / count, 9) >= precision:
            found = value
    return found


def gold_threshold(
    probabilities: Sequence[float], right: Sequence[bool], precision: float
) -> float | None:
    """Return the lowest threshold at and above which the share of right ones is at least
    `precision` on a gold standard; None where there is none.

    The share counts one more example, a wrong one, so that few lucky ones do not suffice. Raises
    `InputError` for lengths that differ or a precision outside of (0, 1].

    >>> gold_threshold([0.9, 0.8, 0.7, 0.2], [True, True, True, False], 0.7)
    0.7
    """
    _check(precision)
    if len(probabilities) != len(right):
        raise InputError(
            f"{len(probabilities)} probabilities and {len(right)} answers cannot be compared; give "
            "one answer to each"
        )
    found, good = None, 0
    ordered = sorted(zip(probabilities, right, strict=True), key=lambda pair: -pair[0])
    for count, (value, true) in enumerate(ordered, 1):
        good += true
        last_of_its_kind = count == len(ordered) or ordered[count][0] < value
        if last_of_its_kind and good / (count + 1) >= precision:
            found = value
    return found


def _check(precision: float) -> None:
    if not 0 < precision <= 1:
        raise InputError(f"precision={precision} is no share; expected more than 0 and at most 1")
