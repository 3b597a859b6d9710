"""RESCAL: a bilinear form with a full matrix for each relation (Nickel et al., 2011)."""

from __future__ import annotations

from torch import Tensor

from reasoning.embeddings.scorers.base import DotScorer

__all__ = ["RESCAL"]


class RESCAL(DotScorer):
    """h^T R t; a relation has `dim` x `dim` numbers."""

    spread = 1e-1

    def __init__(self, dim: int) -> None:
        super().__init__(dim)
        self.relation_width = dim * dim

    def query(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return h^T R, [b, w]."""
        return (heads.unsqueeze(1) @ self._matrices(relations)).squeeze(1)

    def inverse(self, relations: Tensor) -> Tensor:
        """Return the transposed matrices [n, v]."""
        return self._matrices(relations).transpose(1, 2).flatten(1)

    def _matrices(self, relations: Tensor) -> Tensor:
        return relations.view(-1, self.width, self.width)
