"""A document as the relation head sees it: its pieces, and where its entities are mentioned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from extractors.mini.pieces import Row

__all__ = ["KINDS", "Case", "Place", "case_of"]

#: Types of entities in the order of their codes, those of the span head.
KINDS = ("Person", "Organization", "Location", "Time", "Number", "Misc")


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: words [first, end) of a sentence, the number of its entity, its type's code."""

    sentence: int
    first: int
    end: int
    entity: int
    kind: int


@dataclass(frozen=True, slots=True)
class Case:
    """A document in pieces, without the encoder's own two.

    `pieces` and `casing` are as long as the document; `marks` says of each piece which type of
    mention begins (odd) or goes on (even) there, 0 for none. Mention m has pieces
    [firsts[m], ends[m]), stands in sentence `sentences[m]` and means entity `entities[m]`;
    entity e has the type `kinds[e]`. Sentence s has pieces [bounds[s], bounds[s + 1]).
    """

    pieces: tuple[int, ...]
    casing: tuple[int, ...]
    marks: tuple[int, ...]
    firsts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[int, ...]
    entities: tuple[int, ...]
    kinds: tuple[int, ...]
    bounds: tuple[int, ...]


def case_of(rows: Sequence[Row], places: Sequence[Place]) -> Case:
    """Lay a document out; entities are numbered from 0 and each has at least one of `places`."""
    pieces: list[int] = []
    casing: list[int] = []
    starts: list[list[int]] = []
    bounds = [0]
    for row in rows:
        begin = len(pieces)
        starts.append([begin + n for n in accumulate(map(len, row.pieces), initial=0)])
        pieces.extend(chain.from_iterable(row.pieces))
        for word, code in zip(row.pieces, row.casing, strict=True):
            casing += [code] * len(word)
        bounds.append(len(pieces))
    firsts = [starts[place.sentence][place.first] for place in places]
    ends = [starts[place.sentence][place.end] for place in places]
    marks = [0] * len(pieces)
    # The shorter of two mentions that overlap is marked last and so stays visible.
    for m in sorted(range(len(places)), key=lambda m: (firsts[m] - ends[m], firsts[m])):
        code = 1 + 2 * places[m].kind
        marks[firsts[m] : ends[m]] = [code + 1] * (ends[m] - firsts[m])
        marks[firsts[m]] = code
    return Case(
        tuple(pieces),
        tuple(casing),
        tuple(marks),
        tuple(firsts),
        tuple(ends),
        tuple(place.sentence for place in places),
        tuple(place.entity for place in places),
        _kinds(places),
        tuple(bounds),
    )


def _kinds(places: Sequence[Place]) -> tuple[int, ...]:
    """The most frequent type of each entity's mentions, the first among equals."""
    counts = [Counter[int]() for _ in range(1 + max((p.entity for p in places), default=-1))]
    for place in places:
        counts[place.entity][place.kind] += 1
    return tuple(min(c, key=lambda kind: (-c[kind], kind)) for c in counts)
