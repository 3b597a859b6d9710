"""The ends of a fact in its chunk: names, and values with what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from extractors.llm.anchors import Passage, Span
from extractors.values import FoundValue, find_values
from kgkit.facts import Chunk, Literal
from kgkit.ids import normalise_name

__all__ = ["ChunkReader", "End"]

#: Quotes and stops that a model leaves around a name.
_OUTER = re.compile(r"^[\s\"'.,;:“”‘’`*]+|[\s\"'.,;:“”‘’`*]+$")
#: Words after a number that are what it counts: "1.8 million inhabitants".
_COUNTED = 2


@dataclass(frozen=True, slots=True)
class End:
    """One end of a fact, or a role: the document's own words, and where the chunk says them.

    Spans count from the start of the chunk; there are none where only another part of the
    document says the name. `literal` is what a value means; `score` is how sure the name is.
    """

    text: str
    spans: tuple[Span, ...] = ()
    literal: Literal | None = None
    score: float = 0.9


class ChunkReader:
    """Finds ends in one chunk. `known` gives the names that the document says elsewhere, by
    their normalised form.
    """

    def __init__(self, chunk: Chunk, known: Mapping[str, str]) -> None:
        self.chunk = chunk
        self.known = known
        self.passage = Passage(chunk.text)
        #: [start, end) of each sentence, from the start of the chunk.
        self.sentences = [
            (start - chunk.start, end - chunk.start) for start, end in chunk.sentences
        ]

    def name(self, words: str) -> End | None:
        """Return the end that is an entity's name; None where the document does not say it."""
        shown = self.known.get(normalise_name(words), "")
        for candidate in (words, _OUTER.sub("", words), shown):
            spans = self.passage.find(candidate)
            if spans:
                return End(self._words(spans[0]), spans)
        return End(shown) if shown else None

    def value(self, words: str) -> End | None:
        """Return the end that is a date, number or amount; None where the chunk has no such.

        A value that the model rewrote ("1867-11-07") is found by what it means.
        """
        spans = self.passage.find(words)
        for span in spans:
            literal = self._literal_at(span)
            if literal is not None:
                return End(self._words(span), spans, literal)
        if spans:
            return None
        meant = _whole(words)
        same = [v for v in self._values if meant is not None and _equal(v.literal, meant)]
        if not same:
            return None
        places = tuple((found.start, found.end) for found in same)
        return End(self._words(places[0]), places, same[0].literal)

    def value_at(self, span: Span) -> End | None:
        """Return the end that is the value at a span; None where there is none."""
        literal = self._literal_at(span)
        return End(self._words(span), (span,), literal) if literal is not None else None

    def text(self, words: str) -> End | None:
        """Return the end as plain text; None where the chunk does not say it."""
        spans = self.passage.find(words)
        if not spans:
            return None
        shown = self._words(spans[0])
        return End(shown, spans, Literal(shown, "string", shown))

    @cached_property
    def _values(self) -> tuple[FoundValue, ...]:
        return find_values(self.chunk.text)

    def _words(self, span: Span) -> str:
        return " ".join(self.chunk.text[span[0] : span[1]].split())

    def _literal_at(self, span: Span) -> Literal | None:
        start, end = span
        for found in self._values:
            if found.start <= start and end <= found.end:
                return found.literal
            rest = self.chunk.text[found.end : end].split()
            counts = found.kind == "number" and found.start <= start < found.end < end
            if counts and len(rest) <= _COUNTED:
                words = self._words((found.start, end))
                return replace(found.literal, text=words, unit=" ".join(rest))
        return None


def _whole(words: str) -> Literal | None:
    """Return the value that is all of the words, if they are one."""
    found = find_values(words.strip())
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(words.strip()):
        return found[0].literal
    return None


def _equal(one: Literal, other: Literal) -> bool:
    same = one.value == other.value and one.datatype == other.datatype
    return same and (one.unit == other.unit or other.unit is None)
