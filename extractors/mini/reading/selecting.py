"""Which sentences of a long text are read: those that share rare words with the question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from extractors.mini.reading.marks import says_little, stem

__all__ = ["select", "windows"]


def select(
    question: Sequence[str], sentences: Sequence[Sequence[str]], sizes: Sequence[int], room: int
) -> list[int]:
    """Return the numbers of the sentences to read, in order, of at most `room` pieces together.

    A sentence counts the question's words in it by how few sentences have them, and half of what
    its neighbours count, since what it says may rest on them; `sizes` are in pieces.

    >>> told = ["Ada wrote programs".split(), "It rained".split(), "Tea was served".split()]
    >>> select("who wrote programs".split(), told, [3, 2, 3], 5)
    [0, 1]
    """
    if sum(sizes) <= room:
        return list(range(len(sizes)))
    wanted = {stem(word) for word in question if not says_little(word)}
    held = [wanted.intersection(map(stem, words)) for words in sentences]
    spread = Counter(key for keys in held for key in keys)
    own = [sum(math.log1p(len(held) / spread[key]) for key in sorted(keys)) for keys in held]
    near = [max(own[max(0, i - 1) : i + 2]) for i in range(len(own))]
    order = sorted(range(len(own)), key=lambda i: (-round(own[i] + 0.5 * near[i], 6), i))
    chosen: list[int] = []
    for i in order:
        if sizes[i] <= room:
            chosen.append(i)
            room -= sizes[i]
    return sorted(chosen)


def windows(numbers: Sequence[int], sizes: Sequence[int], room: int) -> list[list[int]]:
    """Cut sentences, in order, into runs of about equal length and at most `room` pieces; a longer
    sentence is a run of its own.

    >>> windows([0, 1, 2, 5], [40, 30, 30, 9, 9, 40], 110)
    [[0, 1], [2, 5]]
    """
    total = sum(sizes[i] for i in numbers)
    share = total / max(1, math.ceil(total / room))
    runs: list[list[int]] = []
    filled = 0
    for i in numbers:
        if not runs or filled + sizes[i] > room or filled >= share:
            runs.append([])
            filled = 0
        runs[-1].append(i)
        filled += sizes[i]
    return runs
