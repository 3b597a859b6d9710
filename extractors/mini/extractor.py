"""The built-in extractor: names, pronouns and clauses of a document as mentions and facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from extractors.base import Extraction
from extractors.mini.clauses.clause import Clause
from extractors.mini.clauses.reading import clauses_of
from extractors.mini.clauses.tree import Tree
from extractors.mini.naming import Named, entities_of
from extractors.mini.statements import Statement, statements
from extractors.mini.syntax import Sentence, Span
from extractors.mini.values import Reader
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Mention, Modality, Polarity

__all__ = ["MiniExtractor", "read"]

#: How far a kind of construction is trusted.
_TRUST = {
    "verb": 0.9,
    "copula": 0.9,
    "lifespan": 0.9,
    "apposition": 0.8,
    "possessive": 0.8,
    "title": 0.75,
}
_NAMES = frozenset({"Person", "Organization", "Location", "Misc"})
_ARTICLES = frozenset({"the", "a", "an"})

#: The entity of each token (sentence, token) that is part of a name or a resolved pronoun.
Places = dict[tuple[int, int], tuple[Entity, float]]


class MiniExtractor:
    """Reads documents with the bundled encoder and the rules over its parse; no network, no key."""

    name = "mini"
    version = "1"

    def extract(self, document: Document, chunks: Sequence[Chunk]) -> Extraction:
        """Return the document's mentions and facts, sorted; every span lies in one chunk.

        Raises `ModelError` where the bundled weights are missing or damaged.
        """
        from extractors.mini.load import load_mini

        mini = load_mini()
        bounds = [bounds for chunk in chunks for bounds in chunk.sentences]
        sentences = mini.analyse(document.text, bounds)
        links = mini.resolve(document.text, sentences)
        return read(document, chunks, sentences, links)


def read(
    document: Document,
    chunks: Sequence[Chunk],
    sentences: Sequence[Sentence],
    links: Mapping[tuple[int, int], tuple[int, int, float]] | None = None,
) -> Extraction:
    """Return mentions and facts of a parsed document.

    `links` maps a pronoun (sentence, token) to the name it stands for: sentence, token and the
    probability of the link.
    """
    marked = [_with_acronyms(sentence) for sentence in sentences]
    spans = [(n, span) for n, sentence in enumerate(marked) for span in sentence.spans]
    spans = [(n, span) for n, span in spans if span.type in _NAMES]
    names = [_named(document.text, marked[n], span) for n, span in spans]
    entities = entities_of(names, document.title)
    places: Places = {}
    where = _Where(chunks)
    mentions: list[Mention] = []
    for (n, span), entity in zip(spans, entities, strict=True):
        for token in range(span.first, span.last):
            places[n, token] = entity, span.score
        start, end = _bounds(marked[n], span)
        mentions.extend(_mention(document, where, (start, end), entity, span.score))
    for (n, token), (other, antecedent, score) in sorted((links or {}).items()):
        if (other, antecedent) in places:
            entity = places[other, antecedent][0]
            places[n, token] = entity, score
            bounds = marked[n].extent(token, token + 1)
            mentions.extend(_mention(document, where, bounds, entity, score))
    facts = _facts(document, marked, places, where)
    mentions.sort(key=lambda mention: (mention.start, mention.end, mention.entity.id))
    return Extraction(tuple(mentions), facts)


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
    document: Document, sentences: Sequence[Sentence], places: Places, where: _Where
) -> tuple[Fact, ...]:
    by_sentence: dict[int, dict[int, tuple[Entity, float]]] = {}
    for (n, token), entity in places.items():
        by_sentence.setdefault(n, {})[token] = entity
    found: dict[str, Fact] = {}
    for n, sentence in enumerate(sentences):
        tree = Tree(sentence)
        reader = Reader(tree, by_sentence.get(n, {}), document.text)
        for clause in clauses_of(tree):
            for statement in statements(reader, clause):
                fact = _fact(document, sentence, statement, where)
                if fact is not None:
                    known = found.get(fact.id)
                    found[fact.id] = fact if known is None else _merged(known, fact)
    return tuple(found[id] for id in sorted(found))


def _fact(
    document: Document, sentence: Sentence, statement: Statement, where: _Where
) -> Fact | None:
    clause: Clause = statement.clause
    start, end = clause.extent(sentence)
    first, last = sentence.extent(statement.tokens[0], statement.tokens[-1] + 1)
    start, end = min(start, first), max(end, last)
    chunk = where.chunk_id(start, end)
    if not chunk:
        return None
    score = round(_TRUST[clause.kind] * clause.score * statement.score, 4)
    return Fact(
        head=statement.head,
        relation=statement.relation.name,
        tail=statement.tail,
        qualifiers=statement.qualifiers,
        polarity=Polarity.NEGATIVE if clause.negated else Polarity.POSITIVE,
        modality=Modality.HEDGED if clause.hedged else Modality.ASSERTED,
        predicate=statement.relation.words,
        evidence=(TextEvidence(document.id, chunk, start, end, "mini/1", score),),
    )


def _merged(known: Fact, fact: Fact) -> Fact:
    """Return one fact with the evidence of both, in order of the text."""
    pieces = {
        (e.start, e.end): e
        for e in reversed((*known.evidence, *fact.evidence))
        if isinstance(e, TextEvidence)
    }
    return known.with_evidence(*(pieces[key] for key in sorted(pieces)))


def _bounds(sentence: Sentence, span: Span) -> tuple[int, int]:
    """Return the characters of a name without an article before it and a genitive after it."""
    first, last = span.first, span.last
    while first < last - 1 and sentence.tokens[first].text in _ARTICLES:
        first += 1
    while last > first + 1 and sentence.tokens[last - 1].xpos == "POS":
        last -= 1
    return sentence.extent(first, last)


def _named(text: str, sentence: Sentence, span: Span) -> Named:
    start, end = _bounds(sentence, span)
    before = ""
    opening = span.first - 1
    if opening > 0 and sentence.tokens[opening].text == "(" and _acronym(text[start:end]):
        long = next((s for s in sentence.spans if s.last == opening), None)
        if long is not None and _abbreviates(text[start:end], sentence, long):
            first, last = _bounds(sentence, long)
            before = text[first:last]
    return Named(" ".join(text[start:end].split()), span.type, before)


def _with_acronyms(sentence: Sentence) -> Sentence:
    """Return the sentence with a span for each acronym in brackets after the name it shortens."""
    added: list[Span] = []
    for span in sentence.spans:
        place = span.last + 1
        if span.type not in _NAMES or place + 1 >= len(sentence.tokens):
            continue
        if sentence.tokens[span.last].text != "(" or sentence.tokens[place + 1].text != ")":
            continue
        word = sentence.tokens[place].text
        free = sentence.span_at(place) is None
        if free and _acronym(word) and _abbreviates(word, sentence, span):
            added.append(Span(place, place + 1, span.type, span.score))
    if not added:
        return sentence
    spans = tuple(sorted((*sentence.spans, *added), key=lambda span: span.first))
    return Sentence(sentence.start, sentence.end, sentence.tokens, spans)


def _acronym(word: str) -> bool:
    return 2 <= len(word) <= 8 and sum(c.isupper() for c in word) >= 2 and " " not in word


def _abbreviates(word: str, sentence: Sentence, span: Span) -> bool:
    """Whether the capitals of an acronym are initials of the name, in order."""
    initials = iter(t.text[:1].upper() for t in sentence.tokens[span.first : span.last])
    return all(any(c == initial for initial in initials) for c in word.upper() if c.isalpha())
