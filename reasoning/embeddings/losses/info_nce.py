"""InfoNCE: tell the right answer from the others at a temperature (van den Oord et al., 2018)."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import softplus

from reasoning.embeddings.losses.masking import masked_logsumexp
from reasoning.embeddings.losses.softmax import Softmax
from reasoning.embeddings.negatives.base import Draw

__all__ = ["InfoNCE"]


@dataclass(frozen=True, slots=True)
class InfoNCE:
    """Softmax cross-entropy of (score - `margin` where right) / `temperature`, candidates counted
    as they come (Wang et al., SimKGC, 2022, with the margin)."""

    temperature: float = 1.0
    margin: float = 0.0

    def sampled(self, positives: Tensor, negatives: Tensor, draw: Draw) -> Tensor:
        """Return the losses [b] of `positives` [b] among `negatives` [b, k]."""
        right = (positives - self.margin) / self.temperature
        scaled = negatives / self.temperature
        return softplus(masked_logsumexp(scaled, scaled.new_zeros(1), draw.usable) - right)

    def full(self, scores: Tensor, rows: Tensor, tails: Tensor) -> Tensor:
        """Return the losses [m] of the answers (rows, tails) [m] among all: scores [q, E]."""
        return Softmax().full(scores / self.temperature, rows, tails)
