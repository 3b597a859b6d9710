"""Orders that look random, made one item at a time: no list of all pairs is ever held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from math import isqrt

from kgkit.errors import InputError

__all__ = ["pair_at", "shuffled", "triplet_at"]

_ROUNDS = 4


def shuffled(n: int, seed: str) -> Iterator[int]:
    """Yield 0 to n - 1, each once, in an order set by the seed, in constant memory.

    A Feistel network over the next even power of two, walked until it lands below n (Black and
    Rogaway 2002, "Ciphers with arbitrary finite domains"). Raises `InputError` for a negative n.

    >>> sorted(shuffled(5, "a")), list(shuffled(3, "a")) == list(shuffled(3, "a"))
    ([0, 1, 2, 3, 4], True)
    """
    if n < 0:
        raise InputError(f"n={n} is below 0; give how many items there are")
    half = max(1, (max(n - 1, 1).bit_length() + 1) // 2)
    mask = (1 << half) - 1
    digest = hashlib.sha256(seed.encode()).digest()
    keys = [int.from_bytes(digest[8 * i : 8 * i + 8], "big") | 1 for i in range(_ROUNDS)]
    for i in range(n):
        at = i
        while True:
            left, right = at >> half, at & mask
            for key in keys:
                mixed = (right + 1) * key & 0xFFFFFFFFFFFFFFFF
                left, right = right, left ^ (((mixed ^ mixed >> 29) * key >> 31) & mask)
            at = left << half | right
            if at < n:
                break
        yield at


def pair_at(i: int) -> tuple[int, int]:
    """Return the i-th pair (a, b) with a < b, by the combinatorial number system.

    >>> [pair_at(i) for i in range(4)]
    [(0, 1), (0, 2), (1, 2), (0, 3)]
    """
    b = (1 + isqrt(1 + 8 * i)) // 2
    return i - b * (b - 1) // 2, b


def triplet_at(i: int) -> tuple[int, int, int]:
    """Return the i-th triplet (a, b, c) with a < b < c.

    >>> [triplet_at(i) for i in range(3)]
    [(0, 1, 2), (0, 1, 3), (0, 2, 3)]
    """
    c = round((6 * i) ** (1 / 3)) + 2
    while c * (c - 1) * (c - 2) // 6 > i:
        c -= 1
    while (c + 1) * c * (c - 1) // 6 <= i:
        c += 1
    a, b = pair_at(i - c * (c - 1) * (c - 2) // 6)
    return a, b, c
