"""Sentences with some of their words masked, names and what ends them first of all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.mini.masked.network import MASK, PIECES

__all__ = ["MaskedCase", "Passage", "case_of", "piece_counts", "read_passages"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CLS, _SEP = 101, 102
#: How readily a name or number, another word, and a word of grammar are masked.
_NAME, _WORD, _GRAMMAR = 4.0, 1.0, 0.25
_GRAMMATICAL = _listed(
    "a an the of in on at to by for from with and or but as is was are were be been has had "
    "have it its he she his her they their that which who this , . ( ) \" ' - ; :"
)
#: Pieces of the longest name that is masked as a whole.
_LONGEST = 5
_SHARES = (0.12, 0.35)


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences as piece numbers; `units` are the [begin, end) of a sentence's names and words,
    each with its weight."""

    sentences: tuple[tuple[int, ...], ...]
    units: tuple[tuple[tuple[int, int, float], ...], ...]


@dataclass(frozen=True, slots=True)
class MaskedCase:
    """A sequence with [CLS] and [SEP], some pieces masked: `places` are where, `targets` what
    stood there, `named` whether it is the part of a name."""

    pieces: tuple[int, ...]
    places: tuple[int, ...]
    targets: tuple[int, ...]
    named: tuple[bool, ...]


def read_passages(texts: Sequence[tuple[str, ...]], tokenizer: Tokenizer) -> list[Passage]:
    """Tokenise passages, each given as its sentences."""
    flat = [sentence for text in texts for sentence in text]
    encodings = iter(tokenizer.encode_batch(flat, add_special_tokens=False))
    found = []
    for text in texts:
        sentences, units = [], []
        for sentence in text:
            encoding = next(encodings)
            sentences.append(tuple(encoding.ids))
            units.append(_units(sentence, encoding.word_ids, encoding.offsets))
        found.append(Passage(tuple(sentences), tuple(units)))
    return found


def piece_counts(passages: Sequence[Passage]) -> Tensor:
    """Return how often each piece is about to be masked, [30522], up to a factor."""
    counts = [0.0] * PIECES
    for passage in passages:
        for pieces, units in zip(passage.sentences, passage.units, strict=True):
            for begin, end, weight in units:
                for piece in pieces[begin:end]:
                    counts[piece] += weight
    return torch.tensor(counts)


def _units(
    text: str, words: Sequence[int | None], offsets: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int, float], ...]:
    """Words as [begin, end) of pieces with a weight; capitalised neighbours are one name."""
    found: list[tuple[int, int, float]] = []
    begin = 0
    for i in range(1, len(words) + 1):
        if i < len(words) and words[i] == words[begin]:
            continue
        word = text[offsets[begin][0] : offsets[i - 1][1]]
        weight = _weight(word)
        last = found[-1] if found else (0, 0, 0.0)
        if weight == _NAME == last[2] and word[:1].isupper() and i - last[0] <= _LONGEST:
            found[-1] = (last[0], i, _NAME)
        else:
            found.append((begin, i, weight))
        begin = i
    return tuple(found)


def _weight(word: str) -> float:
    if word.lower() in _GRAMMATICAL:
        return _GRAMMAR
    return _NAME if word[:1].isupper() or word[:1].isdigit() else _WORD


def case_of(passage: Passage, room: int, chance: random.Random) -> MaskedCase | None:
    """Draw neighbouring sentences of up to `room` pieces, at least one, and mask some of their
    words; None if there is nothing to mask.

    A name is masked from one of its pieces to its end, as it is when it is filled in from left to
    right.
    """
    first = chance.randrange(len(passage.sentences))
    last = first + 1
    size = len(passage.sentences[first])
    while last < len(passage.sentences) and size + len(passage.sentences[last]) <= room:
        size += len(passage.sentences[last])
        last += 1
    pieces: list[int] = [_CLS]
    units: list[tuple[int, int, float]] = []
    for i in range(first, last):
        shift = len(pieces)
        pieces += passage.sentences[i]
        units += [(b + shift, e + shift, weight) for b, e, weight in passage.units[i]]
    limit = max(room, 24) + 1
    pieces = pieces[:limit]
    units = [unit for unit in units if unit[1] <= len(pieces)]
    return _masked([*pieces, _SEP], units, chance)


def _masked(
    pieces: list[int], units: list[tuple[int, int, float]], chance: random.Random
) -> MaskedCase | None:
    budget = max(1, round(chance.uniform(*_SHARES) * len(pieces)))
    # Weighted sampling without replacement (Efraimidis and Spirakis 2006).
    order = sorted(units, key=lambda unit: chance.random() ** (1 / unit[2]), reverse=True)
    hidden: dict[int, bool] = {}
    for begin, end, weight in order:
        if len(hidden) >= budget:
            break
        start = begin if weight < _NAME else chance.randrange(begin, end)
        hidden |= dict.fromkeys(range(start, end), weight == _NAME)
    places = tuple(sorted(hidden))
    if not places:
        return None
    targets = tuple(pieces[place] for place in places)
    for place in places:
        pieces[place] = MASK
    return MaskedCase(tuple(pieces), places, targets, tuple(hidden[place] for place in places))
