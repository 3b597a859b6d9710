"""Keeping projections in step with the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Protocol

from stores.base import Loads, Projection
from stores.ledger.batch import Batch

__all__ = ["Source", "follow", "rebuild"]

#: Changes in one transaction of a projection: few commits, yet bounded memory.
_SIZE = 5_000
#: Changes from which on a store that is empty is loaded, not told batch by batch.
_MANY = 5_000


class Source(Protocol):
    """What is followed: a `stores.ledger.Ledger`."""

    def sequence(self) -> int:
        """Return the number of the last change, 0 before the first."""

    def batches(self, since: int, size: int = ...) -> Iterator[Batch]:
        """Yield what changed after `since` as current values, `size` changes at a time."""


def follow(
    ledger: Source,
    *projections: Projection,
    size: int = _SIZE,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Apply what the projections have not seen yet; return how many batches that took.

    Projections that have reached the same number are told side by side, and the ledger is read
    once for them. `progress` is called with (sequence reached, last sequence) after each batch.
    A projection that is ahead of the ledger (the ledger was replaced) is rebuilt.
    """
    last = ledger.sequence()
    abreast: dict[int, list[Projection]] = {}
    for projection in projections:
        reached = projection.watermark()
        if reached > last:
            projection.clear()
            reached = 0
        abreast.setdefault(reached, []).append(projection)
    applied = 0
    for reached, group in sorted(abreast.items()):
        with ExitStack() as until, ThreadPoolExecutor(len(group), "kgkit-follow") as pool:
            if not reached and last >= _MANY:
                for projection in group:
                    if isinstance(projection, Loads):
                        until.enter_context(projection.loading(last))
            for batch in ledger.batches(reached, size):
                _apply(pool, group, batch)
                applied += 1
                if progress is not None:
                    progress(batch.upto, max(last, batch.upto))
    return applied


def rebuild(
    ledger: Source,
    *projections: Projection,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Forget what the projections hold and apply the ledger from zero; return the batches."""
    for projection in projections:
        projection.clear()
    return follow(ledger, *projections, progress=progress)


def _apply(pool: ThreadPoolExecutor, group: Sequence[Projection], batch: Batch) -> None:
    """Tell all of the group, the first in this thread; what one raises stops none of the others."""
    beside = [pool.submit(projection.apply, batch) for projection in group[1:]]
    try:
        group[0].apply(batch)
    finally:
        for told in beside:
            told.result()
