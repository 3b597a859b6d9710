"""Calls no faster than a provider allows."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from kgkit.errors import InputError

__all__ = ["Pace"]


class Pace:
    """Spaces calls evenly, for all threads together: so many calls and tokens a minute.

    None is no limit. `clock` and `sleep` stand in for time itself in tests. Raises `InputError`
    for a limit that is not above 0.

    >>> slept = []
    >>> pace = Pace(calls_a_minute=60, clock=lambda: 0.0, sleep=slept.append)
    >>> for _ in range(3):
    ...     pace.wait(tokens=10)
    >>> slept
    [1.0, 2.0]
    """

    def __init__(
        self,
        calls_a_minute: float | None = None,
        tokens_a_minute: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        for limit in (calls_a_minute, tokens_a_minute):
            if limit is not None and limit <= 0:
                raise InputError(f"{limit} a minute is no pace; give a number above 0, or None")
        self._call = 60.0 / calls_a_minute if calls_a_minute else 0.0
        self._token = 60.0 / tokens_a_minute if tokens_a_minute else 0.0
        self._clock = clock
        self._sleep = sleep
        self._free = clock()
        self._lock = Lock()

    def wait(self, tokens: int) -> None:
        """Wait for the turn of a call of so many tokens."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._free)
            self._free = turn + max(self._call, self._token * tokens)
        if turn > now:
            self._sleep(turn - now)

    def pause(self, seconds: float) -> None:
        """Let no thread call before so many seconds are over, and wait for them."""
        with self._lock:
            self._free = max(self._free, self._clock() + seconds)
        self._sleep(seconds)
