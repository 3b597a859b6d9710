"""Which candidates may be negatives: none that is a known answer of the query."""

from __future__ import annotations

import torch
from torch import Tensor

from reasoning.embeddings.known import KnownFacts

__all__ = ["nothing_known", "usable"]


def usable(batch: Tensor, ids: Tensor, known: KnownFacts) -> Tensor:
    """Return bool [b, k]: a candidate, `ids` [k] or [b, k], is no known answer of its query in
    the batch [b, 3], nor the query's own tail.

    >>> known = KnownFacts.of(torch.tensor([[0, 0, 1], [0, 0, 2]]), 4, 1)
    >>> usable(torch.tensor([[0, 0, 1]]), torch.tensor([0, 1, 2, 3]), known).tolist()
    [[True, False, False, True]]
    """
    heads, relations, tails = batch.unbind(1)
    free = ids != tails[:, None]
    return free.logical_and_(known.among(heads, relations, ids).logical_not_())


def nothing_known(entities: int) -> KnownFacts:
    """Return known facts that hold none, for sampling without a filter."""
    return KnownFacts.of(torch.empty(0, 3, dtype=torch.int64), entities, 1)
