"""RotatE: a relation turns each complex number of the head (Sun et al., 2019).

A relation is a vector of w/2 angles; the score is the negated sum of moduli of h r - t.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.utils.checkpoint import checkpoint

from kgkit.errors import InputError
from reasoning.embeddings.scorers.base import DistanceScorer
from reasoning.embeddings.scorers.complex import halves

__all__ = ["RotatE"]

#: How many differences are held at once (numbers).
_BLOCK = 2**24


class RotatE(DistanceScorer):
    """The negated sum of |h e^(i r) - t| over complex numbers; `InputError` for an odd `dim`."""

    def __init__(self, dim: int) -> None:
        super().__init__(dim)
        if dim % 2:
            raise InputError(f"dim={dim} is odd; complex vectors need an even one, as {dim + 1}")
        self.relation_width = dim // 2

    def initial(
        self, entities: int, relations: int, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        """Return vectors [E, w] within 2 / sqrt(w) and angles [n, v] from the whole circle."""
        first = torch.rand(entities, self.width, generator=generator)
        angles = torch.rand(relations, self.relation_width, generator=generator)
        return (2 * first - 1) * 2.0 / self.width**0.5, (2 * angles - 1) * math.pi

    def query(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return the turned heads, [b, w]."""
        real, imaginary = halves(heads)
        cos, sin = relations.cos(), relations.sin()
        return torch.cat([real * cos - imaginary * sin, real * sin + imaginary * cos], dim=-1)

    def against(self, queries: Tensor, candidates: Tensor) -> Tensor:
        """Return the negated distances [b, k] of queries [b, w] and candidates ([k, w] or
        [b, k, w]), block by block, so that no tensor of b x k x w numbers is kept."""
        step = max(1, _BLOCK // max(1, candidates.shape[-2] * self.width))
        if len(queries) <= step and not torch.is_grad_enabled():
            return self._block(queries, candidates)
        parts = []
        for begin in range(0, len(queries), step):
            own = candidates if candidates.dim() == 2 else candidates[begin : begin + step]
            block = queries[begin : begin + step]
            part: Tensor = checkpoint(self._block, block, own, use_reentrant=False)
            parts.append(part)
        return torch.cat(parts)

    def inverse(self, relations: Tensor) -> Tensor:
        """Return the turns back, -r, [n, v]."""
        return -relations

    def moduli(self, vectors: Tensor) -> Tensor:
        """Return the moduli [n, w/2] of entity vectors [n, w]; those of relations are all 1."""
        if vectors.shape[-1] == self.relation_width:
            return torch.ones_like(vectors)
        real, imaginary = halves(vectors)
        return (real.square() + imaginary.square() + 1e-30).sqrt()

    def _block(self, queries: Tensor, candidates: Tensor) -> Tensor:
        return -self._size(queries.unsqueeze(1) - candidates)

    def _size(self, differences: Tensor) -> Tensor:
        real, imaginary = halves(differences)
        return (real.square() + imaginary.square() + 1e-12).sqrt().sum(-1)
