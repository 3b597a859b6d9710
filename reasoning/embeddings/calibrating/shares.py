"""What a model says of a query: a share of belief for every entity that may be its tail.

Scores of different queries cannot be compared (a softmax loss leaves each query's scores free up
to a constant), shares can: the softmax over all entities that are not known tails already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from kgkit.errors import ModelError
from reasoning.embeddings.evaluation.ranks import CHUNK_BYTES, TailScorer
from reasoning.embeddings.known import KnownFacts

__all__ = ["Candidates", "best_tails", "log_shares"]

#: Queries that are scored together.
_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Candidates:
    """The best tails of b queries, best first: `ids`, `scores`, natural logarithms of their
    `shares`, and which of them are `known`; all [b, k]."""

    ids: Tensor
    scores: Tensor
    shares: Tensor
    known: Tensor


@torch.no_grad()
def best_tails(
    model: TailScorer, known: KnownFacts, queries: Tensor, top: int, *, with_known: bool = False
) -> Candidates:
    """Return the `top` best tails of queries [b, 2] (head, relation below 2R).

    Known tails are left out unless `with_known`. Scores are rounded to 4 decimals before they are
    compared, and ties go to the lower id. Raises `ModelError` (through `_scores`) where a score
    is not a number.
    """
    parts = []
    for block, scores in _scores(model, known, queries):
        rows, tails = known.tails(block[:, 0], block[:, 1])
        logs = _logs(scores, rows, tails)
        ranked = scores.round(decimals=4)
        if not with_known:
            ranked[rows, tails] = -torch.inf
        order = torch.argsort(ranked, dim=1, descending=True, stable=True)[:, :top]
        held = known.contains(block[:, :1], block[:, 1:2], order)
        parts.append((order, scores.gather(1, order), logs.gather(1, order), held))
    if not parts:
        empty = torch.empty(0, top)
        return Candidates(empty.long(), empty, empty, empty.bool())
    return Candidates(*(torch.cat(part) for part in zip(*parts, strict=True)))


@torch.no_grad()
def log_shares(model: TailScorer, known: KnownFacts, queries: Tensor) -> tuple[Tensor, Tensor]:
    """Return scores [n] and natural logarithms of shares [n] of queries [n, 3] with a tail.

    A known tail's share is the one that it would have if it were not known.
    """
    pairs, place = torch.unique(queries[:, :2], dim=0, return_inverse=True)
    order = torch.argsort(place, stable=True)
    ends = torch.bincount(place, minlength=len(pairs)).cumsum(0)
    scored, logged = torch.empty(len(queries)), torch.empty(len(queries))
    begin = first = 0
    for block, scores in _scores(model, known, pairs):
        last = int(ends[begin + len(block) - 1])
        mine = order[first:last]
        rows, tails = place[mine] - begin, queries[mine, 2]
        logs = _logs(scores, *known.tails(block[:, 0], block[:, 1]))
        scored[mine], logged[mine] = scores[rows, tails], logs[rows, tails]
        begin, first = begin + len(block), last
    return scored, logged


def _scores(
    model: TailScorer, known: KnownFacts, queries: Tensor
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield queries and their scores [b, E], in blocks of fixed width."""
    # Always so many at once, the last ones filled up: a score must not depend on its batch.
    size = max(1, min(_TOGETHER, CHUNK_BYTES // (4 * max(1, known.entities))))
    for begin in range(0, len(queries), size):
        block = queries[begin : begin + size]
        filled = torch.cat([block, block[-1:].expand(size - len(block), -1)])
        scores = model.tails(filled[:, 0], filled[:, 1]).float()[: len(block)].clone()
        if bool(torch.isnan(scores).any()):
            raise ModelError(
                "the model gave a score that is not a number; train it anew with a lower "
                "learning rate"
            )
        yield block, scores


def _logs(scores: Tensor, rows: Tensor, tails: Tensor) -> Tensor:
    """Return log(e^s / (e^s + the sum over tails that are not known)), [b, E]."""
    free = scores.clone()
    free[rows, tails] = -torch.inf
    total = torch.logsumexp(free, dim=1, keepdim=True)
    logs = scores - total
    # A known tail is not part of the sum, so it is added to it.
    logs[rows, tails] = torch.nn.functional.logsigmoid(logs[rows, tails])
    return logs
