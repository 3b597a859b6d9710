"""Entities and facts as a networkx graph, and the other way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal
from kgkit.ids import content_id
from stores.property_graph.naming import relationship_type

if TYPE_CHECKING:
    import networkx

__all__ = ["from_networkx", "to_networkx"]

#: What marks a node key as an identity of its own: an id of kgkit, or an IRI.
_IDENTITY = re.compile(r"[0-9a-f]{32}|[A-Za-z][A-Za-z0-9+.-]*:\S+")
_UPPER_SNAKE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_NODE_NAMES = frozenset({"name", "label", "title", "type", "labels", "aliases", "id", "properties"})
_RELATION_NAMES = ("relation", "type", "predicate", "label")
_DATATYPES = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "decimal"),
    (datetime, "dateTime"),
    (date, "date"),
    (str, "string"),
)


def to_networkx(entities: Iterable[Entity], facts: Iterable[Fact]) -> networkx.MultiDiGraph[str]:
    """Return a directed multigraph: entities as nodes by id, asserted facts as edges by fact id.

    Nodes bear name, type, aliases where there are any and, in `properties`, the values of their
    literal facts by relation; edges bear relation, predicate and confidence. Denied and hedged
    facts are left out.

    >>> scott, alien = Entity.named("Ridley Scott"), Entity.named("Alien")
    >>> graph = to_networkx([scott, alien], [Fact(scott, "DIRECTED", alien)])
    >>> [data["relation"] for _, _, data in graph.edges(data=True)]
    ['DIRECTED']
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for entity in entities:
        graph.add_node(entity.id, name=entity.name, type=entity.type, properties={})
        if entity.aliases:
            graph.nodes[entity.id]["aliases"] = list(entity.aliases)
    for fact in facts:
        if not fact.is_asserted:
            continue
        if isinstance(fact.tail, Entity):
            graph.add_edge(
                fact.head.id,
                fact.tail.id,
                key=fact.id,
                relation=fact.relation,
                predicate=fact.predicate,
                confidence=fact.confidence,
            )
        else:
            properties = graph.nodes[fact.head.id]["properties"]
            properties.setdefault(fact.relation, []).append(fact.tail.value)
    return graph


def from_networkx(graph: networkx.DiGraph[Any], source: str) -> tuple[list[Entity], list[Fact]]:
    """Return the entities and facts of any directed graph, with import evidence from `source`.

    A node is named by its `name`, `label` or `title`, else by its key, and typed by `type`. It
    keeps its key as id when that is an id of kgkit or an IRI; a key that is the name makes the
    entity of this name; any other key, such as a row number, counts within `source` only. An
    edge states its `relation`, `type`, `predicate` or `label`, else RELATED_TO, with its
    `confidence` in [0, 1] as score. Other attributes of nodes, and what is in their
    `properties`, are literal facts. Qualifiers, units and finer datatypes are not in such a
    graph. Raises `InputError` for an undirected graph and for values that no literal holds.

    >>> import networkx
    >>> graph = networkx.DiGraph()
    >>> graph.add_edge("Ridley Scott", "Alien", relation="directed")
    >>> entities, facts = from_networkx(graph, "films")
    >>> print(*facts)
    (Ridley Scott)-[DIRECTED]->(Alien)
    """
    if not graph.is_directed():
        raise InputError(
            "an undirected graph does not say which end of an edge is its head: pass "
            "graph.to_directed() when both are"
        )
    entities = {key: _entity(key, data, source) for key, data in graph.nodes(data=True)}
    facts: dict[str, Fact] = {}
    for key, data in graph.nodes(data=True):
        for name, value in _attributes(data):
            evidence = ImportEvidence(source, str(key))
            fact = Fact(
                entities[key], _relation(name), _literal(name, value), predicate=name
            ).with_evidence(evidence)
            facts.setdefault(fact.id, fact)
    for head, tail, data in graph.edges(data=True):
        fact = _edge_fact(entities[head], entities[tail], data, source)
        known = facts.setdefault(fact.id, fact)
        if known.confidence < fact.confidence:
            facts[fact.id] = fact
    unique = {entity.id: entity for entity in entities.values()}
    return list(unique.values()), list(facts.values())


def _entity(key: Any, data: Mapping[str, Any], source: str) -> Entity:
    stated = next((data[n] for n in ("name", "label", "title") if data.get(n)), None)
    name, type = str(key if stated is None else stated), str(data.get("type") or "Thing")
    aliases = tuple(str(alias) for alias in data.get("aliases") or ())
    if isinstance(key, str) and _IDENTITY.fullmatch(key):
        return Entity(key, name, type, aliases)
    if name == str(key):
        return Entity.named(name, type, aliases)
    return Entity(content_id("node", source, str(key)), name, type, aliases)


def _attributes(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the name and each single value of what is neither name nor type of a node."""
    found = [(str(name), value) for name, value in data.items() if name not in _NODE_NAMES]
    inner = data.get("properties")
    if isinstance(inner, Mapping):
        found += [(str(name), value) for name, value in inner.items()]
    for name, value in found:
        for part in value if isinstance(value, list | tuple | set | frozenset) else [value]:
            if part is not None:
                yield name, part


def _literal(name: str, value: Any) -> Literal:
    value = value.item() if hasattr(value, "item") else value
    for kind, datatype in _DATATYPES:
        if isinstance(value, kind):
            return Literal(value, datatype)
    raise InputError(
        f"the attribute {name!r} holds a {type(value).__name__}: facts hold text, numbers, "
        "booleans and dates; leave it out, or make it text"
    )


def _edge_fact(head: Entity, tail: Entity, data: Mapping[str, Any], source: str) -> Fact:
    stated = next((str(data[n]) for n in _RELATION_NAMES if data.get(n)), "RELATED_TO")
    predicate = data.get("predicate")
    # An edge that has both was made from a fact, whose relation is a name already.
    relation = stated if "relation" in data and predicate is not None else _relation(stated)
    score = data.get("confidence", 1.0)
    if isinstance(score, bool) or not isinstance(score, int | float) or not 0.0 <= score <= 1.0:
        raise InputError(
            f"confidence={score!r} on an edge is no probability: give a number from 0 to 1, or none"
        )
    row = f"{head.id} {relation} {tail.id}"
    evidence = ImportEvidence(source, row, float(score))
    return Fact(
        head,
        relation,
        tail,
        predicate=stated if predicate is None else str(predicate),
        evidence=(evidence,),
    )


def _relation(text: str) -> str:
    return text if _UPPER_SNAKE.fullmatch(text) else relationship_type(text)
