"""Links: what a walk goes along. A fact is one, and so is a sentence that names two things."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention
from reasoning.answers.literals import literals
from reasoning.answers.words import Word, roots, words

__all__ = ["End", "Link", "Spots", "Text", "fact_link", "sentence_links", "texts_of"]


#: Where each chunk's sentences name each entity: (chunk id, entity id) -> spans.
Spots = Mapping[tuple[str, str], Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class End:
    """Something a link touches: `role` is head, tail, subject (what the document is about),
    mention, or the role of a qualifier; [start, end) says where the sentence names it, -1 where
    it does not."""

    value: Entity | Literal
    role: str
    start: int = -1
    end: int = -1

    @property
    def key(self) -> str:
        """What tells this end from others: the entity's id, or the literal written out."""
        value = self.value
        return value.id if isinstance(value, Entity) else "|".join(value.canonical())

    @property
    def name(self) -> str:
        """The name or the written value."""
        value = self.value
        return value.name if isinstance(value, Entity) else value.text or str(value.value)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence: document characters [start, end), its words, and its fit to the question in
    [0, 1]."""

    document: Document
    chunk_id: str
    start: int
    end: int
    words: tuple[Word, ...]
    fit: float

    @property
    def quote(self) -> str:
        """The characters of the sentence."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Link:
    """What joins its ends: a fact with its best sentence, or a sentence alone.

    `phrase` holds the relation of a fact in words ("born in"), `stems` its roots and those of the
    words it was read from; `clause` is the [start, end) of
    the evidence within the sentence.
    """

    ends: tuple[End, ...]
    phrase: str
    stems: frozenset[str]
    fact: Fact | None
    text: Text | None
    clause: tuple[int, int] = (0, 0)

    @property
    def meaning(self) -> str:
        """The words to compare a fact by: those it was read from, else its relation's."""
        return (self.fact.predicate.lower() if self.fact else "") or self.phrase

    @property
    def fit(self) -> float:
        """The fit of the sentence to the question, 0 without one."""
        return self.text.fit if self.text else 0.0


def fact_link(fact: Fact, texts: Mapping[str, Sequence[Text]], spots: Spots) -> Link:
    """Return the link of a fact with the sentence of its evidence that fits the question best.

    `texts` holds the sentences of each chunk at hand; evidence elsewhere gives no sentence.
    """
    phrase = fact.relation.lower().replace("_", " ")
    best: tuple[float, TextEvidence, Text] | None = None
    for piece in fact.evidence:
        if not isinstance(piece, TextEvidence):
            continue
        for text in texts.get(piece.chunk_id, ()):
            inside = text.start <= piece.start and piece.end <= text.end
            if inside and (best is None or text.fit > best[0]):
                best = (text.fit, piece, text)
    chosen = best[2] if best else None
    pairs: list[tuple[Entity | Literal, str]] = [(fact.head, "head"), (fact.tail, "tail")]
    pairs += [(q.value, q.role) for q in fact.qualifiers]
    ends = tuple(End(value, role, *_spot(value, chosen, spots)) for value, role in pairs)
    clause = (best[1].start, best[1].end) if best else (0, 0)
    return Link(ends, phrase, roots(f"{phrase} {fact.predicate}"), fact, chosen, clause)


def sentence_links(text: Text, mentions: Sequence[Mention], subject: Entity | None) -> Link | None:
    """Return the link of a sentence with what it names, dates and numbers among it.

    `subject` is what its document is about: "He was born in Rome" names it by a pronoun. None
    when the sentence joins nothing.
    """
    ends: list[End] = []
    seen: set[str] = set()
    for mention in mentions:
        if (
            text.start <= mention.start
            and mention.end <= text.end
            and mention.entity.id not in seen
        ):
            seen.add(mention.entity.id)
            ends.append(End(mention.entity, "mention", mention.start, mention.end))
    if subject is not None and subject.id not in seen:
        ends.append(End(subject, "subject"))
    for start, end, literal in literals(text.quote):
        spot = (text.start + start, text.start + end)
        if not any(e.start < spot[1] and spot[0] < e.end for e in ends):
            ends.append(End(literal, "mention", *spot))
    if len(ends) < 2:
        return None
    return Link(tuple(ends), "", frozenset(), None, text, (text.start, text.end))


def texts_of(chunk: Chunk, document: Document, fits: Mapping[tuple[int, int], float]) -> list[Text]:
    """Return the sentences of a chunk with their fits; a sentence without one fits 0."""
    found = []
    for start, end in chunk.sentences:
        quote = document.text[start:end]
        shifted = tuple(Word(w.start + start, w.end + start, w.text, w.root) for w in words(quote))
        found.append(Text(document, chunk.id, start, end, shifted, fits.get((start, end), 0.0)))
    return found


def _spot(value: Entity | Literal, text: Text | None, spots: Spots) -> tuple[int, int]:
    """Return where the sentence names the value, (-1, -1) where it does not."""
    if text is None:
        return -1, -1
    if isinstance(value, Entity):
        for start, end in spots.get((text.chunk_id, value.id), ()):
            if text.start <= start and end <= text.end:
                return start, end
    name = value.name if isinstance(value, Entity) else value.text
    found = re.search(re.escape(name), text.quote) if name else None
    return (text.start + found.start(), text.start + found.end()) if found else (-1, -1)
