"""Several samplers at once: each gives its part of the candidates.

Every candidate tells the chance of its own sampler, so a corrected softmax is the mean of what
each would estimate (multiple importance sampling with fixed parts, Veach and Guibas 1995); it is
unbiased where every sampler can draw every entity.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from kgkit.errors import InputError
from reasoning.embeddings.negatives.base import Draw, Negatives, NegativesFactory, Rejected
from reasoning.embeddings.negatives.registry import load_negatives

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["Mixture", "mixture"]


class Mixture:
    """Joins the draws of `parts`; raises `InputError` for no parts."""

    def __init__(self, parts: Sequence[Negatives]) -> None:
        if not parts:
            raise InputError("a mixture of no samplers draws nothing; give one or more")
        self.parts = tuple(parts)
        self._widths: list[int] = []

    @property
    def rejected(self) -> Rejected:
        """What all parts drew and rejected together."""
        found = [part.rejected for part in self.parts]
        return Rejected(sum(one.drawn for one in found), sum(one.known for one in found))

    def draw(self, batch: Tensor, generator: torch.Generator) -> Draw:
        """Return the candidates of all parts for a batch [b, 3] of queries."""
        draws = [part.draw(batch, generator) for part in self.parts]
        self._widths = [one.usable.shape[1] for one in draws]
        usable = torch.cat([one.usable for one in draws], dim=1)
        weights = next((one.weights for one in draws if one.weights is not None), None)
        if all(one.is_shared for one in draws):
            ids = torch.cat([one.ids for one in draws])
            return Draw(ids, usable, torch.cat([one.log_probability for one in draws]), weights)
        ids = torch.cat([one.ids.expand(one.usable.shape) for one in draws], dim=1)
        chances = [one.log_probability.expand(one.usable.shape) for one in draws]
        return Draw(ids, usable, torch.cat(chances, dim=1), weights)

    def refresh(self, vectors: Tensor, progress: float) -> None:
        """Hand the vectors [E, d] to all parts."""
        for part in self.parts:
            part.refresh(vectors, progress)

    def observe(self, batch: Tensor, draw: Draw, scores: Tensor) -> None:
        """Hand each part the scores [b, k] of its own columns; `draw` is the last one."""
        begin = 0
        for part, width in zip(self.parts, self._widths, strict=True):
            columns = slice(begin, begin + width)
            ids = draw.ids[columns] if draw.is_shared else draw.ids[:, columns]
            chances = draw.log_probability
            chances = chances[columns] if draw.is_shared else chances[:, columns]
            part.observe(batch, Draw(ids, draw.usable[:, columns], chances), scores[:, columns])
            begin += width


def mixture(*parts: tuple[str | NegativesFactory, float]) -> NegativesFactory:
    """Return the factory of a mixture: names or factories, each with its share of the candidates.

    Raises `InputError` when the shares are not positive.

    >>> factory = mixture(("lemon", 0.25), ("typed", 0.25), ("uniform", 0.5))
    """
    if any(share <= 0 for _, share in parts):
        raise InputError("every part of a mixture needs a share above 0; leave the others out")
    whole = sum(share for _, share in parts)

    def over(triples: Triples, count: int) -> Mixture:
        counts = [max(1, round(count * share / whole)) for _, share in parts]
        pairs = zip(parts, counts, strict=True)
        return Mixture([load_negatives(given, triples, size) for (given, _), size in pairs])

    return over
