"""Neighbourhoods as the k nearest: exact up to 100,000 entities, by a usearch graph beyond."""

from __future__ import annotations

import torch
from torch import Tensor

from reasoning.embeddings.negatives.lists import Lists

__all__ = ["nearest_lists"]

_EXACT = 100_000
_BLOCK = 2048


def nearest_lists(vectors: Tensor, near: int) -> Lists:
    """Return for each entity the `near` others that are closest by the cosine of vectors [E, d].

    A graph of fewer entities gives all the others. Of equals, the earlier ones are taken.
    """
    unit = torch.nn.functional.normalize(vectors.float(), dim=1)
    near = max(1, min(near, len(unit) - 1))
    found = _exact(unit, near) if len(unit) <= _EXACT else _approximate(unit, near)
    return Lists.rows(found)


def _exact(unit: Tensor, near: int) -> Tensor:
    found = []
    for begin in range(0, len(unit), _BLOCK):
        # Rounded, so that the block an entity falls into does not decide between equals.
        cosines = torch.round(unit[begin : begin + _BLOCK] @ unit.T, decimals=5)
        rows = torch.arange(len(cosines))
        cosines[rows, rows + begin] = -2.0
        found.append(cosines.topk(near, dim=1).indices)
    return torch.cat(found)


def _approximate(unit: Tensor, near: int) -> Tensor:
    import numpy as np
    from usearch.index import Index

    rows = unit.numpy()
    index = Index(ndim=rows.shape[1], metric="cos", dtype="f32")
    keys = np.arange(len(rows))
    index.add(keys, rows, threads=1)  # one thread: the graph depends on the order of adding
    found = torch.from_numpy(index.search(rows, near + 1).keys.astype(np.int64))
    own = found == torch.arange(len(found))[:, None]
    own[:, -1] |= ~own.any(1)  # an entity that did not find itself drops its farthest
    return found[~own].view(len(found), near)
