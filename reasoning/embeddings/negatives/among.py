"""Negatives of some entities only: what training knows nothing of is no wrong answer.

An entity that stands in no training fact is never a right answer while a model learns. As a
candidate it would be a wrong one every time, and a model of texts would learn to rank whatever
reads like it last: the very entities that it is to be asked for (Daza, Cochez and Groth 2021 draw
from the batch, which holds seen entities alone).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from kgkit.errors import InputError
from reasoning.embeddings.negatives.base import Draw, Negatives, NegativesFactory, Rejected
from reasoning.embeddings.negatives.registry import load_negatives

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["Among", "among"]


class Among:
    """The draws of `inner`, with all but the entities of the mask `allowed` [E] left out.

    The chances stay those of `inner`, so that a corrected softmax estimates the sum over the
    allowed ones. Raises `InputError` for a mask that allows nobody.
    """

    def __init__(self, inner: Negatives, allowed: Tensor) -> None:
        if not bool(allowed.any()):
            raise InputError("no entity is allowed as a negative; give a mask that holds some")
        self.inner, self.allowed = inner, allowed

    @property
    def rejected(self) -> Rejected:
        """What the inner sampler drew and rejected."""
        return self.inner.rejected

    def draw(self, batch: Tensor, generator: torch.Generator) -> Draw:
        """Return the inner candidates for a batch [b, 3] of queries, those not allowed unusable."""
        drawn = self.inner.draw(batch, generator)
        allowed = self.allowed.to(drawn.ids.device)[drawn.ids]
        return replace(drawn, usable=drawn.usable & allowed)

    def refresh(self, vectors: Tensor, progress: float) -> None:
        """Hand the vectors [E, d] on."""
        self.inner.refresh(vectors, progress)

    def observe(self, batch: Tensor, draw: Draw, scores: Tensor) -> None:
        """Hand the scores [b, k] on."""
        self.inner.observe(batch, draw, scores)


def among(given: str | NegativesFactory, allowed: Tensor) -> NegativesFactory:
    """Return the factory of a sampler, by name or factory, that keeps to the mask `allowed` [E]."""

    def over(triples: Triples, count: int) -> Among:
        return Among(load_negatives(given, triples, count), allowed)

    return over
