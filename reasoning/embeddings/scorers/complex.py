"""ComplEx: Re<h, r, conj(t)> over complex vectors (Trouillon et al., 2016).

A vector of w numbers is w/2 complex ones: first the real parts, then the imaginary ones.
"""

from __future__ import annotations

import torch
from torch import Tensor

from kgkit.errors import InputError
from reasoning.embeddings.scorers.base import DotScorer

__all__ = ["ComplEx", "halves"]


class ComplEx(DotScorer):
    """The real part of the complex trilinear product; raises `InputError` for an odd `dim`."""

    def __init__(self, dim: int) -> None:
        super().__init__(dim)
        if dim % 2:
            raise InputError(f"dim={dim} is odd; complex vectors need an even one, as {dim + 1}")

    def query(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return the complex product h r, [b, w]: its inner product with t is Re(h r conj(t))."""
        (h, h_i), (r, r_i) = halves(heads), halves(relations)
        return torch.cat([h * r - h_i * r_i, h * r_i + h_i * r], dim=-1)

    def inverse(self, relations: Tensor) -> Tensor:
        """Return the complex conjugates [n, v]: Re(h r conj(t)) = Re(t conj(r) conj(h))."""
        real, imaginary = halves(relations)
        return torch.cat([real, -imaginary], dim=-1)

    def moduli(self, vectors: Tensor) -> Tensor:
        """Return the moduli [n, w/2] of vectors [n, w], as N3 takes them."""
        real, imaginary = halves(vectors)
        return (real.square() + imaginary.square() + 1e-30).sqrt()


def halves(vectors: Tensor) -> tuple[Tensor, Tensor]:
    """Return the real and the imaginary parts, [n, w/2] each, of vectors [n, w]."""
    real, imaginary = vectors.chunk(2, dim=-1)
    return real, imaginary
