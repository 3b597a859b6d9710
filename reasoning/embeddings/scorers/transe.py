"""TransE: a relation is a step from head to tail, -||h + r - t|| (Bordes et al., 2013)."""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor

from reasoning.embeddings.scorers.base import DistanceScorer

__all__ = ["TransE"]


class TransE(DistanceScorer):
    """The negated distance of h + r and t: `norm` 1 (sum of absolute values) or 2 (Euclid)."""

    def __init__(self, dim: int, norm: Literal[1, 2] = 1) -> None:
        super().__init__(dim)
        self.norm = norm

    def initial(
        self, entities: int, relations: int, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        """Return vectors from a uniform distribution within 6 / sqrt(dim): [E, w] and [n, v]."""
        bound = 6.0 / self.width**0.5
        first = torch.rand(entities, self.width, generator=generator)
        second = torch.rand(relations, self.relation_width, generator=generator)
        return (2 * first - 1) * bound, (2 * second - 1) * bound

    def query(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return h + r, [b, w]."""
        return heads + relations

    def against(self, queries: Tensor, candidates: Tensor) -> Tensor:
        """Return the negated distances [b, k] of queries [b, w] and candidates ([k, w] or
        [b, k, w])."""
        if candidates.dim() == 3:
            return super().against(queries, candidates)
        if self.norm == 1:
            return -torch.cdist(queries, candidates, p=1.0)
        # ||q - t||^2 = ||q||^2 + ||t||^2 - 2 q t: a matrix product instead of k differences.
        lengths = queries.square().sum(1, keepdim=True) + candidates.square().sum(1)
        return -torch.addmm(lengths, queries, candidates.T, alpha=-2).clamp_min(1e-12).sqrt()

    def inverse(self, relations: Tensor) -> Tensor:
        """Return the steps back, -r, [n, v]."""
        return -relations

    def _size(self, differences: Tensor) -> Tensor:
        if self.norm == 1:
            return differences.abs().sum(-1)
        return differences.square().sum(-1).clamp_min(1e-12).sqrt()
