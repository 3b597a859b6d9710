"""The contract of losses: how wrong answers are set against the right one."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from torch import Tensor

from reasoning.embeddings.negatives.base import Draw

__all__ = ["Loss"]


@runtime_checkable
class Loss(Protocol):
    """A number to make small, from scores alone."""

    def sampled(self, positives: Tensor, negatives: Tensor, draw: Draw) -> Tensor:
        """Return the losses [b] of queries whose right tails score `positives` [b] and whose drawn
        candidates score `negatives` [b, k]; unusable ones count for nothing."""

    def full(self, scores: Tensor, rows: Tensor, tails: Tensor) -> Tensor:
        """Return the losses [m] of right answers when all entities are candidates.

        `scores` is [q, E]; right answer i is the tail `tails[i]` of query `rows[i]`, both [m].
        Raises `InputError` for a loss that is only made for drawn candidates.
        """
