"""Self-adversarial negatives (NSSA): those that score high count more (Sun et al., 2019)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import softplus

from kgkit.errors import InputError
from reasoning.embeddings.losses.masking import hidden
from reasoning.embeddings.negatives.base import Draw

__all__ = ["SelfAdversarial"]


@dataclass(frozen=True, slots=True)
class SelfAdversarial:
    """Half of -log sigmoid(margin + right) - sum_i w_i log sigmoid(-margin - wrong_i), where the
    weights w are the softmax of `temperature` x wrong and get no gradient."""

    margin: float = 9.0
    temperature: float = 1.0

    def sampled(self, positives: Tensor, negatives: Tensor, draw: Draw) -> Tensor:
        """Return the losses [b] of `positives` [b] and `negatives` [b, k]."""
        weights = torch.softmax(hidden(self.temperature * negatives.detach(), draw.usable), dim=1)
        weights = torch.where(draw.usable, weights, 0.0)
        wrong = (weights * softplus(negatives + self.margin)).sum(1)
        return (softplus(-positives - self.margin) + wrong) / 2

    def full(self, scores: Tensor, rows: Tensor, tails: Tensor) -> Tensor:
        """Raises `InputError`: scores [q, E] would need a mask of what is known."""
        raise InputError("the self-adversarial loss needs negatives; give negatives='uniform'")
