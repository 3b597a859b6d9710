"""Keeping projections in step with the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from stores.base import Projection
from stores.ledger.batch import Batch

__all__ = ["Source", "follow", "rebuild"]

#: Changes in one transaction of a projection: few commits, yet bounded memory.
_SIZE = 10_000


class Source(Protocol):
    """What is followed: a `stores.ledger.Ledger`."""

    def sequence(self) -> int:
        """Return the number of the last change, 0 before the first."""

    def batches(self, since: int, size: int = ...) -> Iterator[Batch]:
        """Yield what changed after `since` as current values, `size` changes at a time."""


def follow(
    ledger: Source,
    projection: Projection,
    *,
    size: int = _SIZE,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Apply what the projection has not seen yet; return how many batches that took.

    `progress` is called with (sequence reached, last sequence) after each batch. A projection
    that is ahead of the ledger (the ledger was replaced) is rebuilt.
    """
    reached, last = projection.watermark(), ledger.sequence()
    if reached > last:
        projection.clear()
        reached = 0
    applied = 0
    for batch in ledger.batches(reached, size):
        projection.apply(batch)
        applied += 1
        if progress is not None:
            progress(batch.upto, max(last, batch.upto))
    return applied


def rebuild(
    ledger: Source,
    projection: Projection,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Forget what the projection holds and apply the ledger from zero; return the batches."""
    projection.clear()
    return follow(ledger, projection, progress=progress)
