"""Features made even: what all texts share is taken out, what is rare is not drowned.

Means of encoder states lie in a narrow cone. Their principal directions, each brought to the
same size, are what a linear map learns from fastest (whitening; Su et al. 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

__all__ = ["Whitening"]

_RIDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Whitening:
    """The affine map x -> (x - mean) @ directions, learnt of some texts and good for others;
    `mean` is [f] and `directions` [f, z]."""

    mean: Tensor
    directions: Tensor

    @classmethod
    def learn(cls, features: Tensor, dimensions: int = 384, *, power: float = 0.5) -> Whitening:
        """Learn the map to `dimensions` numbers of features [n, f].

        `power` 0.5 makes all directions alike, 0 leaves them as they are.
        """
        rows = features.double()
        mean = rows.mean(0)
        centred = rows - mean
        sizes, directions = torch.linalg.eigh(centred.T @ centred / max(1, len(rows)))
        kept = min(dimensions, features.shape[1])
        sizes, directions = sizes[-kept:].flip(0), directions[:, -kept:].flip(1)
        scale = (sizes + _RIDGE * sizes.sum() / len(sizes)).clamp(min=1e-12) ** -power
        return cls(mean.float(), (directions * scale).float())

    def apply(self, features: Tensor) -> Tensor:
        """Return the features [n, f] through the map, [n, z]."""
        return (features - self.mean) @ self.directions
