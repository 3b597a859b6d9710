"""Facts between the entities that a document mentions, also where no sentence states them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tokenizers import Tokenizer

from extractors.mini.dates import number_literal, time_literal
from extractors.mini.pieces import Row, rows
from extractors.mini.relations.cases import KINDS, Case, Place, case_of
from extractors.mini.relations.names import relation_names
from extractors.mini.relations.reader import Related
from extractors.mini.relations.sections import Noted, key_of, sections
from extractors.mini.relations.store import Labels
from extractors.mini.syntax import Sentence, Span
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Entity, Fact, Literal

__all__ = ["Relater", "RelationFinder"]

#: What is less probable is not said. Annotators miss a part of what is true, so that what they
#: confirm at this rate is more often right than wrong.
_LEAST = 0.4


@dataclass(frozen=True, slots=True)
class _Meant:
    """A span of sentence number `sentence` and what it stands for."""

    sentence: int
    span: Span
    value: Entity | Literal


class Relater(Protocol):
    """What finds relations between given mentions: `RelationReader`."""

    @property
    def tokenizer(self) -> Tokenizer:
        """What cuts words into pieces."""

    @property
    def labels(self) -> Labels:
        """What the relations are called."""

    def relate(self, case: Case) -> list[Related]:
        """Return what holds between the entities of a document."""


class RelationFinder:
    """Finds the facts of parsed documents with the relation head.

    `extractor` is the name under which they are recorded. Sections that `noted` knows are not
    read again; all that are looked at are noted there.
    """

    def __init__(self, reader: Relater, extractor: str, noted: Noted | None = None) -> None:
        self.noted = Noted() if noted is None else noted
        self._reader = reader
        self._names = relation_names()
        self._extractor = extractor

    def facts(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        names: Sequence[tuple[int, Span, Entity]],
        chunk_id: Callable[[int, int], str],
    ) -> list[Fact]:
        """Return the facts between named entities, and from them to times and numbers, by id.

        `names` are the (sentence, span, entity) of the document. A fact rests on the sentences
        of the two mentions that are nearest to each other, as one span where they are in one
        chunk. `chunk_id` gives the id of the chunk around the characters [start, end), empty
        where there is none.
        """
        meant = sorted(
            (*(_Meant(*name) for name in names), *_values(document.text, sentences)),
            key=lambda each: (each.sentence, each.span.first, each.span.last),
        )
        cut = [[(token.start, token.end) for token in sentence.tokens] for sentence in sentences]
        made = rows(self._reader.tokenizer, document.text, cut)
        found: dict[str, Fact] = {}
        for first, end in sections(made):
            inside = [each for each in meant if first <= each.sentence < end]
            for fact in self._section(made[first:end], first, inside):
                evidence = self._evidence(document, sentences, fact, chunk_id)
                if evidence:
                    earlier = found[fact.fact.id].evidence if fact.fact.id in found else ()
                    together = dict.fromkeys((*earlier, *evidence))
                    found[fact.fact.id] = fact.fact.with_evidence(*together)
        return [found[id] for id in sorted(found)]

    def _section(
        self, made: Sequence[Row], first: int, meant: Sequence[_Meant]
    ) -> Iterator[_Found]:
        numbers: dict[str, int] = {}
        values: list[Entity | Literal] = []
        where: list[list[int]] = []
        places = []
        for each in meant:
            key = _key(each.value)
            if key not in numbers:
                numbers[key] = len(values)
                values.append(each.value)
                where.append([])
            number = numbers[key]
            where[number].append(each.sentence)
            kind = KINDS.index(each.span.type)
            span = each.span
            places.append(Place(each.sentence - first, span.first, span.last, number, kind))
        case = case_of(made, places)
        for related in self.noted.or_read(key_of(case), lambda: self._reader.relate(case)):
            fact = self._fact(values[related.head], related, values[related.tail])
            if fact is not None:
                yield _Found(fact, _nearest(where, related), related.probability)

    def _fact(
        self, head: Entity | Literal, related: Related, tail: Entity | Literal
    ) -> Fact | None:
        """Return what was found as a fact; None for what is unlikely, or is said of a value."""
        if not isinstance(head, Entity) or related.probability < _LEAST:
            return None
        labels = self._reader.labels
        number, label = labels.properties[related.relation], labels.names[related.relation]
        if isinstance(tail, Literal) and self._names.of(number).turned:
            return None
        return self._names.related(head, number, tail, label)

    def _evidence(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        found: _Found,
        chunk_id: Callable[[int, int], str],
    ) -> list[TextEvidence]:
        first, last = found.sentences
        bounds = [(sentences[first].start, sentences[last].end)]
        if not chunk_id(*bounds[0]):
            bounds = [(sentences[i].start, sentences[i].end) for i in (first, last)]
        return [
            TextEvidence(document.id, chunk, start, end, self._extractor, found.probability)
            for start, end in bounds
            if (chunk := chunk_id(start, end))
        ]


@dataclass(frozen=True, slots=True)
class _Found:
    fact: Fact
    sentences: tuple[int, int]
    probability: float


def _values(text: str, sentences: Sequence[Sentence]) -> Iterator[_Meant]:
    for n, sentence in enumerate(sentences):
        for span in sentence.spans:
            if span.type not in ("Time", "Number"):
                continue
            start, end = sentence.extent(span.first, span.last)
            read = time_literal if span.type == "Time" else number_literal
            literal = read(text[start:end])
            if literal is not None:
                yield _Meant(n, span, literal)


def _key(value: Entity | Literal) -> str:
    return value.id if isinstance(value, Entity) else "\n".join(value.canonical())


def _nearest(where: Sequence[Sequence[int]], related: Related) -> tuple[int, int]:
    """The sentences, in order, of the two mentions nearest to each other, the first of these."""
    pairs = ((a, b) for a in where[related.head] for b in where[related.tail])
    first, last = min(pairs, key=lambda pair: (abs(pair[0] - pair[1]), min(pair)))
    return min(first, last), max(first, last)
