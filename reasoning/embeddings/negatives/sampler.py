"""What samplers have in common: the filter of known facts and the count of what it rejects."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from kgkit.errors import InputError
from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.negatives.base import Draw, Rejected
from reasoning.embeddings.negatives.filtering import nothing_known, usable

__all__ = ["Sampler"]


class Sampler:
    """Draws `count` candidates a batch among `entities`, none of them in `known`.

    `known` None filters nothing but each query's own tail. Raises `InputError` for fewer than
    two entities or no candidate.
    """

    def __init__(self, entities: int, count: int, known: KnownFacts | None) -> None:
        if entities < 2 or count < 1:
            raise InputError(
                f"negatives need two entities or more and one candidate or more, not {entities} "
                f"and {count}; give a graph with more entities, or train with 1-vs-all"
            )
        self.entities, self.count = entities, count
        self.known = known or nothing_known(entities)
        self.rejected = Rejected()

    def refresh(self, vectors: Tensor, progress: float) -> None:
        """Nothing: vectors [E, d] and progress do not matter to most samplers."""

    def observe(self, batch: Tensor, draw: Draw, scores: Tensor) -> None:
        """Nothing: scores [b, k] do not matter to most samplers."""

    def draw(self, batch: Tensor, generator: torch.Generator) -> Draw:
        """Return candidates for a batch [b, 3] of queries."""
        raise NotImplementedError

    def _filtered(
        self, batch: Tensor, ids: Tensor, chances: Tensor, weights: Tensor | None = None
    ) -> Draw:
        """Return the draw of `ids` that came with these log-probabilities, filtered and counted."""
        if self.known.keys.device != ids.device:
            self.known = self.known.to(ids.device)
        free = usable(batch, ids, self.known)
        self.rejected = self.rejected.plus(free)
        return Draw(ids, free, chances, weights)

    def _anyone(self, shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
        """Return entities drawn with equal chances, in this shape."""
        return torch.randint(self.entities, shape, generator=generator, device=generator.device)

    @property
    def _even(self) -> float:
        """The logarithm of an entity's chance when all are alike."""
        return -math.log(self.entities)
