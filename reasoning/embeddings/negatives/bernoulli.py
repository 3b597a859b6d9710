"""Bernoulli corruption (Wang et al. 2014): the side on which a wrong answer is less likely true.

For relation r let tph be its mean number of tails a head and hpt of heads a tail: heads are
replaced with probability tph / (tph + hpt). Here every triple is a query on both sides, so
each query is weighed by that probability instead (twice it, which keeps the mean at 1): the same
expectation without the noise of the coin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import torch
from torch import Tensor

from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.negatives.base import Draw
from reasoning.embeddings.negatives.uniform import Uniform

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["Bernoulli", "side_weights"]


class Bernoulli(Uniform):
    """Uniform candidates; `sides` [2R] says how much a query of each relation counts."""

    def __init__(
        self,
        entities: int,
        count: int,
        known: KnownFacts | None,
        *,
        sides: Tensor,
        own: bool = False,
    ) -> None:
        super().__init__(entities, count, known, own=own)
        self.sides = sides

    @classmethod
    def over(
        cls, triples: Triples, count: int, *, filtered: bool = True, own: bool = False
    ) -> Self:
        """Return the sampler with the side weights of the training facts."""
        sides = side_weights(triples.train, len(triples.relations))
        known = triples.known() if filtered else None
        return cls(len(triples.entities), count, known, sides=sides, own=own)

    def draw(self, batch: Tensor, generator: torch.Generator) -> Draw:
        """Return candidates and query weights for a batch [b, 3] of queries."""
        plain = super().draw(batch, generator)
        self.sides = self.sides.to(plain.ids.device)
        return Draw(plain.ids, plain.usable, plain.log_probability, self.sides[batch[:, 1]])


def side_weights(train: Tensor, relations: int) -> Tensor:
    """Return how much a query of each relation counts, [2R], by the training triples [n, 3].

    >>> side_weights(torch.tensor([[0, 0, 1], [0, 0, 2], [0, 0, 3]]), 1).tolist()
    [0.5, 1.5]
    """
    distinct = torch.unique(train[:, [1, 0, 2]], dim=0)
    facts = torch.bincount(distinct[:, 0], minlength=relations)
    ends = [torch.unique(distinct[:, [0, side]], dim=0)[:, 0] for side in (1, 2)]
    heads, tails = (torch.bincount(end, minlength=relations).clamp(min=1) for end in ends)
    tails_a_head, heads_a_tail = facts / heads, facts / tails
    both = (tails_a_head + heads_a_tail).clamp(min=1e-12)
    replace_tail = torch.where(facts > 0, 2 * heads_a_tail / both, torch.ones(relations))
    return torch.cat([replace_tail, 2 - replace_tail])
