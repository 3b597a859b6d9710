"""Sentences as pieces of the encoder's vocabulary, laid out for one pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.mini.casing import casings
from kgkit.models.bert import MAX_PIECES, Packed, pack

__all__ = ["MAX_WORD", "Layout", "Row", "lay_out", "rows", "windows"]

_UNKNOWN, _CLS, _SEP = 100, 101, 102

#: How many words are kept in memory for the next time, and how long one of them may be.
_MOST, _SHORT = 32768, 32


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence ready for the encoder: the pieces of each word and its casing code."""

    pieces: tuple[tuple[int, ...], ...]
    casing: tuple[int, ...]

    @property
    def length(self) -> int:
        """The number of pieces."""
        return sum(map(len, self.pieces))


@dataclass(frozen=True, slots=True)
class Layout:
    """Windows of sentences laid end to end.

    `casing` is [pieces]; `firsts` and `lasts` [words] are each word's first and last piece;
    `sizes` is the number of words of each sentence, in the order given.
    """

    packed: Packed
    casing: Tensor
    firsts: Tensor
    lasts: Tensor
    sizes: tuple[int, ...]


def rows(
    tokenizer: Tokenizer,
    text: str,
    sentences: Sequence[Sequence[tuple[int, int]]],
    known: dict[str, tuple[int, ...]] | None = None,
) -> list[Row]:
    """Return the row of each sentence, given as the [start, end) of its words in `text`.

    Where a sentence of noise has more pieces than one window holds, its longest words are cut.
    `known` keeps the pieces of words for the next call with the same tokenizer.
    """
    known = {} if known is None else known
    distinct = {text[start:end] for spans in sentences for start, end in spans}
    pieces = {word: known[word] for word in distinct if word in known}
    new = sorted(distinct - pieces.keys())
    encodings = tokenizer.encode_batch(new, add_special_tokens=False) if new else []
    for word, encoding in zip(new, encodings, strict=True):
        pieces[word] = tuple(encoding.ids[:MAX_WORD]) or (_UNKNOWN,)
        if len(word) <= _SHORT and len(known) < _MOST:
            known[word] = pieces[word]
    return [
        Row(
            _fitted(tuple(pieces[text[start:end]] for start, end in spans)),
            tuple(casings(text, spans)),
        )
        for spans in sentences
    ]


def _fitted(pieces: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    room, longest = MAX_PIECES - 2, MAX_WORD
    while longest > 1 and sum(map(len, pieces)) > room:
        longest -= 1
        pieces = tuple(word[:longest] for word in pieces)
    return pieces


#: Pieces of a single word that are looked at: enough for any name, a guard against noise.
MAX_WORD = 24


def windows(sentences: Sequence[Row], limit: int) -> Iterator[list[int]]:
    """Yield runs of adjacent sentences of at most `limit` pieces (one sentence may exceed it)."""
    window: list[int] = []
    total = 0
    for i, row in enumerate(sentences):
        if window and total + row.length > limit:
            yield window
            window, total = [], 0
        window.append(i)
        total += row.length
    if window:
        yield window


def lay_out(groups: Sequence[Sequence[Row]]) -> Layout:
    """Lay windows of sentences end to end; each may have up to 510 pieces, more is an error."""
    sequences: list[list[int]] = []
    casing: list[int] = []
    firsts: list[int] = []
    lasts: list[int] = []
    for group in groups:
        begin = len(casing) + 1
        words = list(chain.from_iterable(row.pieces for row in group))
        codes = chain.from_iterable(row.casing for row in group)
        ends = list(accumulate(map(len, words), initial=begin))
        firsts += ends[:-1]
        lasts += [end - 1 for end in ends[1:]]
        sequences.append([_CLS, *chain.from_iterable(words), _SEP])
        casing.append(0)
        for word, code in zip(words, codes, strict=True):
            casing += [code] * len(word)
        casing.append(0)
        if len(sequences[-1]) > MAX_PIECES:
            raise ValueError(f"a window of {len(sequences[-1])} pieces, at most {MAX_PIECES} fit")
    return Layout(
        pack(sequences),
        torch.tensor(casing),
        torch.tensor(firsts),
        torch.tensor(lasts),
        tuple(len(row.pieces) for group in groups for row in group),
    )
