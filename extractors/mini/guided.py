"""Extraction restricted to a schema: what a text says in the relations that it names.

No relation has to be known beforehand: the matcher reads its name, its description and the types
of its ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors.base import Extraction
from extractors.mini.dates import number_literal, time_literal
from extractors.mini.extractor import read
from extractors.mini.keeping import can_meet, is_person
from extractors.mini.spotting import NAME_TYPES
from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention
from kgkit.ids import content_id
from kgkit.schema import Pattern, Schema

if TYPE_CHECKING:
    from extractors.mini.relations.guided import GuidedReader
    from extractors.mini.syntax import Sentence

__all__ = ["GuidedExtractor", "Told"]

_MADE_BY = "mini-guided/2"
_TIMES = frozenset({"date", "dateTime", "gYear", "gYearMonth", "duration", "time", "interval"})
_NUMBERS = frozenset({"integer", "decimal", "quantity", "range"})


@dataclass(frozen=True, slots=True)
class Told:
    """Characters [start, end) of subject and object of a pattern, in sentence number `sentence`;
    `score` is the probability in [0, 1] that the sentence says so."""

    pattern: Pattern
    subject: tuple[int, int]
    object: tuple[int, int]
    sentence: int
    score: float


class GuidedExtractor:
    """Reads documents for the relations of one schema, offline.

    >>> schema = Schema.parse("(film)-[director]->(human)")
    >>> GuidedExtractor(schema).name
    'mini-guided'
    """

    name = "mini-guided"

    def __init__(self, schema: Schema, *, matcher: GuidedReader | None = None) -> None:
        """`matcher` takes the place of the bundled one. Raises `InputError` for a schema without
        a pattern."""
        if not schema.patterns:
            raise InputError(
                "the schema has no pattern; give it one: '(Person)-[DIRECTED]->(Film)'."
            )
        self._schema = schema
        self._matcher = matcher

    @property
    def version(self) -> str:
        """What it was made from: of the code and weights, and of the schema."""
        return f"2-{content_id('schema', str(self._schema))[:8]}"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the facts of the document that fit a pattern of the schema, by id, and where
        their ends are mentioned. Raises `ModelError` where bundled weights are missing."""
        from extractors.mini.load import load_mini
        from extractors.mini.rereading import read_units

        reading = read_units(load_mini(), chunks)
        known = read(document, chunks, reading.sentences, reading.links)
        return self._found(document, chunks, reading.sentences, known)

    def told(self, text: str) -> list[Told]:
        """Return what one sentence says, best first."""
        from extractors.mini.load import load_mini

        analysis = load_mini().analyse(text, [(0, len(text))])
        found = self._told(text, analysis.sentences)
        return sorted(found, key=lambda told: (-told.score, told.subject))

    def _found(
        self,
        document: Document,
        chunks: Sequence[Chunk],
        sentences: Sequence[Sentence],
        known: Extraction,
    ) -> Extraction:
        found: dict[str, Fact] = {}
        named = known.mentions
        mentions = {mention.id: mention for mention in named}
        # What the text denies or doubts of two things it does not say of them either.
        doubted = {_pair(fact) for fact in known.facts if not fact.is_asserted}
        for told in self._told(document.text, sentences):
            sentence, pattern = sentences[told.sentence], told.pattern
            chunk = _chunk_of(chunks, sentence.start, sentence.end)
            if chunk is None:
                continue
            head = _end(document, named, chunk, told.subject, pattern.head)
            tail = _end(document, named, chunk, told.object, pattern.tail)
            if not isinstance(head.value, Entity) or not _fit(head.value, tail.value, pattern):
                continue
            evidence = TextEvidence(
                document.id, chunk.id, sentence.start, sentence.end, _MADE_BY, told.score
            )
            fact = Fact(head.value, pattern.relation, tail.value, predicate=pattern.relation)
            if _pair(fact) in doubted:
                continue
            earlier = found[fact.id].evidence if fact.id in found else ()
            found[fact.id] = fact.with_evidence(*earlier, evidence)
            mentions |= {each.mention.id: each.mention for each in (head, tail) if each.mention}
        ordered = sorted(mentions.values(), key=lambda m: (m.start, m.end, m.entity.id))
        return Extraction(tuple(ordered), tuple(found[id] for id in sorted(found)))

    def _told(self, text: str, sentences: Sequence[Sentence]) -> Iterator[Told]:
        from extractors.mini.pieces import rows
        from extractors.mini.relations.guided import Asking
        from extractors.mini.relations.matcher_layout import marks_of
        from extractors.mini.relations.matcher_store import load_matcher
        from extractors.mini.relations.prompts import prompts_of

        reader = self._matcher or load_matcher()
        cut = [[(token.start, token.end) for token in each.tokens] for each in sentences]
        askings = [
            Asking(row, marks_of(len(row.pieces), _named(each)))
            for row, each in zip(rows(reader.tokenizer, text, cut), sentences, strict=True)
        ]
        wanted = [_wanted(self._schema.patterns, each) for each in sentences]
        found = reader.matches(askings, prompts_of(self._schema), wanted, reader.weights.threshold)
        for number, (sentence, matches) in enumerate(zip(sentences, found, strict=True)):
            for match in matches:
                yield Told(
                    self._schema.patterns[match.prompt],
                    sentence.extent(*match.subject),
                    sentence.extent(*match.object),
                    number,
                    match.score,
                )


@dataclass(frozen=True, slots=True)
class _End:
    """What a span stands for; `mention` is a new one."""

    value: Entity | Literal
    mention: Mention | None = None


def _pair(fact: Fact) -> frozenset[str]:
    tail = fact.tail
    return frozenset({fact.head.id, tail.id if isinstance(tail, Entity) else str(tail.value)})


def _wanted(patterns: Sequence[Pattern], sentence: Sentence) -> list[int]:
    """The numbers of the patterns that a sentence with such names and values can state."""
    kinds = {span.type for span in sentence.spans}
    if not kinds & NAME_TYPES:
        return []
    return [i for i, pattern in enumerate(patterns) if _needs(pattern) <= kinds]


def _needs(pattern: Pattern) -> set[str]:
    needs = {"Time"} if pattern.tail in _TIMES else set()
    return needs | {"Person" for end in (pattern.head, pattern.tail) if is_person(end)}


def _named(sentence: Sentence) -> list[tuple[int, int, str]]:
    return [(span.first, span.last, span.type) for span in sentence.spans]


def _fit(head: Entity, tail: Entity | Literal, pattern: Pattern) -> bool:
    """Whether a fact may have these ends, by their types."""
    if not can_meet(head, pattern.head):
        return False
    if isinstance(tail, Entity):
        return head.id != tail.id and can_meet(tail, pattern.tail)
    return pattern.tail not in _TIMES or tail.datatype != "string"


def _end(
    document: Document, named: Sequence[Mention], chunk: Chunk, place: tuple[int, int], kind: str
) -> _End:
    """What a span stands for: a literal where the schema or the words say so, else the entity
    that is mentioned there, or a new one."""
    start, end = place
    words = document.text[start:end]
    literal = _literal(words, kind)
    if literal is not None:
        return _End(literal)
    over = [m for m in named if m.start < end and start < m.end]
    best = max(over, key=lambda m: (min(m.end, end) - max(m.start, start), -m.start), default=None)
    if best is not None and 2 * (min(best.end, end) - max(best.start, start)) >= end - start:
        vague = best.entity.type in ("Misc", "Thing") and kind not in ("Thing", "Entity")
        return _End(replace(best.entity, type=kind) if vague else best.entity)
    entity = Entity.named(words, kind)
    return _End(entity, Mention(document.id, chunk.id, start, end, words, entity))


def _literal(words: str, kind: str) -> Literal | None:
    if kind in _TIMES:
        return time_literal(words)
    if kind in _NUMBERS:
        return number_literal(words) or Literal(words, text=words)
    if kind in ("string", "boolean"):
        return Literal(words, text=words)
    # Where the schema leaves the type open, a date is a date and anything else an entity.
    time = time_literal(words)
    return time if kind == "Thing" and time.datatype != "string" else None


def _chunk_of(chunks: Sequence[Chunk], start: int, end: int) -> Chunk | None:
    return next((chunk for chunk in chunks if chunk.start <= start and end <= chunk.end), None)
