"""Binary cross-entropy: each triple by itself is true or false (Dettmers et al., 2018)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import softplus

from reasoning.embeddings.losses.masking import averaged
from reasoning.embeddings.negatives.base import Draw

__all__ = ["BinaryCrossEntropy"]


@dataclass(frozen=True, slots=True)
class BinaryCrossEntropy:
    """-log sigmoid of right answers and of negated wrong ones. `offset` is added to all scores
    (for distances, which are below 0); `smoothing` is e in the labels (1 - e) y + e / E."""

    smoothing: float = 0.0
    offset: float = 0.0

    def sampled(self, positives: Tensor, negatives: Tensor, draw: Draw) -> Tensor:
        """Return the losses [b]: of `positives` [b], and the mean over `negatives` [b, k]."""
        wrong = averaged(softplus(negatives + self.offset), draw.usable)
        return softplus(-positives - self.offset) + wrong

    def full(self, scores: Tensor, rows: Tensor, tails: Tensor) -> Tensor:
        """Return the losses [m]: those of all labels of `scores` [q, E], summed over entities and
        shared out among the answers (rows, tails) [m] of each query."""
        shifted = scores + self.offset
        flat = self.smoothing / scores.shape[1]
        # softplus(s) - y s, with y one of two values.
        whole = softplus(shifted).sum(1) - flat * shifted.sum(1)
        right = (1 - self.smoothing) * shifted[rows, tails]
        answers = torch.bincount(rows, minlength=len(scores)).clamp_min(1)
        return (whole / answers)[rows] - right
