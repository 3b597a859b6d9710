"""Relations without a training fact: their vectors from the words of the relation.

What trained relations have learnt is carried over to words by kernel ridge regression, after
Frome et al. (2013), who do so for words of images.
"""

from __future__ import annotations

import torch
from torch import Tensor

from kgkit.errors import InputError

__all__ = ["unseen_relations"]


def unseen_relations(
    seen: Tensor, vectors: Tensor, unseen: Tensor, *, ridge: float = 1.0
) -> Tensor:
    """Return vectors [m, v] for relations by their text features `unseen` [m, f], learnt of
    relations with features `seen` [r, f] and trained vectors [r, v].

    A relation whose words are like none gets about the mean relation. Do it apart for the two
    directions (r and r + R). Raises `InputError` for fewer than two relations to learn of.

    >>> features = torch.eye(3)
    >>> vectors = torch.tensor([[1.0], [2.0], [3.0]])
    >>> unseen_relations(features, vectors, features, ridge=1e-6).round(decimals=3).tolist()
    [[1.0], [2.0], [3.0]]
    """
    if len(seen) < 2:
        raise InputError("unseen relations are learnt of two trained ones or more; train with more")
    rows = torch.nn.functional.normalize(seen.double(), dim=1)
    new = torch.nn.functional.normalize(unseen.double(), dim=1)
    mean = vectors.double().mean(0)
    kernel = rows @ rows.T + ridge * torch.eye(len(rows), dtype=torch.float64)
    weights = torch.linalg.solve(kernel, vectors.double() - mean)
    found: Tensor = (mean + new @ rows.T @ weights).float()
    return found
