"""Uniform corruption: every entity is as likely as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import torch
from torch import Tensor

from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.negatives.base import Draw
from reasoning.embeddings.negatives.sampler import Sampler

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["Uniform"]


class Uniform(Sampler):
    """Draws candidates with replacement from all entities, shared by the batch or, with `own`,
    for each query by itself."""

    def __init__(
        self, entities: int, count: int, known: KnownFacts | None, *, own: bool = False
    ) -> None:
        super().__init__(entities, count, known)
        self.own = own

    @classmethod
    def over(
        cls, triples: Triples, count: int, *, filtered: bool = True, own: bool = False
    ) -> Self:
        """Return the sampler over a graph's entities; `filtered` keeps training facts out."""
        return cls(len(triples.entities), count, triples.known() if filtered else None, own=own)

    def draw(self, batch: Tensor, generator: torch.Generator) -> Draw:
        """Return candidates for a batch [b, 3] of queries."""
        ids = self._anyone((len(batch), self.count) if self.own else (self.count,), generator)
        return self._filtered(batch, ids, torch.full(ids.shape, self._even, device=ids.device))
