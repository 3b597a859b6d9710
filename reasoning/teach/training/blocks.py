"""Texts as blocks of token ids: packed end to end, with blocks of other texts mixed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from kgkit.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from transformers import PreTrainedTokenizerFast

__all__ = ["mix", "pack"]


def pack(
    texts: Sequence[str],
    tokenizer: PreTrainedTokenizerFast,
    length: int,
    *,
    tokens: int | None = None,
    seed: int = 0,
) -> NDArray[np.int64]:
    """Return texts as blocks of ids, `[n, length]`: each text between the token that begins and
    the one that ends a text, one after another, cut across their borders.

    Texts come in a new order of this seed in every pass; passes go on until there are `tokens`
    of them (default: one pass). What fills no block at the end is left out. Raises `InputError`
    for no text, a length below 2, fewer tokens than a block, or a tokenizer without an end.
    """
    if not texts or length < 2 or (tokens is not None and tokens < length):
        raise InputError(
            f"{len(texts)} texts, length={length}, tokens={tokens} make no block; give one text "
            "or more, a length from 2 up and at least as many tokens"
        )
    end = tokenizer.eos_token_id
    if end is None:
        raise InputError("the tokenizer has no token that ends a text; set its eos_token")
    begin = tokenizer.bos_token_id
    head = [] if begin is None or begin == end else [begin]
    encoded = tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]
    rows = [np.array([*head, *ids, end], dtype=np.int64) for ids in encoded]
    wanted = sum(map(len, rows)) if tokens is None else tokens
    rng = np.random.default_rng(seed)
    stream: list[NDArray[np.int64]] = []
    size = 0
    while size < wanted:
        for place in rng.permutation(len(rows)):
            stream.append(rows[place])
            size += len(rows[place])
    blocks = wanted // length
    if not blocks:
        raise InputError(
            f"the texts have {wanted} tokens, fewer than a block of {length}; give a shorter "
            "length or more tokens"
        )
    return np.concatenate(stream)[: blocks * length].reshape(blocks, length)


def mix(
    blocks: NDArray[np.int64], others: NDArray[np.int64], share: float, seed: int = 0
) -> NDArray[np.int64]:
    """Return the blocks `[n, length]`, each swapped for one of `others` `[m, length]` with the
    probability `share` (replay, as in arXiv 2409.07431: it keeps what a model knew).

    Raises `InputError` for a share outside of 0 to 1, or nothing to mix in.
    """
    if not 0.0 <= share <= 1.0 or (share and not len(others)):
        raise InputError(
            f"share={share} of {len(others)} blocks cannot be mixed in; give a share from 0 to 1 "
            "and texts for it"
        )
    if not share:
        return blocks
    rng = np.random.default_rng(seed)
    swapped = rng.random(len(blocks)) < share
    chosen = rng.permutation(np.arange(int(swapped.sum())) % len(others))
    mixed = blocks.copy()
    mixed[swapped] = others[chosen]
    return mixed
