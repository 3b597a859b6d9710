"""Documents side by side: one thread a core, each working with one thread of its own.

Small matrices gain nothing from being cut up between cores, while documents are independent.
Since every result comes of one thread, it does not depend on how many run.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from kgkit.models.memory import trim

__all__ = ["cores", "spread"]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

#: How many items a worker may be ahead of the one whose result is awaited.
_AHEAD = 4

#: Results between two times that freed memory is given back.
_TRIM_EVERY = 64

#: Seconds that a thread of Python code may go on while another wants to.
_TURN = 0.0001

_lock = Lock()
_usual: list[float] = []


def cores() -> int:
    """Return how many processors this process may use.

    >>> cores() > 0
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    function: Callable[[_Item], _Result], items: Iterable[_Item], *, workers: int | None = None
) -> Iterator[_Result]:
    """Yield `function(item)` for each item in order, computed by `workers` threads (one a core).

    Few items are taken ahead, so that memory stays bounded. What the function raises is raised
    here, at its item's place.

    >>> list(spread(abs, [-1, 2, -3]))
    [1, 2, 3]
    """
    count = workers or cores()
    waiting: deque[Future[_Result]] = deque()
    pool = ThreadPoolExecutor(count, "kgkit", _use_one_thread)
    with _one_thread_each(), _short_turns(), pool:
        try:
            for number, item in enumerate(items, 1):
                waiting.append(pool.submit(function, item))
                if len(waiting) > count * _AHEAD:
                    yield waiting.popleft().result()
                if number % _TRIM_EVERY == 0:
                    trim()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            trim()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@contextmanager
def _short_turns() -> Iterator[None]:
    # A pass of a model is a hundred short calls outside of the interpreter. With the usual turns
    # of 5 ms each of them would wait for the other thread's Python code to have its turn out.
    with _lock:
        _usual.append(sys.getswitchinterval())
        sys.setswitchinterval(min(_usual[0], _TURN))
    try:
        yield
    finally:
        with _lock:
            before = _usual.pop()
            if not _usual:
                sys.setswitchinterval(before)


def _use_one_thread() -> None:
    import torch

    torch.set_num_threads(1)
