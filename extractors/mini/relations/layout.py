"""Documents laid out in windows for one pass of the encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from extractors.mini.relations.cases import Case
from kgkit.models.bert import MAX_PIECES, Packed, pack

__all__ = ["Cut", "Laid", "cuts", "lay"]

_CLS, _SEP = 101, 102
_BODY = MAX_PIECES - 2
#: Pieces by which two windows overlap at least: longer than any mention.
_OVERLAP = 128


@dataclass(frozen=True, slots=True)
class Cut:
    """Pieces [first, end) of document `case`, whose first stands at `row` of the pass."""

    case: int
    first: int
    end: int
    row: int


@dataclass(frozen=True, slots=True)
class Laid:
    """Windows of documents end to end: `casing` and `marks` are [pieces] codes."""

    packed: Packed
    casing: Tensor
    marks: Tensor
    cuts: tuple[Cut, ...]


def cuts(length: int) -> list[tuple[int, int]]:
    """Return equal windows [first, end) of at most 510 pieces over `length`, overlapping by 128.

    >>> cuts(300), cuts(800)
    ([(0, 300)], [(0, 464), (336, 800)])
    """
    if length <= _BODY:
        return [(0, length)]
    step = _BODY - _OVERLAP
    count = 1 + -(-(length - _BODY) // step)
    size = -(-(length + (count - 1) * _OVERLAP) // count)
    firsts = [min(i * (size - _OVERLAP), length - size) for i in range(count)]
    return [(first, first + size) for first in firsts]


def lay(cases: Sequence[Case], hidden: Sequence[frozenset[int]] = ()) -> Laid:
    """Lay documents out, each behind the other; pieces in `hidden` are masked (for training)."""
    sequences: list[list[int]] = []
    casing: list[int] = []
    marks: list[int] = []
    found: list[Cut] = []
    for number, case in enumerate(cases):
        covered = hidden[number] if hidden else frozenset()
        pieces = [_MASK if i in covered else p for i, p in enumerate(case.pieces)]
        for first, end in cuts(len(pieces)):
            found.append(Cut(number, first, end, len(casing) + 1))
            sequences.append([_CLS, *pieces[first:end], _SEP])
            casing += [0, *case.casing[first:end], 0]
            marks += [0, *case.marks[first:end], 0]
    return Laid(pack(sequences), torch.tensor(casing), torch.tensor(marks), tuple(found))


_MASK = 103
