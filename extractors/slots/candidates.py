"""What the passages answer: the values that may fill a slot, and which of them do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.slots.base import Span
from extractors.slots.confidence import SlotConfidence, fit_of
from extractors.slots.passages import Passage
from extractors.slots.questions import words_of
from extractors.slots.ranges import TIME, can_be, is_told, kind_of, value_of
from extractors.slots.wanted import Slot
from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact, Mention

__all__ = ["Source", "chosen", "fact_of", "may_answer"]


@dataclass(frozen=True, slots=True)
class Source:
    """A passage on an entity, and all mentions in its chunk."""

    passage: Passage
    mentions: tuple[Mention, ...]


def may_answer(slot: Slot, source: Source) -> bool:
    """Return whether a passage holds anything that could be the value of a slot at all."""
    if kind_of(slot.pattern.tail) == TIME:
        return any(c.isdigit() for c in source.passage.text)
    if not is_told(slot.pattern.tail):
        return True
    return any(
        mention.entity.id != slot.entity.id and can_be(mention.entity.type, slot.pattern.tail)
        for mention in source.mentions
        if mention.kind == "name"
    )


def fact_of(
    slot: Slot,
    source: Source,
    span: Span,
    made_by: str,
    *,
    confidence: SlotConfidence | None = None,
) -> Fact | None:
    """Return the fact that a span of a passage answers a slot with, or None where it cannot be
    its value. Its evidence is the sentence of the document that holds the span, with the span's
    score or, of that, what `confidence` makes."""
    passage = source.passage
    at = passage.in_document(span.start, span.end)
    sentence = passage.sentence(*at) if at else None
    if at is None or sentence is None:
        return None
    begin = passage.chunk.start
    inside = (at[0] - begin, at[1] - begin)
    moved = [_moved(mention, begin) for mention in source.mentions]
    tail = value_of(inside, passage.chunk.text, slot.pattern, moved)
    if tail is None or (isinstance(tail, Entity) and _is_same(tail, slot.entity)):
        return None
    chunk = passage.chunk
    score = round(span.score, 4)
    if confidence is not None:
        score = confidence.of(span.score, fit_of(at, slot.entity.id, source.mentions))
    said = TextEvidence(chunk.document_id, chunk.id, *sentence, made_by, score)
    words = " ".join(words_of(slot.pattern.relation))
    return Fact(slot.entity, slot.pattern.relation, tail, predicate=words, evidence=(said,))


def chosen(slot: Slot, found: Iterable[Fact]) -> list[Fact]:
    """Return the fact that fills a slot, or each one where it takes several values.

    The surest answer wins; of equals the one that more sentences give. It rests on all of them.
    """
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in found:
        groups[fact.id].append(fact)
    facts = [_joined(groups[id]) for id in sorted(groups)]
    facts.sort(key=lambda f: (-max(e.score for e in f.evidence), -len(f.evidence), f.id))
    return facts if slot.several else facts[:1]


def _joined(facts: Sequence[Fact]) -> Fact:
    best: dict[tuple[str, int], TextEvidence] = {}
    for fact in facts:
        for piece in fact.evidence:
            if isinstance(piece, TextEvidence):
                place = piece.document_id, piece.start
                if place not in best or piece.score > best[place].score:
                    best[place] = piece
    return facts[0].with_evidence(*(best[place] for place in sorted(best)))


def _moved(mention: Mention, by: int) -> Mention:
    at = (mention.document_id, mention.chunk_id, mention.start - by, mention.end - by)
    return Mention(*at, mention.text, mention.entity, mention.score, mention.kind)


def _is_same(one: Entity, other: Entity) -> bool:
    return one.id == other.id or one.name.casefold() == other.name.casefold()
