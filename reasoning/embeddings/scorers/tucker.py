"""TuckER: a tensor that all relations share, mixed by the relation (Balazevic et al., 2019)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from kgkit.errors import InputError
from reasoning.embeddings.scorers.base import DotScorer

__all__ = ["TuckER"]


class TuckER(DotScorer):
    """W x1 r x2 h x3 t with a core W [v, w, w]; `relation_dim` is v (by default dim / 4, but 8 or
    more)."""

    spread = 1e-1

    def __init__(self, dim: int, relation_dim: int = 0) -> None:
        super().__init__(dim)
        self.relation_width = relation_dim or max(8, dim // 4)
        self.core = nn.Parameter(torch.zeros(self.relation_width, dim, dim))

    def initial(
        self, entities: int, relations: int, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        """Return normal vectors [E, w] and [n, v], and draw the core from [-1, 1]."""
        drawn = torch.rand(self.core.shape, generator=generator)
        with torch.no_grad():
            self.core.copy_((2 * drawn - 1) / self.relation_width**0.5)
        return super().initial(entities, relations, generator)

    def query(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return h^T (r W), [b, w]."""
        mixed = (relations @ self.core.flatten(1)).view(-1, self.width, self.width)
        return (heads.unsqueeze(1) @ mixed).squeeze(1)

    def inverse(self, relations: Tensor) -> Tensor:
        """Raises `InputError`: the core that all share gives no vectors [n, v] for the way back."""
        raise InputError("TuckER has no inverse relations; train it with reciprocal ones")
