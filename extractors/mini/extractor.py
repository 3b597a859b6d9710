"""The built-in extractor: names, pronouns and clauses of a document as mentions and facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.base import Extraction
from extractors.mini.clauses.reading import clauses_of
from extractors.mini.clauses.tree import Tree
from extractors.mini.confidence import with_probabilities
from extractors.mini.naming import bare_title, entities_of
from extractors.mini.relations.joining import joined
from extractors.mini.relations.names import relation_names
from extractors.mini.spotting import NAME_TYPES, name_bounds, name_of, with_acronyms, with_title
from extractors.mini.statements import Statement, statements
from extractors.mini.syntax import Sentence
from extractors.mini.values import Reader
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Mention, Modality, Polarity

if TYPE_CHECKING:
    from extractors.mini.pronouns import Link
    from extractors.mini.relations.document import RelationFinder

__all__ = ["LEAST_SURE", "MiniExtractor", "read"]

#: How far a kind of construction is trusted.
_TRUST = {
    "verb": 0.9,
    "copula": 0.9,
    "lifespan": 0.9,
    "apposition": 0.8,
    "possessive": 0.8,
    "title": 0.75,
}
#: A pronoun whose likeliest antecedent is less probable than this is left unresolved.
_SURE = 0.5

#: A pronoun counts as resolved from this probability on.
LEAST_SURE = 0.5

#: The entity of each token (sentence, token) that is part of a name or a resolved pronoun.
_Places = dict[tuple[int, int], tuple[Entity, float]]


class MiniExtractor:
    """Reads documents with the bundled encoder and the rules over its parse; no network, no key."""

    name = "mini"

    def __init__(self, *, relations: bool = True, calibrated: bool = True) -> None:
        self._relations = relations
        self._calibrated = calibrated

    @property
    def version(self) -> str:
        """What its results depend on: code and weights, and what is switched off."""
        switched_off = ("" if self._relations else "-clauses") + (
            "" if self._calibrated else "-raw"
        )
        return f"3{switched_off}"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the document's mentions and facts, sorted; every span lies in one chunk.

        Raises `ModelError` where the bundled weights are missing or damaged.
        """
        return self.extract_again(document, chunks, "")

    def extract_again(self, document: Document, chunks: Sequence[Chunk], notes: str) -> Extraction:
        """Return the same as `extract`, without reading again what the notes of an earlier
        version hold. Raises what `extract` raises."""
        from extractors.mini.load import load_mini
        from extractors.mini.rereading import read_units

        of_units, _, of_sections = notes.partition("\n")
        reading = read_units(load_mini(), chunks, of_units)
        finder = _finder(of_sections) if self._relations else None
        found = read(document, chunks, reading.sentences, reading.links, finder)
        if self._calibrated:
            found = replace(found, facts=with_probabilities(found.facts))
        kept = [reading.notes, finder.noted.dump()] if finder else [reading.notes]
        return replace(found, notes="\n".join(kept) if reading.notes else "")


def read(
    document: Document,
    chunks: Sequence[Chunk],
    sentences: Sequence[Sentence],
    links: Iterable[Link] = (),
    finder: RelationFinder | None = None,
) -> Extraction:
    """Return mentions and facts of a parsed document; `links` says whom its pronouns mean, and
    `finder` adds facts between the names of the whole document."""
    about = bare_title(document.title)
    marked = [with_title(with_acronyms(sentence), document.text, about) for sentence in sentences]
    spans = [(n, span) for n, sentence in enumerate(marked) for span in sentence.spans]
    spans = [(n, span) for n, span in spans if span.type in NAME_TYPES]
    names = [name_of(document.text, marked[n], span) for n, span in spans]
    entities = entities_of(names, document.title)
    places: _Places = {}
    where = _Where(chunks)
    mentions: list[Mention] = []
    for (n, span), entity in zip(spans, entities, strict=True):
        for token in range(span.first, span.last):
            places[n, token] = entity, span.score
        start, end = name_bounds(marked[n], span)
        mentions.extend(_mention(document, where, (start, end), entity, span.score))
    for link in links:
        antecedent = link.span_sentence, link.span.first
        if link.probability >= LEAST_SURE and antecedent in places:
            entity, score = places[antecedent][0], link.probability
            places[link.sentence, link.token] = entity, score
            bounds = marked[link.sentence].extent(link.token, link.token + 1)
            found = _mention(document, where, bounds, entity, score)
            mentions.extend(replace(mention, kind="pronoun") for mention in found)
    facts = _facts(document, marked, places, where)
    if finder is not None:
        named = [(n, span, entity) for (n, span), entity in zip(spans, entities, strict=True)]
        related = finder.facts(document, marked, named, where.chunk_id)
        facts = joined(relation_names(), facts, related)
    mentions.sort(key=lambda mention: (mention.start, mention.end, mention.entity.id))
    return Extraction(tuple(mentions), facts)


def _finder(notes: str) -> RelationFinder:
    from extractors.mini.relations.document import RelationFinder
    from extractors.mini.relations.load import load_relation_reader
    from extractors.mini.relations.sections import load_sections

    return RelationFinder(load_relation_reader(), "mini-relations/1", load_sections(notes))


class _Where:
    """Finds the chunk that holds a span of the document."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self.chunks = sorted(chunks, key=lambda chunk: chunk.start)
        self.starts = [chunk.start for chunk in self.chunks]
        self.ids = [chunk.id for chunk in self.chunks]

    def chunk_id(self, start: int, end: int) -> str:
        """Return the id of the chunk around [start, end), empty where there is none."""
        place = bisect_right(self.starts, start) - 1
        if place < 0 or end > self.chunks[place].end:
            return ""
        return self.ids[place]


def _mention(
    document: Document, where: _Where, bounds: tuple[int, int], entity: Entity, score: float
) -> list[Mention]:
    start, end = bounds
    chunk = where.chunk_id(start, end)
    if not chunk or start >= end:
        return []
    text = document.text[start:end]
    return [Mention(document.id, chunk, start, end, text, entity, round(score, 4))]


def _facts(
    document: Document, sentences: Sequence[Sentence], places: _Places, where: _Where
) -> tuple[Fact, ...]:
    by_sentence: dict[int, dict[int, tuple[Entity, float]]] = {}
    for (n, token), entity in places.items():
        by_sentence.setdefault(n, {})[token] = entity
    found: dict[str, Fact] = {}
    spans: dict[str, dict[tuple[int, int], TextEvidence]] = {}
    for n, sentence in enumerate(sentences):
        tree = Tree(sentence)
        reader = Reader(tree, by_sentence.get(n, {}), document.text)
        for clause in clauses_of(tree):
            for statement in statements(reader, clause):
                evidence = _evidence(document, sentence, statement, where)
                if evidence is not None:
                    fact = _fact(statement)
                    found.setdefault(fact.id, fact)
                    place = evidence.start, evidence.end
                    spans.setdefault(fact.id, {}).setdefault(place, evidence)
    return tuple(
        found[id].with_evidence(*(spans[id][place] for place in sorted(spans[id])))
        for id in sorted(found)
    )


def _evidence(
    document: Document, sentence: Sentence, statement: Statement, where: _Where
) -> TextEvidence | None:
    clause = statement.clause
    start, end = clause.extent(sentence)
    first, last = sentence.extent(statement.tokens[0], statement.tokens[-1] + 1)
    start, end = min(start, first), max(end, last)
    chunk = where.chunk_id(start, end)
    if not chunk:
        return None
    score = round(_TRUST[clause.kind] * clause.score * statement.score, 4)
    return TextEvidence(document.id, chunk, start, end, "mini/1", score)


def _fact(statement: Statement) -> Fact:
    clause = statement.clause
    return Fact(
        head=statement.head,
        relation=statement.relation.name,
        tail=statement.tail,
        qualifiers=statement.qualifiers,
        polarity=Polarity.NEGATIVE if clause.negated else Polarity.POSITIVE,
        modality=Modality.HEDGED if clause.hedged else Modality.ASSERTED,
        predicate=statement.relation.words,
    )
