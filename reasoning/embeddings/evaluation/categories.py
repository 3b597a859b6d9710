"""Relations by how many tails a head has and the other way round (Bordes et al. 2013)."""

from __future__ import annotations

import torch
from torch import Tensor

__all__ = ["MANY", "NAMES", "categories"]

#: The mean number of partners from which a side counts as "many".
MANY = 1.5

#: The categories, in the order of their numbers.
NAMES = ("1-1", "1-N", "N-1", "N-N")


def categories(train: Tensor, relations: int) -> Tensor:
    """Return the category number [R] of each relation by the training triples [n, 3].

    A relation is 1-N when a head has `MANY` tails or more on average, and so on; one without
    training facts counts as 1-1.
    """
    tails_a_head = _partners(train, relations, 0)
    heads_a_tail = _partners(train, relations, 2)
    return 2 * (heads_a_tail >= MANY).long() + (tails_a_head >= MANY).long()


def _partners(train: Tensor, relations: int, side: int) -> Tensor:
    distinct = torch.unique(train[:, [1, 0, 2]], dim=0) if len(train) else train
    facts = torch.bincount(distinct[:, 0], minlength=relations)
    ends = torch.unique(train[:, [1, side]], dim=0) if len(train) else train
    return facts / torch.bincount(ends[:, 0], minlength=relations).clamp(min=1)
