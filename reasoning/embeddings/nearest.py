"""Entities whose vectors point the same way, and a map of all of them on a plane."""

from __future__ import annotations

import torch
from torch import Tensor

from kgkit.errors import InputError

__all__ = ["nearest_rows", "plane"]


def nearest_rows(vectors: Tensor, row: int, top: int) -> tuple[Tensor, Tensor]:
    """Return the rows [k] of the `top` vectors nearest to that of `row`, and their cosines [k].

    `vectors` is [n, d]. Exact: one product with the whole table (a million vectors of 128 numbers
    take a tenth of a second). Cosines are rounded to 4 decimals; ties are in order of row. Raises
    `InputError` when `top` is below 1.
    """
    if top < 1:
        raise InputError(f"top={top} is below 1; ask for at least one entity")
    lengths = torch.linalg.vector_norm(vectors, dim=1).clamp(min=1e-12)
    cosines = ((vectors @ vectors[row]) / (lengths * lengths[row])).round(decimals=4)
    ranked = cosines.clone()
    ranked[row] = -torch.inf
    order = torch.argsort(ranked, descending=True, stable=True)[: min(top, len(vectors) - 1)]
    return order, cosines[order]


def plane(vectors: Tensor) -> Tensor:
    """Return vectors [n, d] as points [n, 2] of the plane in which they differ most.

    The first two principal components (Pearson 1901); the sign of each is chosen so that its
    largest entry is positive, and there are zeros where there are fewer than two.

    >>> plane(torch.tensor([[0.0, 0.0, 1.0], [0.0, 0.0, 3.0]])).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    centred = (vectors - vectors.mean(dim=0, keepdim=True)).double()
    spread = centred.T @ centred
    axes = torch.linalg.eigh(spread).eigenvectors.flip(1)[:, :2]
    largest = axes.gather(0, axes.abs().argmax(dim=0, keepdim=True))
    points = centred @ (axes * torch.sign(largest))
    # What rounding left over is no direction.
    points = torch.where(points.abs() < 1e-9, torch.zeros_like(points), points)
    return torch.nn.functional.pad(points, (0, 2 - points.shape[1])).float()
