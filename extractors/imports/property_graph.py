"""Nodes and relationships of a property graph as facts, whichever engine they come from.

A node is an entity, each of its properties a fact with a literal; a relationship is a fact, its
properties qualifiers. A graph that kgkit wrote is known by its shape: ids are then
kept, and what the edges say of confidence and wording is taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from extractors.imports.base import Imported, RefusedRow
from extractors.imports.names import (
    entity_of,
    is_iri,
    keyed_entity,
    local_name,
    relation_name,
    role_name,
    type_name,
    words,
)
from extractors.imports.values import is_missing, make_literal
from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier

__all__ = ["NodeRecord", "RelationshipRecord", "node_facts", "relationship_facts"]

_NAMES = ("name", "title", "label", "prefLabel", "rdfs__label")
_KEYS = ("id", "uri", "iri", "key", "uuid")
_OWN_NODE = frozenset({"id", "name", "type", "aliases"})
_OWN_EDGE = frozenset({"id", "predicate", "confidence", "support", "evidence"})


class NodeRecord(Protocol):
    """A node: labels and properties, and an id that is a property or made of both."""

    @property
    def labels(self) -> Sequence[str]:
        """Its labels."""

    @property
    def properties(self) -> Mapping[str, Any]:
        """Its properties."""

    @property
    def id(self) -> str:
        """What it is known by."""


class RelationshipRecord(Protocol):
    """A relationship: type and properties, and an id that is a property or made of both."""

    @property
    def type(self) -> str:
        """Its type."""

    @property
    def properties(self) -> Mapping[str, Any]:
        """Its properties."""

    @property
    def id(self) -> str:
        """What it is known by."""


def node_facts(node: NodeRecord, source: str, *, own: bool = False) -> Iterator[Imported]:
    """Yield one fact a property of a node; one without any has its name as LABEL.

    `own` says that kgkit wrote the graph. A property that no literal can hold is a refused row.
    """
    try:
        entity, used = _entity(node, own)
    except InputError as error:
        yield RefusedRow(source, f"node {node.id}", str(error))
        return
    evidence = ImportEvidence(source, f"node {node.id}")
    found = 0
    for name, value in sorted(node.properties.items()):
        if name in used or (own and _is_unit(name, node.properties)):
            continue
        units = node.properties.get(f"{name}_unit") if own else None
        try:
            facts = list(_literals(entity, name, value, units))
        except InputError as error:
            yield RefusedRow(source, f"node {node.id}", f"property {name!r}: {error}")
            continue
        found += len(facts)
        yield from (fact.with_evidence(evidence) for fact in facts)
    if not found:
        label = Fact(entity, "LABEL", Literal(entity.name), predicate="label")
        yield label.with_evidence(evidence)


def relationship_facts(
    ends: tuple[NodeRecord, NodeRecord],
    relationship: RelationshipRecord,
    source: str,
    *,
    own: bool = False,
) -> Iterator[Imported]:
    """Yield the fact of a relationship between two nodes, or why there is none.

    `own` says that kgkit wrote the graph.
    """
    row = f"relationship {relationship.id}"
    try:
        fact, score = _fact(ends, relationship, own)
    except InputError as error:
        yield RefusedRow(source, row, str(error))
        return
    yield fact.with_evidence(ImportEvidence(source, row, score))


def _entity(node: NodeRecord, own: bool) -> tuple[Entity, frozenset[str]]:
    """Return the entity of a node, and the properties that went into it."""
    properties = node.properties
    if own:
        aliases = tuple(map(str, properties.get("aliases") or ()))
        name, kind = str(properties["name"]), str(properties.get("type") or "Thing")
        return Entity(str(properties["id"]), name, kind, aliases), _OWN_NODE
    # Labels that begin with an underscore mark what a tool did, not what a thing is.
    labels = sorted(label for label in node.labels if not label.startswith("_"))
    plain = [label for label in labels if label not in ("Entity", "Resource", "Thing")]
    kind = type_name((plain or labels or [""])[0])
    key = next((k for k in _KEYS if not is_missing(properties.get(k))), None)
    name_of = next((n for n in _NAMES if not is_missing(properties.get(n))), None)
    used = frozenset(filter(None, (key, name_of)))
    shown = properties[name_of] if name_of else None
    if key is None and name_of is None:
        return Entity(node.id, kind, kind), used
    if key is None:
        return entity_of(shown, kind), used
    if shown is None:
        text = words(properties[key])
        shown = local_name(text) if is_iri(text) else text
    return keyed_entity(properties[key], shown, kind), used


def _literals(entity: Entity, name: str, value: Any, units: Any) -> Iterator[Fact]:
    values = value if isinstance(value, list | tuple) else [value]
    each = units if isinstance(units, list | tuple) else [units] * len(values)
    for part, unit in zip(values, each, strict=False):
        if not is_missing(part):
            # What is text in a graph that has types was meant as text.
            literal = make_literal(part, "string" if isinstance(part, str) else "", unit or None)
            yield Fact(entity, relation_name(name), literal, predicate=name)


def _fact(
    ends: tuple[NodeRecord, NodeRecord], relationship: RelationshipRecord, own: bool
) -> tuple[Fact, float]:
    properties = relationship.properties
    head, tail = (_entity(node, own)[0] for node in ends)
    qualifiers = tuple(
        Qualifier(role_name(name), make_literal(part, "string" if isinstance(part, str) else ""))
        for name, value in sorted(properties.items())
        if not (own and name in _OWN_EDGE)
        for part in (value if isinstance(value, list | tuple) else [value])
        if not is_missing(part)
    )
    predicate = str(properties.get("predicate") or "") if own else ""
    relation = relation_name(relationship.type)
    fact = Fact(head, relation, tail, qualifiers, predicate=predicate or relationship.type)
    return fact, float(properties.get("confidence", 1.0)) if own else 1.0


def _is_unit(name: str, properties: Mapping[str, Any]) -> bool:
    return name.endswith("_unit") and name.removesuffix("_unit") in properties
