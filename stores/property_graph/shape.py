"""What the graph shows of records: the properties of nodes, and the parts that a fact becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Literal, Mention
from stores.property_graph.naming import property_name, relationship_type

__all__ = [
    "Edge",
    "LiteralValue",
    "Statement",
    "chunk_row",
    "document_row",
    "edge_of",
    "entity_row",
    "literal_of",
    "mention_edges",
    "property_value",
    "statement_of",
]

_EDGE_PROPERTIES = frozenset({"id", "predicate", "confidence", "support", "evidence"})
_STATEMENT_PROPERTIES = _EDGE_PROPERTIES | {"relation", "value", "unit"}
_LONG = 2**63


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship between two nodes, given by their ids."""

    start: str
    type: str
    end: str
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """A node that stands for a fact with more than two roles, and its role edges."""

    properties: dict[str, Any]
    roles: tuple[Edge, ...]


@dataclass(frozen=True, slots=True, order=True)
class LiteralValue:
    """What a literal fact adds to a property of its head: the value and its unit."""

    name: str
    datatype: str
    value: Any
    unit: str


def document_row(document: Document) -> dict[str, Any]:
    """Return the properties of a document's node."""
    return {"id": document.id, "uri": document.uri, "title": document.title}


def chunk_row(chunk: Chunk) -> dict[str, Any]:
    """Return the properties of a chunk's node; offsets count characters of the document."""
    return {
        "id": chunk.id,
        "ordinal": chunk.ordinal,
        "start": chunk.start,
        "end": chunk.end,
        "text": chunk.text,
    }


def entity_row(entity: Entity) -> dict[str, Any]:
    """Return the properties that every entity's node has; no aliases are None."""
    aliases = list(entity.aliases) or None
    return {"id": entity.id, "name": entity.name, "type": entity.type, "aliases": aliases}


def mention_edges(mentions: Iterable[Mention]) -> list[Edge]:
    """Return one MENTIONED_IN edge for each pair of entity and chunk, with the spans in order."""
    spans: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for mention in mentions:
        pair = (mention.entity.id, mention.chunk_id)
        spans.setdefault(pair, set()).add((mention.start, mention.end))
    return [
        Edge(
            entity,
            "MENTIONED_IN",
            chunk,
            {"spans": [f"{a}:{b}" for a, b in sorted(found)], "count": len(found)},
        )
        for (entity, chunk), found in spans.items()
    ]


def edge_of(fact: Fact) -> Edge | None:
    """Return the edge of a fact between entities; None for other facts.

    Qualifiers that hold a literal, such as times, are properties of the edge.
    """
    if not isinstance(fact.tail, Entity):
        return None
    properties = _properties(fact, _EDGE_PROPERTIES)
    return Edge(fact.head.id, relationship_type(fact.relation), fact.tail.id, properties)


def literal_of(fact: Fact) -> LiteralValue | None:
    """Return what a fact with a literal tail adds to its head; None for other facts."""
    if not isinstance(fact.tail, Literal):
        return None
    tail = fact.tail
    name = property_name(fact.relation)
    return LiteralValue(name, tail.datatype, _storable(tail.value), tail.unit or "")


def statement_of(fact: Fact) -> Statement | None:
    """Return the node and role edges of a fact with more than two roles; None for other facts.

    An edge cannot point at a third entity and a property cannot be qualified, so these are
    facts with an entity among their qualifiers, or a literal tail and any qualifier.
    """
    roles = [(q.role, q.value.id) for q in fact.qualifiers if isinstance(q.value, Entity)]
    literal = fact.tail if isinstance(fact.tail, Literal) else None
    if not roles and not (literal and fact.qualifiers):
        return None
    properties = _properties(fact, _STATEMENT_PROPERTIES)
    properties["relation"] = relationship_type(fact.relation)
    ends = [("HEAD", fact.head.id), *((relationship_type(r), id) for r, id in sorted(roles))]
    if isinstance(fact.tail, Entity):
        ends.insert(1, ("TAIL", fact.tail.id))
    else:
        properties |= {"value": _storable(fact.tail.value), "unit": fact.tail.unit}
    return Statement(properties, tuple(Edge(fact.id, type, id) for type, id in ends))


def property_value(values: Sequence[LiteralValue]) -> dict[str, Any]:
    """Return the property, and its unit, that these values of one name make; none make None.

    Several values are a list in order; a list of mixed types is a list of text.
    """
    name = values[0].name
    distinct = sorted({(v.datatype, str(v.value), v.unit): v for v in values}.items())
    shown = [value.value for _, value in distinct]
    units = [value.unit for _, value in distinct]
    if len({_family(value) for value in shown}) > 1:
        shown = [v.isoformat() if isinstance(v, date) else str(v) for v in shown]
    elif not isinstance(shown[0], str):
        order = sorted(range(len(shown)), key=lambda i: (shown[i], units[i]))
        shown, units = [shown[i] for i in order], [units[i] for i in order]
    one = len(shown) == 1
    made = {name: shown[0] if one else shown}
    if any(units):
        made[f"{name}_unit"] = units[0] if one else units
    return made


def _properties(fact: Fact, reserved: frozenset[str]) -> dict[str, Any]:
    chunks = {piece.chunk_id for piece in fact.evidence if isinstance(piece, TextEvidence)}
    times: dict[str, list[Any]] = {}
    for qualifier in fact.qualifiers:
        if isinstance(qualifier.value, Literal):
            name = property_name(qualifier.role, reserved)
            times.setdefault(name, []).append(_storable(qualifier.value.value))
    return {
        "id": fact.id,
        "predicate": fact.predicate or fact.relation,
        "confidence": fact.confidence,
        "support": len(fact.evidence),
        "evidence": sorted(chunks),
        **{name: found[0] if len(found) == 1 else found for name, found in sorted(times.items())},
    }


def _storable(value: Any) -> Any:
    if isinstance(value, int) and not -_LONG <= value < _LONG:
        return str(value)
    return value


def _family(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, datetime):
        return "aware" if value.tzinfo else "naive"
    return type(value).__name__
