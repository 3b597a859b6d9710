"""Margin ranking: the right answer should score higher by a margin (Bordes et al., 2013)."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor

from kgkit.errors import InputError
from reasoning.embeddings.losses.masking import averaged
from reasoning.embeddings.negatives.base import Draw

__all__ = ["Margin"]


@dataclass(frozen=True, slots=True)
class Margin:
    """max(0, margin - right + wrong), the mean over the wrong ones."""

    margin: float = 1.0

    def sampled(self, positives: Tensor, negatives: Tensor, draw: Draw) -> Tensor:
        """Return the losses [b] of `positives` [b] and `negatives` [b, k]."""
        return averaged((self.margin - positives.unsqueeze(1) + negatives).relu(), draw.usable)

    def full(self, scores: Tensor, rows: Tensor, tails: Tensor) -> Tensor:
        """Raises `InputError`: scores [q, E] would need a mask of what is known."""
        raise InputError("the margin loss needs drawn negatives; give negatives='uniform'")
