"""Waiting for a query that runs in another thread."""

from __future__ import annotations

import os
import threading

from kgkit.errors import QueryTimeout

__all__ = ["too_long", "wait"]

#: Windows does not wake a wait without timeout for Ctrl-C.
_POLL = 0.2 if os.name == "nt" else None


def wait(done: threading.Event, timeout: float | None) -> bool:
    """Return whether it was done within `timeout` seconds, None for no limit; Ctrl-C ends it."""
    if timeout is not None or _POLL is None:
        return done.wait(timeout)
    while not done.wait(_POLL):
        pass
    return True


def too_long(timeout: float | None) -> QueryTimeout:
    """Return the error of a query that was stopped after `timeout` seconds."""
    return QueryTimeout(
        f"the query ran longer than timeout={timeout:g} seconds and was stopped: "
        "narrow it, add LIMIT, or allow more time"
    )
