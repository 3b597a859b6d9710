"""Claims of all chunks as the mentions and facts of their document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.base import Extraction
from extractors.llm.anchors import Span
from extractors.llm.claims import Claim
from extractors.llm.ends import End
from extractors.llm.literals import as_datatype
from extractors.llm.rejections import Rejection
from extractors.mini.naming import Named, entities_of
from kgkit.evidence import TextEvidence
from kgkit.facts import (
    Chunk,
    Document,
    Entity,
    Fact,
    Literal,
    Mention,
    Modality,
    Polarity,
    Qualifier,
)
from kgkit.schema import Schema

__all__ = ["ChunkReading", "assemble"]


#: Types of names that none was given for.
_GUESSES = ("Thing", "Concept")


@dataclass(frozen=True, slots=True)
class ChunkReading:
    """What was read in one chunk: names with their types ("" for none), and claims."""

    chunk: Chunk
    names: tuple[tuple[End, str], ...] = ()
    claims: tuple[Claim, ...] = ()


def assemble(
    document: Document, readings: Sequence[ChunkReading], schema: Schema | None, extractor: str
) -> tuple[Extraction, list[Rejection]]:
    """Return what a document says, and the claims that do not fit the schema after all.

    Names of one document mean one entity if one shortens the other (`extractors.mini.naming`),
    under the type that it is given most often. Facts that several sentences state have each of
    them as evidence. Everything is sorted, so that the order of replies changes nothing.
    """
    entities = _entities(document, readings)
    mentions: dict[str, Mention] = {}
    facts: dict[str, Fact] = {}
    pieces: dict[str, dict[Span, TextEvidence]] = {}
    rejections: list[Rejection] = []
    for reading in readings:
        for mention in _mentions(document, reading, entities):
            mentions.setdefault(mention.id, mention)
        for claim in reading.claims:
            made = _fact(claim, entities, schema)
            if isinstance(made, Rejection):
                rejections.append(replace(made, chunk_id=reading.chunk.id))
                continue
            facts.setdefault(made.id, made)
            evidence = _evidence(document, reading.chunk, claim, extractor)
            own = pieces.setdefault(made.id, {})
            place = evidence.start, evidence.end
            if place not in own or own[place].score < evidence.score:
                own[place] = evidence
    order = sorted(mentions.values(), key=lambda m: (m.start, m.end, m.entity.id))
    resting = (
        facts[id].with_evidence(*(pieces[id][place] for place in sorted(pieces[id])))
        for id in sorted(facts)
    )
    return Extraction(tuple(order), tuple(resting)), rejections


def _entities(document: Document, readings: Sequence[ChunkReading]) -> dict[str, Entity]:
    """Return the entity of each name, by the name as the document says it."""
    names: list[Named] = []
    for reading in readings:
        names += [Named(end.text, kind or _guessed(end.text)) for end, kind in reading.names]
        for claim in reading.claims:
            ends = [(claim.head, claim.types[0]), (claim.tail, claim.types[1])]
            ends += [(end, "") for _, end in claim.roles]
            names += [
                Named(end.text, kind or _guessed(end.text))
                for end, kind in ends
                if end.literal is None
            ]
    sure = {name.text for name in names if name.type not in _GUESSES}
    # A guess does not outvote what a reply says.
    names = [name for name in names if name.text not in sure or name.type not in _GUESSES]
    found = entities_of(names, document.title)
    return {name.text: entity for name, entity in zip(names, found, strict=True)}


def _guessed(text: str) -> str:
    """Return the type of a name that none is given for: a common noun is a concept."""
    return "Concept" if text == text.lower() != text.upper() else "Thing"


def _mentions(
    document: Document, reading: ChunkReading, entities: dict[str, Entity]
) -> Iterable[Mention]:
    """Yield a mention wherever a name stands, the longest first where names overlap."""
    spans: dict[Span, End] = {}
    ends = [end for end, _ in reading.names]
    for claim in reading.claims:
        ends += [claim.head, claim.tail, *(end for _, end in claim.roles)]
    for end in ends:
        if end.literal is None:
            for span in end.spans:
                spans.setdefault(span, end)
    taken: list[Span] = []
    chunk = reading.chunk
    for start, stop in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if any(start < last and first < stop for first, last in taken):
            continue
        taken.append((start, stop))
        end = spans[start, stop]
        text = chunk.text[start:stop]
        first = chunk.start + start
        yield Mention(
            document.id, chunk.id, first, first + len(text), text, entities[end.text], end.score
        )


def _fact(claim: Claim, entities: dict[str, Entity], schema: Schema | None) -> Fact | Rejection:
    head = entities[claim.head.text]
    tail = claim.tail.literal or entities[claim.tail.text]
    row = claim.row.model_dump_json(exclude_defaults=True)
    if isinstance(tail, Entity) and tail.id == head.id:
        return Rejection.of("empty", row, f"both ends are {head.name!r}")
    if schema is not None:
        fitting = _fitting(schema, head, claim.relation, tail)
        if fitting is None:
            shape = tail.type if isinstance(tail, Entity) else tail.datatype
            reason = f"({head.type})-[{claim.relation}]->({shape}) is not in the schema"
            return Rejection.of("not in schema", row, reason)
        tail = fitting
    roles = {(name, end.text): end.literal or entities[end.text] for name, end in claim.roles}
    return Fact(
        head,
        claim.relation,
        tail,
        tuple(Qualifier(name, roles[name, text]) for name, text in sorted(roles)),
        Polarity.NEGATIVE if claim.row.denied else Polarity.POSITIVE,
        Modality.HEDGED if claim.row.hedged else Modality.ASSERTED,
        claim.row.relation,
    )


def _fitting(
    schema: Schema, head: Entity, relation: str, tail: Entity | Literal
) -> Entity | Literal | None:
    """Return the tail as a pattern of the schema wants it, None where none fits."""
    for pattern in schema.patterns:
        if pattern.relation != relation or pattern.head != head.type:
            continue
        if isinstance(tail, Entity):
            if pattern.tail == tail.type:
                return tail
        elif pattern.is_property and (value := as_datatype(tail, pattern.tail)) is not None:
            return value
    return None


def _evidence(document: Document, chunk: Chunk, claim: Claim, extractor: str) -> TextEvidence:
    start, end = claim.span
    first, last = chunk.start + start, chunk.start + end
    return TextEvidence(document.id, chunk.id, first, last, extractor, claim.score)
