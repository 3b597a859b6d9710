"""Where the vectors of entities and relations come from: a table of their own, or their texts."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from kgkit.errors import InputError

__all__ = ["Projected", "Representation", "Table"]


@runtime_checkable
class Representation(Protocol):
    """Vectors by number; also an `nn.Module`."""

    def __len__(self) -> int:
        """How many there are."""

    def rows(self, ids: Tensor) -> Tensor:
        """Return the vectors [b, w] of `ids` [b], or [b, k, w] of `ids` [b, k]."""

    def all(self) -> Tensor:
        """Return all vectors [n, w]."""


class Table(nn.Module):
    """One free vector each: `weight` [n, w]."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight)

    def __len__(self) -> int:
        return len(self.weight)

    def rows(self, ids: Tensor) -> Tensor:
        """Return the vectors [b, w] of `ids` [b], or [b, k, w] of `ids` [b, k]."""
        return self.weight.index_select(0, ids.flatten()).view(*ids.shape, -1)

    def all(self) -> Tensor:
        """Return all vectors [n, w]."""
        return self.weight


class Projected(nn.Module):
    """Fixed vectors of texts, `features` [n, f], seen through a trained linear map to w numbers
    (Daza, Cochez and Groth, 2021), so that an entity without training facts has one as well.

    Raises `InputError` for features that are not a matrix.
    """

    def __init__(self, features: Tensor, width: int, generator: torch.Generator) -> None:
        super().__init__()
        if features.dim() != 2:
            raise InputError(f"features of shape {list(features.shape)}: give a matrix [n, f]")
        self.features: Tensor
        self.register_buffer("features", features, persistent=False)
        drawn = torch.randn(width, features.shape[1], generator=generator)
        self.projection = nn.Parameter(drawn / features.shape[1] ** 0.5)

    def __len__(self) -> int:
        return len(self.features)

    def rows(self, ids: Tensor) -> Tensor:
        """Return the vectors [b, w] of `ids` [b], or [b, k, w] of `ids` [b, k]."""
        chosen = self.features.index_select(0, ids.flatten()) @ self.projection.T
        return chosen.view(*ids.shape, -1)

    def all(self) -> Tensor:
        """Return all vectors [n, w]."""
        return self.features @ self.projection.T
