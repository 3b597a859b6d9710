"""What a graph store holds, said in a way that fits every store, and what a ledger asks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from kgkit.evidence import TextEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier
from stores.ledger import Ledger
from stores.property_graph.naming import property_name, relationship_type
from stores.property_graph.shape import LiteralValue, property_value

#: Property names that a qualifier of an edge may not take.
RESERVED = frozenset({"id", "predicate", "confidence", "support", "evidence"})
ON_STATEMENTS = RESERVED | {"relation", "value", "unit"}


@dataclass(frozen=True)
class Content:
    """Records as plain tuples; the values in them stand as `repr`, so that 1 is not 1.0."""

    #: (id, uri, title)
    documents: set[tuple[str, ...]] = field(default_factory=set)
    #: (id, id of the document, ordinal, start, end, text)
    chunks: set[tuple[Any, ...]] = field(default_factory=set)
    #: (id of the entity, id of the chunk, spans)
    mentions: set[tuple[Any, ...]] = field(default_factory=set)
    #: (id, name, type, aliases)
    entities: set[tuple[Any, ...]] = field(default_factory=set)
    #: (id of the entity, name of the property, value)
    values: set[tuple[str, str, str]] = field(default_factory=set)
    #: (id of the fact, head, relationship type, tail, predicate, confidence, pieces of evidence,
    #: ids of chunks, qualifiers that hold a literal)
    links: set[tuple[Any, ...]] = field(default_factory=set)
    #: (id of the fact, relationship type, value, ends and roles)
    statements: set[tuple[Any, ...]] = field(default_factory=set)

    def difference(self, other: Content) -> dict[str, tuple[set[Any], set[Any]]]:
        """Return by kind what is only here and what is only there; nothing when they agree."""
        found = {}
        for part in fields(self):
            mine, theirs = getattr(self, part.name), getattr(other, part.name)
            if mine != theirs:
                found[part.name] = (mine - theirs, theirs - mine)
        return found


def expected(ledger: Ledger) -> Content:
    """Return what every graph store has to hold once it has followed a ledger."""
    content = Content()
    content.documents.update((d.id, d.uri, d.title) for d in ledger.documents())
    for chunk in ledger.chunks():
        place = (chunk.ordinal, chunk.start, chunk.end)
        content.chunks.add((chunk.id, chunk.document_id, *place, chunk.text))
    spans: defaultdict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    for mention in ledger.mentions():
        spans[mention.entity.id, mention.chunk_id].add((mention.start, mention.end))
    content.mentions.update((*pair, tuple(sorted(found))) for pair, found in spans.items())
    content.entities.update((e.id, e.name, e.type, e.aliases) for e in ledger.entities())
    facts = [fact for fact in ledger.facts() if fact.is_asserted]
    add_facts(content, facts)
    return content


def add_facts(content: Content, facts: Iterable[Fact]) -> None:
    """Add what asserted facts come to: links, values and statements."""
    by_name: defaultdict[tuple[str, str], list[LiteralValue]] = defaultdict(list)
    for fact in facts:
        relation = relationship_type(fact.relation)
        third = [q for q in fact.qualifiers if isinstance(q.value, Entity)]
        if isinstance(fact.tail, Entity):
            content.links.add(
                (
                    fact.id,
                    *(fact.head.id, relation, fact.tail.id),
                    fact.predicate or fact.relation,
                    fact.confidence,
                    len(fact.evidence),
                    chunks_of(fact),
                    literals_of(fact.qualifiers, RESERVED),
                )
            )
        else:
            value = literal_value(fact.relation, fact.tail)
            by_name[fact.head.id, value.name].append(value)
        if third or (fact.qualifiers and isinstance(fact.tail, Literal)):
            content.statements.add(statement(fact, relation, third))
    for (entity, _), found in by_name.items():
        content.values.update((entity, n, repr(v)) for n, v in property_value(found).items())


def statement(fact: Fact, relation: str, third: Iterable[Qualifier]) -> tuple[Any, ...]:
    """Return how a fact with more than two roles is kept."""
    ends = [("HEAD", fact.head.id)]
    value = None
    if isinstance(fact.tail, Entity):
        ends.append(("TAIL", fact.tail.id))
    else:
        value = stored(fact.tail.value)
    ends += [(relationship_type(q.role), q.value.id) for q in third if isinstance(q.value, Entity)]
    return (fact.id, relation, repr(value), tuple(sorted(ends)))


def literal_value(relation: str, tail: Literal) -> LiteralValue:
    """Return what a literal adds to a property of its head."""
    name = property_name(relation)
    return LiteralValue(name, tail.datatype, stored(tail.value), tail.unit or "")


def literals_of(
    qualifiers: Iterable[Qualifier], reserved: frozenset[str]
) -> tuple[tuple[str, str], ...]:
    """Return the qualifiers that hold a literal, as names and values in order."""
    found = [
        (property_name(q.role, reserved), repr(stored(q.value.value)))
        for q in qualifiers
        if isinstance(q.value, Literal)
    ]
    return tuple(sorted(found))


def chunks_of(fact: Fact) -> tuple[str, ...]:
    """Return the ids of the chunks that are evidence of a fact."""
    return tuple(sorted({e.chunk_id for e in fact.evidence if isinstance(e, TextEvidence)}))


def stored(value: Any) -> Any:
    """Return a value as 64 bits hold it: a whole number that does not fit is text."""
    too_big = isinstance(value, int) and not -(2**63) <= value < 2**63
    return str(value) if too_big else value
