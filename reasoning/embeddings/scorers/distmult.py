"""DistMult: <h, r, t>, a bilinear form with a diagonal matrix (Yang et al., 2015)."""

from __future__ import annotations

from torch import Tensor

from reasoning.embeddings.scorers.base import DotScorer

__all__ = ["DistMult"]


class DistMult(DotScorer):
    """The sum over h * r * t: symmetric, so it tells directions only by reciprocal relations."""

    def query(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return h * r, [b, w]."""
        return heads * relations

    def inverse(self, relations: Tensor) -> Tensor:
        """Return the same vectors [n, v]: the form is symmetric."""
        return relations
