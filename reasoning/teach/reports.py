"""What a model knew before and after: accuracy with intervals, by kind of probe and relation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kgkit.errors import InputError
from reasoning.teach.probing.probe import Answer, Probe

__all__ = ["Accuracy", "Comparison", "accuracy", "by_group", "compare"]

_Z = 1.959963984540054  # 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of so many answers were right; `low` to `high` is the 95 % interval of Wilson
    (1927). Shares are between 0 and 1.

    >>> accuracy = Accuracy(9, 10)
    >>> accuracy.share, round(accuracy.low, 3), round(accuracy.high, 3)
    (0.9, 0.596, 0.982)
    """

    right: int
    of: int

    @property
    def share(self) -> float:
        """The share that was right; 0 of none."""
        return self.right / self.of if self.of else 0.0

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self._end(-1.0)

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self._end(1.0)

    def _end(self, side: float) -> float:
        if not self.of:
            return 0.0 if side < 0 else 1.0
        n, p = self.of, self.share
        centre = p + _Z**2 / (2 * n)
        spread = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
        return min(1.0, max(0.0, (centre + side * spread) / (1 + _Z**2 / n)))

    def __str__(self) -> str:
        low, high = 100 * self.low, 100 * self.high
        return f"{100 * self.share:.1f} % ({low:.1f} to {high:.1f}, n = {self.of})"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answers to the same probes before and after."""

    before: tuple[Answer, ...]
    after: tuple[Answer, ...]

    @property
    def gained(self) -> tuple[Probe, ...]:
        """The probes that were wrong and are right."""
        return tuple(b.probe for a, b in self._pairs() if not a.right and b.right)

    @property
    def lost(self) -> tuple[Probe, ...]:
        """The probes that were right and are wrong."""
        return tuple(b.probe for a, b in self._pairs() if a.right and not b.right)

    def _pairs(self) -> Iterable[tuple[Answer, Answer]]:
        return zip(self.before, self.after, strict=True)

    def __str__(self) -> str:
        rows = [f"before {accuracy(self.before)}, after {accuracy(self.after)}"]
        rows.append(f"{len(self.gained)} gained, {len(self.lost)} lost")
        for name, key in (("kind", _kind), ("relation", _relation)):
            was, now = by_group(self.before, key), by_group(self.after, key)
            rows += [
                f"{name} {group}: {100 * was[group].share:.1f} -> {100 * now[group].share:.1f} % "
                f"(n = {now[group].of})"
                for group in sorted(now)
            ]
        return "\n".join(rows)


def accuracy(answers: Iterable[Answer]) -> Accuracy:
    """Return how many answers are right."""
    given = [answer.right for answer in answers]
    return Accuracy(sum(given), len(given))


def by_group(answers: Iterable[Answer], key: Callable[[Answer], str]) -> dict[str, Accuracy]:
    """Return the accuracy of each group of answers, groups by what `key` says of an answer."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(key(answer), []).append(answer)
    return {group: accuracy(groups[group]) for group in sorted(groups)}


def compare(before: Sequence[Answer], after: Sequence[Answer]) -> Comparison:
    """Return the comparison of two rounds of the same probes, in the same order.

    Raises `InputError` where the probes differ.
    """
    if [a.probe for a in before] != [b.probe for b in after]:
        raise InputError(
            f"{len(before)} answers before and {len(after)} after are not to the same probes; ask "
            "the same ones in the same order"
        )
    return Comparison(tuple(before), tuple(after))


def _kind(answer: Answer) -> str:
    return answer.probe.kind


def _relation(answer: Answer) -> str:
    return answer.probe.relation
