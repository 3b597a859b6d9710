"""From scores to the best span and how far it stands out."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.mini.reading.network import Scores

__all__ = ["Found", "best_span"]

#: Added to a span's score for each of its words: answers came out a little short on held-out
#: questions.
_PER_WORD = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """The best span, words [first, last] of a case; `margin` is its score above that of no answer,
    `peak` that above the sum of all spans (a log-probability, at most 0)."""

    first: int
    last: int
    margin: float
    peak: float


def best_span(scores: Scores) -> Found:
    """Return the best span, the first of equal ones; the case must have a word.

    >>> import torch
    >>> scores = torch.tensor([[0.0, 1.95], [1.0, -torch.inf]])
    >>> best_span(Scores(scores, torch.tensor(-1.0)))
    Found(first=0, last=1, margin=3.0, peak=-0.408)
    """
    added = [_PER_WORD * words for words in range(scores.spans.shape[1])]
    # Rounded, so that the rounding of matrix products decides nothing.
    spans = ((scores.spans + scores.spans.new_tensor(added)).flatten() * 1e3).round() / 1e3
    place = int((spans == spans.max()).nonzero()[0])
    first, length = divmod(place, scores.spans.shape[1])
    best = float(spans[place])
    margin = best - float(scores.null)
    peak = best - float(spans.logsumexp(0))
    return Found(first, first + length, round(margin, 3), round(min(0.0, peak), 3))
