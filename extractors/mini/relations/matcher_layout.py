"""Sentences with the relations that they are asked for, laid out for one pass of the encoder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import torch
from tokenizers import Tokenizer
from torch import Tensor

from extractors.mini.pieces import Row
from extractors.mini.relations.cases import KINDS
from extractors.mini.relations.prompts import Prompt
from kgkit.models.bert import MAX_PIECES, Packed, pack

__all__ = [
    "Asked",
    "Questions",
    "Sheet",
    "asked_of",
    "grouped",
    "lay_questions",
    "marks_of",
    "names_of",
]

_CLS, _SEP = 101, 102
#: Pieces of a name or type that are read, and prompts that share a pass of a sentence.
_LONGEST, _TOGETHER = 24, 12

#: The pieces of a relation's name, of its head's type and of its tail's type.
Asked = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sentence, the mark of each of its words (`marks_of`), and what it is asked."""

    row: Row
    marks: tuple[int, ...]
    asked: tuple[Asked, ...]

    @property
    def length(self) -> int:
        """The number of pieces of the whole."""
        return 2 + self.row.length + sum(1 + sum(map(len, one)) for one in self.asked)


@dataclass(frozen=True, slots=True)
class Questions:
    """Sheets end to end. `casing`, `marks`, `roles` [pieces] are codes (a role is 0 in the
    sentence, 1 in a name, 2 and 3 in the types); `firsts`, `lasts` [words] are each word's first
    and last piece; `sizes` and `counts` the words and the prompts of each sheet; piece
    `parts[k][0][i]` is of part k (name, head, tail) of prompt `parts[k][1][i]`."""

    packed: Packed
    casing: Tensor
    marks: Tensor
    roles: Tensor
    firsts: Tensor
    lasts: Tensor
    sizes: tuple[int, ...]
    counts: tuple[int, ...]
    parts: tuple[tuple[Tensor, Tensor], ...]


def asked_of(tokenizer: Tokenizer, prompts: Sequence[Prompt]) -> list[Asked]:
    """Return prompts in pieces; a name of more than 24 is cut."""
    texts = [text for p in prompts for text in (p.relation, p.head, p.tail)]
    made = tokenizer.encode_batch(texts, add_special_tokens=False)
    pieces = [tuple(encoding.ids[:_LONGEST]) for encoding in made]
    return [(pieces[i], pieces[i + 1], pieces[i + 2]) for i in range(0, len(pieces), 3)]


def marks_of(size: int, spans: Iterable[tuple[int, int, str]]) -> tuple[int, ...]:
    """Return for each of `size` words which type of name or value begins (odd) or goes on (even)
    there, 0 for none; spans are (first, end, type).

    >>> marks_of(4, [(1, 3, "Person")])
    (0, 1, 2, 0)
    """
    marks = [0] * size
    for first, end, kind in spans:
        code = 1 + 2 * KINDS.index(kind)
        marks[first:end] = [code + 1] * (end - first)
        marks[first] = code
    return tuple(marks)


def names_of(marks: Sequence[int]) -> list[tuple[int, int]]:
    """Return the words [first, end) of the names and values in marks.

    >>> names_of((0, 1, 2, 1, 0))
    [(1, 3), (3, 4)]
    """
    found = []
    for i, mark in enumerate(marks):
        if mark % 2:
            end = i + 1
            while end < len(marks) and marks[end] == mark + 1:
                end += 1
            found.append((i, end))
    return found


def grouped(asked: Sequence[Asked], room: int) -> Iterator[tuple[int, int]]:
    """Yield runs [first, end) of at most twelve prompts that fit into `room` pieces; what fits
    in no run is left out."""
    first = total = 0
    for i, one in enumerate(asked):
        length = 1 + sum(map(len, one))
        if i > first and (i - first == _TOGETHER or total + length > room):
            yield first, i
            first, total = i, 0
        total += length
    if asked and total <= room:
        yield first, len(asked)


def lay_questions(sheets: Sequence[Sheet]) -> Questions:
    """Lay sheets out, each behind the other; give them sorted by length. More than 512 pieces
    in one are an error."""
    sequences: list[list[int]] = []
    casing: list[int] = []
    marks: list[int] = []
    roles: list[int] = []
    firsts: list[int] = []
    lasts: list[int] = []
    parts: tuple[tuple[list[int], list[int]], ...] = (([], []), ([], []), ([], []))
    number = 0
    for sheet in sheets:
        sequence = [_CLS, *chain.from_iterable(sheet.row.pieces), _SEP]
        begin = len(casing)
        ends = list(accumulate(map(len, sheet.row.pieces), initial=begin + 1))
        firsts += ends[:-1]
        lasts += [end - 1 for end in ends[1:]]
        for codes, of in ((casing, sheet.row.casing), (marks, sheet.marks)):
            codes.append(0)
            for word, code in zip(sheet.row.pieces, of, strict=True):
                codes += [code] * len(word)
            codes.append(0)
        roles += [0] * len(sequence)
        for one in sheet.asked:
            for k, pieces in enumerate(one):
                at = begin + len(sequence)
                parts[k][0].extend(range(at, at + len(pieces)))
                parts[k][1].extend([number] * len(pieces))
                sequence += pieces
                roles += [k + 1] * len(pieces)
            sequence.append(_SEP)
            roles.append(0)
            number += 1
        beyond = len(roles) - len(casing)
        casing += [0] * beyond
        marks += [0] * beyond
        if len(sequence) > MAX_PIECES:
            raise ValueError(f"a sheet of {len(sequence)} pieces, at most {MAX_PIECES} fit")
        sequences.append(sequence)
    return Questions(
        pack(sequences),
        torch.tensor(casing),
        torch.tensor(marks),
        torch.tensor(roles),
        torch.tensor(firsts),
        torch.tensor(lasts),
        tuple(len(sheet.row.pieces) for sheet in sheets),
        tuple(len(sheet.asked) for sheet in sheets),
        tuple((torch.tensor(a, dtype=torch.long), torch.tensor(b)) for a, b in parts),
    )
