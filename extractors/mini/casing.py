"""What the uncased encoder cannot see: the shape of a word, its place and its spacing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

__all__ = ["CASINGS", "casings"]

_SHAPES = 8

#: Words beyond this are not kept in memory for the next time.
_SHORT = 32

#: How many casing codes there are; 0 stands for pieces that belong to no word.
CASINGS = 1 + 4 * _SHAPES


def casings(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return one code in [1, `CASINGS`) for each word [start, end) of one sentence of `text`.

    A code joins the word's shape (lower, Capitalised, single capital, ALLCAPS, miXed, digits,
    letters with digits, other), whether no letter or digit comes before it in the sentence, and
    whether it touches the word before.

    >>> casings("Al-Zaman rose", [(0, 2), (2, 3), (3, 8), (9, 13)])
    [7, 30, 6, 1]
    """
    codes: list[int] = []
    initial = True
    previous = -1
    for start, end in spans:
        word = text[start:end]
        glued = start == previous
        shape, is_sign = _look(word) if end - start <= _SHORT else _look.__wrapped__(word)
        codes.append(1 + 4 * shape + 2 * initial + glued)
        initial = initial and is_sign
        previous = end
    return codes


@lru_cache(maxsize=16384)
def _look(word: str) -> tuple[int, bool]:
    """The shape of a word, and whether it has neither letter nor digit."""
    return _shape(word), not any(map(str.isalnum, word))


def _shape(word: str) -> int:
    if word.isdecimal():
        return 5
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5 if any(map(str.isdecimal, word)) else 7
    if any(map(str.isdecimal, word)):
        return 6
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 0
    if all(upper):
        return 2 if len(upper) == 1 else 3
    return 1 if upper[0] and not any(upper[1:]) else 4
