"""Giving memory back: what threads have freed stays with the C library until it is told."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache

__all__ = ["trim"]


def trim() -> None:
    """Return freed memory to the system, where the C library can (glibc); takes milliseconds.

    Each thread frees into a heap of its own, and glibc keeps those: in a long build that came to
    as much again as is in use.
    """
    release = _release()
    if release is not None:
        release(0)


@cache
def _release() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return found
