"""Answers with a confidence, some withheld: how much is answered at which accuracy.

Coverage and risk as El-Yaniv and Wiener (2010) have them for selective classification.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Scored", "coverage_at", "curve"]

_POINTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Scored:
    """Whether a question was answered, how surely, and whether rightly."""

    given: bool
    confidence: float
    right: bool


def coverage_at(scored: Sequence[Scored], accuracy: float) -> float:
    """Return the largest share of questions, in percent, that can be answered, the surest first,
    so that this share (0 to 1) of the answers is right. Equally sure ones go together.

    >>> coverage_at([Scored(True, 0.9, True), Scored(True, 0.4, False)], 0.8)
    50.0
    """
    ranked = sorted((one for one in scored if one.given), key=lambda one: -one.confidence)
    best = right = 0
    for n, one in enumerate(ranked, start=1):
        right += one.right
        last = n == len(ranked) or ranked[n].confidence < one.confidence
        if last and right >= accuracy * n:
            best = n
    return round(100.0 * best / len(scored), 1) if scored else 0.0


def curve(scored: Sequence[Scored]) -> list[dict[str, float]]:
    """Return coverage and accuracy, in percent, of the answers from each confidence on."""
    found = []
    for point in _POINTS:
        given = [one for one in scored if one.given and one.confidence >= point]
        if given:
            found.append(
                {
                    "confidence": point,
                    "coverage": round(100.0 * len(given) / len(scored), 1),
                    "accuracy": round(100.0 * sum(one.right for one in given) / len(given), 1),
                }
            )
    return found
