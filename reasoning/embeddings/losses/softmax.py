"""Softmax cross-entropy: over all entities, or over drawn ones as an estimate of it.

Drawn candidates stand for all: each weighs 1 / (k q), with q the chance that one draw gives it,
so that the sum over them has the sum over all usable entities as its mean (Bengio and Senecal,
2008; the "log-Q correction").
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import softplus

from reasoning.embeddings.losses.masking import masked_logsumexp
from reasoning.embeddings.negatives.base import Draw

__all__ = ["Softmax", "filtered_softmax"]


@dataclass(frozen=True, slots=True)
class Softmax:
    """-log of the share of the right answer.

    `smoothing` spreads that part of the label over all entities, and `filtered` leaves the other
    right answers of the query out of the sum (both for 1-vs-all); without `corrected` drawn
    candidates count as they come.
    """

    smoothing: float = 0.0
    filtered: bool = False
    corrected: bool = True

    def sampled(self, positives: Tensor, negatives: Tensor, draw: Draw) -> Tensor:
        """Return the losses [b] of `positives` [b] among `negatives` [b, k]."""
        shifts = torch.zeros_like(draw.log_probability)
        if self.corrected:
            shifts = -(draw.log_probability + math.log(negatives.shape[1]))
        return softplus(masked_logsumexp(negatives, shifts, draw.usable) - positives)

    def full(self, scores: Tensor, rows: Tensor, tails: Tensor) -> Tensor:
        """Return the losses [m] of the answers (rows, tails) [m] among all: scores [q, E]."""
        right = scores[rows, tails]
        if self.filtered:
            known = torch.zeros_like(scores, dtype=torch.bool)
            known[rows, tails] = True
            others = masked_logsumexp(scores, scores.new_zeros(1), ~known)
            return softplus(others[rows] - right)
        totals = torch.logsumexp(scores, dim=1)
        if self.smoothing:
            right = (1 - self.smoothing) * right + self.smoothing * scores.mean(1)[rows]
        return totals[rows] - right


def filtered_softmax(*, smoothing: float = 0.0) -> Softmax:
    """Return the softmax that leaves the other right answers of a query out of its sum."""
    return Softmax(smoothing=smoothing, filtered=True)
