"""Reading ahead: the next value is fetched while the one before is worked on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

__all__ = ["ahead"]

_Value = TypeVar("_Value")


def ahead(feed: Iterator[_Value | None]) -> Iterator[_Value]:
    """Yield what a feed gives, one value fetched in advance by another thread.

    The feed gives None where it has nothing at present. It is asked once more then, since what
    is done with the last value may have brought another.

    >>> list(ahead(iter(["a", "b", None, "c", None, None])))
    ['a', 'b', 'c']
    """
    with ThreadPoolExecutor(1, "kgkit-ahead") as pool:
        coming = pool.submit(next, feed)
        while True:
            value = coming.result()
            if value is None and (value := next(feed)) is None:
                return
            coming = pool.submit(next, feed)
            yield value
