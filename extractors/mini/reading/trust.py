"""How sure an answer is: what bears on it, weighed as was learnt from held-out questions."""

from __future__ import annotations

import math
from collections.abc import Sequence

from extractors.mini.reading.decode import Found
from extractors.mini.reading.layout import Case

__all__ = ["FEATURES", "features", "probability"]

#: What `features` gives, in its order.
FEATURES = ("margin", "peak", "missing", "missing_names", "near", "one")

_MISSING, _CONTENT = 2, (2, 3, 4)
_SHARED = (7, 8)
_SEP = 102
_PLAIN_SHAPES = (0, 7)


def features(case: Case, found: Found) -> tuple[float, ...]:
    """Return the numbers named in `FEATURES` for the best span of a case.

    Shares are of pieces, so that rare words, which have more of them, count more: the question's
    words that the text lacks, those of its names and numbers (capitals inside it, digits) that it
    lacks, and how much of the question the sentence of the answer shares.
    """
    end = case.pieces.index(_SEP)
    asked = [i for i in range(1, end) if case.marks[i] in _CONTENT]
    named = [i for i in asked if _named(case.casing[i])]
    sentence = case.sentences[found.first]
    words = [w for w, number in enumerate(case.sentences) if number == sentence]
    near = sum(
        case.marks[i] in _SHARED
        for w in words
        if not found.first <= w <= found.last
        for i in range(case.firsts[w], case.lasts[w] + 1)
    )
    return (
        found.margin,
        found.peak,
        sum(case.marks[i] == _MISSING for i in asked) / max(1, len(asked)),
        sum(case.marks[i] == _MISSING for i in named) / max(1, len(named)),
        min(1.0, near / max(1, len(asked))),
        1.0,
    )


def _named(casing: int) -> bool:
    """Whether a casing code is that of a name or number not at the beginning of its sentence."""
    shape, place = divmod(casing - 1, 4)
    return (place < 2 and shape not in _PLAIN_SHAPES) or shape == _DIGITS


_DIGITS = 5


def probability(numbers: Sequence[float], weights: Sequence[float]) -> float:
    """Return the logistic function of the weighed numbers (Platt 1999), to four decimals.

    >>> probability((2.0, 1.0), (0.5, -1.0))
    0.5
    """
    logit = sum(number * weight for number, weight in zip(numbers, weights, strict=True))
    return round(1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit)))), 4)
