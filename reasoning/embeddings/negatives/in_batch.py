"""In-batch negatives: the tails of the other queries, so that no further vectors are looked up.

They come as often as they are tails in training, which the log-probability says (Yi et al.
2019), so that a corrected softmax does not punish the popular.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import torch
from torch import Tensor

from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.negatives.base import Draw
from reasoning.embeddings.negatives.sampler import Sampler

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["InBatch", "tail_chances"]


class InBatch(Sampler):
    """Takes up to `count` tails of the batch itself; `chances` [E] is how often each is one."""

    def __init__(
        self, entities: int, count: int, known: KnownFacts | None, *, chances: Tensor
    ) -> None:
        super().__init__(entities, count, known)
        self.chances = chances

    @classmethod
    def over(cls, triples: Triples, count: int, *, filtered: bool = True) -> Self:
        """Return the sampler with the tail frequencies of the training facts, both ways."""
        chances = tail_chances(triples.train, len(triples.entities))
        known = triples.known() if filtered else None
        return cls(len(triples.entities), count, known, chances=chances)

    def draw(self, batch: Tensor, generator: torch.Generator) -> Draw:
        """Return candidates, min(b, count) of them, for a batch [b, 3] of queries."""
        order = torch.randperm(len(batch), generator=generator, device=generator.device)
        ids = batch[order[: self.count], 2]
        self.chances = self.chances.to(ids.device)
        return self._filtered(batch, ids, self.chances[ids].clamp(min=1e-12).log())


def tail_chances(train: Tensor, entities: int) -> Tensor:
    """Return how often each entity is an end of the training triples [n, 3], [E], summing to 1."""
    counts = torch.bincount(train[:, [0, 2]].flatten(), minlength=entities).float()
    return counts / counts.sum().clamp(min=1)
