"""The rank of every right answer among all entities, the other right answers left out.

Each triple asks two questions, (h, r, ?) and (?, r, t). With s the score of the right answer, the
optimistic rank is 1 + #(score > s), the pessimistic one #(score >= s), and the realistic rank
is their mean (Berrendorf et al. 2020; the expected rank under random ties, Sun et al. 2020).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from kgkit.errors import InputError, ModelError
from reasoning.embeddings.known import KnownFacts

__all__ = ["CHUNK_BYTES", "Ranks", "TailScorer", "rank"]

#: How many bytes one block of scores may hold.
CHUNK_BYTES = 64 * 2**20


class TailScorer(Protocol):
    """What is ranked: a model that scores all entities as the tails of queries."""

    def tails(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return scores [b, E] for heads [b] and relations [b], r + R asking for heads."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Ranks of n triples, [n, 2] each: column 0 for the tail, column 1 for the head.

    `candidates` is how many entities each rank is among, after filtering.
    """

    optimistic: Tensor
    pessimistic: Tensor
    candidates: Tensor

    @property
    def realistic(self) -> Tensor:
        """The mean of the optimistic and the pessimistic rank, [n, 2] float64."""
        return (self.optimistic + self.pessimistic).double() / 2

    def of(self, chosen: Tensor) -> Ranks:
        """Return the ranks of some triples: `chosen` is a mask [n] or numbers [m]."""
        return Ranks(self.optimistic[chosen], self.pessimistic[chosen], self.candidates[chosen])


@torch.no_grad()
def rank(model: TailScorer, triples: Tensor, known: KnownFacts, *, chunk: int = 0) -> Ranks:
    """Rank both ends of triples [n, 3] by the model; other `known` answers are left out.

    Known facts that hold none leave out nothing (the raw setting). Memory is bounded by blocks of
    `CHUNK_BYTES`; `chunk`, where it is more than 0, bounds the queries of a block further.
    Raises `InputError` for no triples and `ModelError` when a score is not a number.
    """
    if not len(triples):
        raise InputError("no triples to rank; give a split that has some")
    heads, names, tails = triples.unbind(1)
    inverse = names + known.relations
    sides = [
        _rank_side(model, torch.stack([heads, names, tails], 1), known, chunk),
        _rank_side(model, torch.stack([tails, inverse, heads], 1), known, chunk),
    ]
    return Ranks(*(torch.stack(pair, 1) for pair in zip(*sides, strict=True)))


def _rank_side(
    model: TailScorer, queries: Tensor, known: KnownFacts, chunk: int
) -> tuple[Tensor, Tensor, Tensor]:
    parts, begin, size = [], 0, 1  # the first block is one query: it tells how wide scores are
    while begin < len(queries):
        block = queries[begin : begin + size]
        scores = model.tails(block[:, 0], block[:, 1]).float()
        parts.append(_rank_block(scores, block, known))
        begin += len(block)
        size = max(1, CHUNK_BYTES // (4 * scores.shape[1]))
        size = min(size, chunk) if chunk else size
    optimistic, pessimistic, candidates = (torch.cat(part) for part in zip(*parts, strict=True))
    return optimistic, pessimistic, candidates


def _rank_block(scores: Tensor, block: Tensor, known: KnownFacts) -> tuple[Tensor, Tensor, Tensor]:
    own = scores.gather(1, block[:, 2:])
    if not bool(torch.isfinite(own).all()) or bool(torch.isnan(scores).any()):
        raise ModelError(
            "the model gave a score that is no finite number; train it anew with a lower "
            "learning rate"
        )
    better = (scores > own).sum(1)
    equal = (scores == own).sum(1)  # counts the right answer itself
    rows, tails = known.tails(block[:, 0], block[:, 1])
    other = tails != block[rows, 2]
    rows, tails = rows[other], tails[other]
    theirs, mine = scores[rows, tails], own[rows, 0]
    better.index_add_(0, rows, -(theirs > mine).long())
    equal.index_add_(0, rows, -(theirs == mine).long())
    left = torch.full_like(better, scores.shape[1]).index_add_(0, rows, -torch.ones_like(rows))
    return better + 1, better + equal, left
