"""How much goes into one forward pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["passes"]


def passes(order: Sequence[int], lengths: Sequence[int], limit: int) -> Iterator[list[int]]:
    """Yield the numbers in `order` in groups whose lengths sum to at most `limit`.

    A number whose length is beyond the limit is a group of its own.

    >>> list(passes([0, 1, 2], [3, 4, 9], 7))
    [[0, 1], [2]]
    """
    batch: list[int] = []
    total = 0
    for i in order:
        if batch and total + lengths[i] > limit:
            yield batch
            batch, total = [], 0
        batch.append(i)
        total += lengths[i]
    if batch:
        yield batch
