"""Cached negatives (NSCaching, Zhang et al. 2019): each query remembers its hardest ones.

Half of a query's candidates are those it remembers, half are new. After they were scored, it
remembers the ones that win a draw by the scores (Gumbel noise makes the softmax draw without
replacement), so the cache follows the model at no further scoring.
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

__all__ = ["Cached"]


class Cached(Sampler):
    """Remembers count / 2 candidates for each distinct query (head, relation) of the training.

    What the cache gives has no exact chance: `log_probability` is that of a uniform draw, so a
    corrected softmax takes the candidates as they come. `queries` [q] are head * 2R + relation,
    sorted.
    """

    def __init__(
        self, entities: int, count: int, known: KnownFacts | None, *, queries: Tensor
    ) -> None:
        super().__init__(entities, count, known)
        self.queries = queries
        self.size = max(1, count // 2)
        # A generator of its own: observing must not shift what the training draws.
        self._noise = torch.Generator().manual_seed(0)
        shape = (len(queries), self.size)
        self.cache = torch.randint(entities, shape, generator=self._noise)

    @classmethod
    def over(cls, triples: Triples, count: int, *, filtered: bool = True) -> Self:
        """Return the sampler with an empty memory for the queries of the training facts."""
        known = triples.known()
        pairs, _, _ = known.queries()
        queries = pairs[:, 0] * (2 * known.relations) + pairs[:, 1]
        return cls(len(triples.entities), count, known if filtered else None, queries=queries)

    def draw(self, batch: Tensor, generator: torch.Generator) -> Draw:
        """Return candidates for a batch [b, 3] of queries; unknown queries get new ones only."""
        ids = self._anyone((len(batch), self.count), generator)
        rows, found = self._rows(batch)
        held = self.cache[rows].to(ids.device)
        ids[:, : self.size] = torch.where(found[:, None], held, ids[:, : self.size])
        return self._filtered(batch, ids, torch.full(ids.shape, self._even, device=ids.device))

    def observe(self, batch: Tensor, draw: Draw, scores: Tensor) -> None:
        """Remember the winners of a draw by scores [b, k]; known answers and repeated candidates
        lose."""
        ids, order = draw.ids.sort(1)
        held = scores.detach().float().gather(1, order)
        lost = ~draw.usable.gather(1, order)
        lost[:, 1:] |= ids[:, 1:] == ids[:, :-1]
        uniform = torch.rand(held.shape, generator=self._noise).clamp_(1e-9, 1 - 1e-7)
        gumbel = -(-uniform.log()).log()
        won = (held.cpu() + gumbel).masked_fill(lost.cpu(), -torch.inf).topk(self.size, dim=1)
        rows, found = self._rows(batch)
        self.cache[rows[found]] = ids.cpu().gather(1, won.indices)[found]

    def _rows(self, batch: Tensor) -> tuple[Tensor, Tensor]:
        """Return the cache row of each query and whether it has one, on the CPU: [b] each."""
        queries = (batch[:, 0] * (2 * self.known.relations) + batch[:, 1]).cpu()
        rows = torch.searchsorted(self.queries, queries).clamp_(max=len(self.queries) - 1)
        return rows, self.queries[rows] == queries
