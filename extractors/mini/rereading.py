"""Reading a document unit by unit, so that a changed one is read again where it changed.

A unit is a chunk, or half of a long one. Its parse depends on its own text alone, whose passes
hold nothing else; whom its pronouns mean depends on the four sentences before it as well. So what
was noted of a unit holds wherever its text stands again, to the bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from extractors.mini.notes import Noted, dump_notes, load_notes, moved
from extractors.mini.parse import Analysis
from extractors.mini.pronouns import Link
from extractors.mini.syntax import Sentence
from kgkit.facts import Chunk
from kgkit.ids import content_id

__all__ = ["Parser", "Reading", "read_units"]

#: Characters of the longest unit that is not halved: what fits into one pass with its context.
_LONGEST = 1000
#: Sentences before a pronoun in which its antecedent may stand.
_REACH = 4
#: Units of the shortest document that is worth keeping notes of.
_FEWEST = 4


class Parser(Protocol):
    """What reads a unit: `extractors.mini.parse.Mini`."""

    def analyse(self, text: str, bounds: Sequence[tuple[int, int]]) -> Analysis:
        """Return the parse of a text, given with its sentences' [start, end), in order."""

    def resolve(self, analysis: Analysis) -> list[Link]:
        """Return whom the pronouns of a parsed text mean."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentences and links of a document, and notes for when it has changed; "" if short."""

    sentences: tuple[Sentence, ...]
    links: tuple[Link, ...]
    notes: str


def read_units(parser: Parser, chunks: Sequence[Chunk], notes: str = "") -> Reading:
    """Read the chunks of a document, in order; `notes` are those of an earlier reading.

    They say what does not have to be read, and change nothing in the result.
    """
    units = [unit for chunk in chunks for unit in _units(chunk)]
    reader = _Reader(parser, units, load_notes(notes, {unit.key: unit.text for unit in units}))
    sentences: list[Sentence] = []
    links: list[Link] = []
    noted: dict[str, Noted] = {}
    for place, unit in enumerate(units):
        found = noted[unit.key] = reader.read(place)
        first = len(sentences)
        sentences += [moved(sentence, unit.start) for sentence in found.sentences]
        links += [_shifted(link, first) for link in found.links]
    kept = dump_notes(noted) if len(units) >= _FEWEST else ""
    return Reading(tuple(sentences), tuple(links), kept)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A run of sentences; `start` counts in the document, `bounds` from there."""

    start: int
    text: str
    bounds: tuple[tuple[int, int], ...]
    key: str


def _units(chunk: Chunk) -> list[_Unit]:
    spans = chunk.sentences
    if not spans:
        return []
    if chunk.end - chunk.start <= _LONGEST or len(spans) < 2:
        return [_unit(chunk, spans)]
    middle = (chunk.start + chunk.end) // 2
    half = min(range(1, len(spans)), key=lambda i: (abs(spans[i][0] - middle), i))
    return [_unit(chunk, spans[:half]), _unit(chunk, spans[half:])]


def _unit(chunk: Chunk, spans: Sequence[tuple[int, int]]) -> _Unit:
    start, end = spans[0][0], spans[-1][1]
    text = chunk.text[start - chunk.start : end - chunk.start]
    bounds = tuple((first - start, last - start) for first, last in spans)
    return _Unit(start, text, bounds, content_id("unit", text, bounds))


class _Reader:
    """Reads units in order, and again only those that are not known."""

    def __init__(self, parser: Parser, units: Sequence[_Unit], known: dict[str, Noted]) -> None:
        self._parser = parser
        self._units = units
        self._known = known
        self._parses: list[tuple[Sentence, ...]] = []
        self._recent: dict[int, Analysis] = {}

    def read(self, place: int) -> Noted:
        """Return the reading of a unit; those before it have been read."""
        unit = self._units[place]
        known = self._known.get(unit.key)
        parsed = known.sentences if known else self._analysis(place).sentences
        self._parses.append(parsed)
        before = self._before(place)
        context = content_id("context", [self._units[i].key for i in before])
        if known is None or known.context != context:
            known = Noted(parsed, self._links(place, before), context)
        for old in [old for old in self._recent if old < before.start]:
            del self._recent[old]
        return known

    def _before(self, place: int) -> range:
        """Return the places of the units in which antecedents may stand, before this one."""
        first, sentences = place, 0
        while first and sentences < _REACH:
            first -= 1
            sentences += len(self._parses[first])
        return range(first, place)

    def _links(self, place: int, before: range) -> tuple[Link, ...]:
        parts = [self._analysis(i) for i in (*before, place)]
        shift = sum(len(self._parses[i]) for i in before)
        joined = Analysis(
            tuple(sentence for part in parts for sentence in part.sentences),
            np.concatenate([part.vectors for part in parts]),
        )
        links = self._parser.resolve(joined)
        return tuple(_shifted(link, -shift) for link in links if link.sentence >= shift)

    def _analysis(self, place: int) -> Analysis:
        if place not in self._recent:
            unit = self._units[place]
            self._recent[place] = self._parser.analyse(unit.text, unit.bounds)
        return self._recent[place]


def _shifted(link: Link, by: int) -> Link:
    return replace(link, sentence=link.sentence + by, span_sentence=link.span_sentence + by)
