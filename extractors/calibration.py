"""Making scores honest: isotonic calibration, and how far scores are from what comes true."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kgkit.errors import InputError

__all__ = ["Bin", "Calibration", "Reliability", "fit_isotonic", "reliability"]

_Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A map from scores to probabilities, both in [0, 1]: straight lines between its knots.

    >>> Calibration(((0.2, 0.1), (0.8, 0.9))).apply(0.5)
    0.5
    """

    knots: _Knots

    def apply(self, score: float) -> float:
        """Return the probability that belongs to a score, to 4 decimals."""
        place = bisect_right(self.knots, (score, 2.0))
        if place == 0:
            return round(self.knots[0][1], 4)
        if place == len(self.knots):
            return round(self.knots[-1][1], 4)
        (left, low), (right, high) = self.knots[place - 1], self.knots[place]
        return round(low + (high - low) * (score - left) / (right - left), 4)


@dataclass(frozen=True, slots=True)
class Bin:
    """Of `count` claims whose scores lie in [low, high), the mean score and the share that is
    true, all from 0 to 1."""

    low: float
    high: float
    count: int
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """What scores promise and what comes true, by bins of scores that hold anything.

    `ece` is the expected calibration error: the mean distance of the two, in [0, 1], weighed by
    the bins' counts (Naeini, Cooper and Hauskrecht 2015).
    """

    bins: tuple[Bin, ...]
    ece: float

    def __str__(self) -> str:
        head = f"{'score':>9} {'count':>7} {'mean':>6} {'true':>6}"
        lines = [
            f"{b.low:.2f}-{b.high:.2f} {b.count:7,} {b.score:6.3f} {b.share:6.3f}"
            for b in self.bins
        ]
        return "\n".join([head, *lines, f"expected calibration error {self.ece:.3f}"])


def fit_isotonic(scores: Sequence[float], right: Sequence[bool], *, least: int = 25) -> Calibration:
    """Return the rising map from scores to shares that fits what was right best.

    Pool-adjacent-violators (Ayer et al. 1955) over runs of at least `least` examples, each with
    one more right and one more wrong than it has, so that nothing becomes certain. Raises
    `InputError` for no examples, or for scores and answers of different lengths.

    >>> fit_isotonic([0.1] * 30 + [0.9] * 30, [False] * 30 + [True] * 30).apply(0.95)
    0.9688
    """
    _check(scores, right)
    blocks: list[list[float]] = []  # sum of scores, of right ones, and count
    for score, true in sorted(zip(scores, right, strict=True)):
        if blocks and (blocks[-1][2] < least or score == blocks[-1][3]):
            last = blocks[-1]
            blocks[-1] = [last[0] + score, last[1] + true, last[2] + 1, score]
        else:
            blocks.append([score, float(true), 1.0, score])
    if len(blocks) > 1 and blocks[-1][2] < least:
        blocks[-2:] = [_pooled(blocks[-2], blocks[-1])]
    rising: list[list[float]] = []
    for block in blocks:
        rising.append(block)
        while len(rising) > 1 and _share(rising[-2]) >= _share(rising[-1]):
            rising[-2:] = [_pooled(rising[-2], rising[-1])]
    return Calibration(tuple((round(b[0] / b[2], 4), round(_share(b), 4)) for b in rising))


def reliability(scores: Sequence[float], right: Sequence[bool], *, bins: int = 10) -> Reliability:
    """Return what the scores promise against what is right, in `bins` bins of equal width.

    Raises `InputError` for no examples, or for scores and answers of different lengths.

    >>> reliability([0.75, 0.75, 0.75, 0.75], [True, True, True, False]).ece
    0.0
    """
    _check(scores, right)
    held: dict[int, list[tuple[float, bool]]] = {}
    for score, true in zip(scores, right, strict=True):
        held.setdefault(min(int(score * bins), bins - 1), []).append((score, true))
    made = []
    for place in sorted(held):
        own = held[place]
        mean = sum(score for score, _ in own) / len(own)
        share = sum(true for _, true in own) / len(own)
        made.append(Bin(place / bins, (place + 1) / bins, len(own), mean, share))
    error = sum(b.count * abs(b.score - b.share) for b in made) / len(scores)
    return Reliability(tuple(made), round(error, 4))


def _pooled(one: list[float], other: list[float]) -> list[float]:
    return [one[0] + other[0], one[1] + other[1], one[2] + other[2], other[3]]


def _share(block: list[float]) -> float:
    return (block[1] + 1.0) / (block[2] + 2.0)


def _check(scores: Sequence[float], right: Sequence[bool]) -> None:
    if not scores or len(scores) != len(right):
        raise InputError(
            f"{len(scores)} scores and {len(right)} answers cannot be compared; give one answer "
            "to each score, and one score at least."
        )
