"""Token blocks of one length, as continued pretraining takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from random import Random

import numpy as np
from numpy.typing import NDArray

from extractors.entigraph.text import Text
from kgkit.errors import InputError

__all__ = ["pack"]


def pack(
    texts: Iterable[Text],
    encode: Callable[[str], Sequence[int]],
    *,
    length: int = 2048,
    start: int | None = None,
    end: int | None = None,
    seed: int | None = 0,
) -> NDArray[np.int32]:
    """Return the texts as token blocks, [blocks, length].

    The texts are shuffled by `seed` (None keeps their order), each one encoded between the tokens
    `start` and `end` where given, joined, and cut across their borders; what does not fill the
    last block is left out. `np.save` keeps them. Raises `InputError` for a length below 1.

    >>> pack([Text.of("abc", "x"), Text.of("de", "x")], lambda t: t.encode(), length=2, seed=None)
    array([[ 97,  98],
           [ 99, 100]], dtype=int32)
    """
    if length < 1:
        raise InputError(f"length={length} is no length of a block; give 1 or more")
    ordered = list(texts)
    if seed is not None:
        Random(seed).shuffle(ordered)
    before = () if start is None else (start,)
    after = () if end is None else (end,)
    runs = (chain(before, encode(text.text), after) for text in ordered)
    tokens = np.fromiter(chain.from_iterable(runs), dtype=np.int32)
    blocks = len(tokens) // length
    return tokens[: blocks * length].reshape(blocks, length)
