"""The graph store without an engine: a networkx graph in memory, filled anew in each process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from threading import RLock
from typing import TYPE_CHECKING, Any, NoReturn

from kgkit.errors import ClosedError, InputError, StoreError
from kgkit.facts import Entity, Fact
from stores.base import Ability, GraphSummary, Place
from stores.ledger.batch import Batch
from stores.property_graph.naming import label
from stores.property_graph.shape import (
    Edge,
    LiteralValue,
    chunk_row,
    document_row,
    edge_of,
    entity_row,
    literal_of,
    mention_edges,
    property_value,
    statement_of,
)
from stores.rows import Relationship

if TYPE_CHECKING:
    import networkx

__all__ = ["MemoryGraph", "open_memory"]

_Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Made:
    """What a fact became: edges by key, the properties of its statement, a value of its head."""

    head: str
    edges: Mapping[str, Edge]
    statement: _Properties | None
    literal: LiteralValue | None


@dataclass(frozen=True, slots=True)
class _Change:
    """What a batch does to the graph, worked out before any of it is done."""

    withdrawn: set[str]
    removed: set[str]
    chunks: set[str]
    nodes: Mapping[str, _Properties]
    edges: list[tuple[str, str, str, _Properties]]
    entities: Mapping[str, Entity]
    made: Mapping[str, _Made]
    values: Mapping[str, dict[str, LiteralValue]]


class MemoryGraph:
    """The property graph of a ledger as a `networkx.MultiDiGraph`, asked by walking it.

    Nodes are keyed by id and bear `labels` and their properties; edges are keyed by the id of
    their fact and bear `type` and their properties. A property called `labels` or `type` that
    would hide these gets an underscore. Nothing is kept on disk, so a new process starts from
    the ledger's first change. After `close` every call raises `ClosedError`.
    """

    abilities = Ability(0)

    def __init__(self) -> None:
        import networkx

        self._graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        self._reached = 0
        self._closed = False
        self._lock = RLock()
        self._entities: dict[str, Entity] = {}
        #: What each live fact became, and by head the values that literal facts give it.
        self._made: dict[str, _Made] = {}
        self._values: dict[str, dict[str, LiteralValue]] = {}

    def query(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        write: bool = False,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> NoReturn:
        """Raise `StoreError`: this store has no query language (and `ClosedError` when closed)."""
        self._check()
        raise StoreError(
            "the networkx store answers no queries (it has neither Ability.CYPHER nor "
            "Ability.SPARQL): walk the graph that its to_networkx() returns, or open a store that "
            'does, such as "embedded"'
        )

    def describe(self) -> GraphSummary:
        """Return the labels and relationship types with their counts, and all property names."""
        self._check()
        with self._lock:
            nodes = [data for _, data in self._graph.nodes(data=True)]
            edges = [data for _, _, data in self._graph.edges(data=True)]
        labels = Counter(name for data in nodes for name in data["labels"])
        types = Counter(data["type"] for data in edges)
        names = {name for data in nodes for name in data} - {"labels"}
        names |= {name for data in edges for name in data} - {"type"}
        return GraphSummary(
            dict(sorted(labels.items())), dict(sorted(types.items())), tuple(sorted(names))
        )

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return a copy of the whole graph."""
        self._check()
        with self._lock:
            return self._graph.copy()

    def watermark(self) -> int:
        """Return the sequence number of the ledger that the graph has reached, 0 at first."""
        self._check()
        return self._reached

    def apply(self, batch: Batch) -> None:
        """Make the graph agree with a batch of the ledger.

        Everything that can fail is worked out before anything changes. Raises `InputError` for
        a value that has no place in a graph; the graph is then as before.
        """
        self._check()
        with self._lock:
            change = self._plan(batch)
            self._take_away(change.withdrawn, change.removed, change.chunks)
            for id, data in change.nodes.items():
                self._graph.add_node(id)
                self._graph.nodes[id].clear()
                self._graph.nodes[id].update(data)
            for start, end, key, data in change.edges:
                self._graph.add_edge(start, end, key)
                self._graph[start][end][key].update(data)
            self._entities.update(change.entities)
            self._made.update(change.made)
            self._values.update(change.values)
            self._reached = batch.upto

    def clear(self) -> None:
        """Forget everything, the watermark too."""
        self._check()
        with self._lock:
            self._graph.clear()
            self._entities.clear()
            self._made.clear()
            self._values.clear()
            self._reached = 0

    def close(self) -> None:
        """Give the memory back; closing twice is fine."""
        if not self._closed:
            self.clear()
            self._closed = True

    def _check(self) -> None:
        if self._closed:
            raise ClosedError("the graph in memory is closed: open it again")

    def _plan(self, batch: Batch) -> _Change:
        gone: dict[str, set[str]] = {}
        for kind, id in batch.gone:
            gone.setdefault(kind, set()).add(id)
        made = {fact.id: _make(fact) for fact in batch.facts if fact.is_asserted}
        withdrawn = gone.pop("fact", set()) | {fact.id for fact in batch.facts}
        entities = self._changed_entities(batch, gone.get("entity", set()))
        values = self._changed_values(made, withdrawn, gone.get("entity", set()))
        nodes = self._text_nodes(batch)
        for id in sorted(entities.keys() | values.keys()):
            entity = entities.get(id) or self._entities[id]
            nodes[id] = _entity_node(entity, values.get(id, self._values.get(id, {})))
        for id, part in made.items():
            if part.statement is not None:
                nodes[id] = {"labels": ["Statement"], **_plain(part.statement, "labels")}
        texts = [Edge(chunk.id, "PART_OF", chunk.document_id) for chunk in batch.chunks]
        edges = [(_key(edge), edge) for edge in (*texts, *mention_edges(batch.mentions))]
        edges += [pair for part in made.values() for pair in part.edges.items()]
        drawn = [
            (edge.start, edge.end, key, {**_plain(edge.properties, "type"), "type": edge.type})
            for key, edge in edges
        ]
        chunks = {chunk.id for chunk in batch.chunks}
        removed = set().union(*gone.values())
        return _Change(withdrawn, removed, chunks, nodes, drawn, entities, made, values)

    def _changed_entities(self, batch: Batch, gone: set[str]) -> dict[str, Entity]:
        """Return the entities that the batch brings, and those that it names and are not there."""
        named = [mention.entity for mention in batch.mentions]
        named += [end for fact in batch.facts if fact.is_asserted for end in _ends(fact)]
        found = {e.id: e for e in named if e.id not in self._entities or e.id in gone}
        return found | {entity.id: entity for entity in batch.entities}

    def _changed_values(
        self, made: Mapping[str, _Made], old: Iterable[str], gone: set[str]
    ) -> dict[str, dict[str, LiteralValue]]:
        """Return by head the values that literal facts give it now, where they changed."""
        values: dict[str, dict[str, LiteralValue]] = {}
        for id in old:
            part = self._made.get(id)
            if part is not None and part.literal is not None and part.head in self._values:
                kept = values.setdefault(part.head, dict(self._values[part.head]))
                kept.pop(id, None)
        for id in gone:
            values.pop(id, None)
        for id, part in made.items():
            if part.literal is not None:
                known = {} if part.head in gone else self._values.get(part.head, {})
                values.setdefault(part.head, dict(known))[id] = part.literal
        return values

    def _text_nodes(self, batch: Batch) -> dict[str, _Properties]:
        nodes: dict[str, _Properties] = {}
        for chunk in batch.chunks:
            if chunk.document_id not in self._graph:
                nodes[chunk.document_id] = {"labels": ["Document"], "id": chunk.document_id}
            nodes[chunk.id] = {"labels": ["Chunk"], **chunk_row(chunk)}
        for document in batch.documents:
            nodes[document.id] = {"labels": ["Document"], **document_row(document)}
        return nodes

    def _take_away(self, facts: set[str], nodes: set[str], chunks: set[str]) -> None:
        """Take out facts and nodes, and the mentions in chunks that are told anew."""
        for id in facts:
            part = self._made.pop(id, None)
            if part is None:
                continue
            for key, edge in part.edges.items():
                if self._graph.has_edge(edge.start, edge.end, key):
                    self._graph.remove_edge(edge.start, edge.end, key)
            if part.statement is not None:
                self._graph.remove_nodes_from([id])
        self._graph.remove_nodes_from(nodes)
        for id in nodes:
            self._entities.pop(id, None)
            self._values.pop(id, None)
        told = list(self._graph.in_edges(chunks & self._graph.nodes.keys(), keys=True))
        self._graph.remove_edges_from(told)


def open_memory(target: str, place: Place) -> MemoryGraph:
    """Return an empty graph in memory; `target` is the bare name "networkx".

    Raises `StoreError` for a place that is only read, since nothing outlives its process there.
    """
    if place.read_only:
        raise StoreError(
            "a graph in memory ends with its process, so there is none to read: open the graph "
            'for writing, or with a store that keeps files, such as "embedded"'
        )
    return MemoryGraph()


def _make(fact: Fact) -> _Made:
    edge, statement = edge_of(fact), statement_of(fact)
    edges = {fact.id: edge} if edge else {}
    if statement is not None:
        edges |= {_key(role): role for role in statement.roles}
    properties = statement.properties if statement else None
    return _Made(fact.head.id, edges, properties, literal_of(fact))


def _entity_node(entity: Entity, values: Mapping[str, LiteralValue]) -> _Properties:
    by_name: dict[str, list[LiteralValue]] = {}
    for value in values.values():
        by_name.setdefault(value.name, []).append(value)
    properties = entity_row(entity)
    for _, found in sorted(by_name.items()):
        properties |= property_value(found)
    return {"labels": ["Entity", label(entity.type)], **_plain(properties, "labels")}


def _ends(fact: Fact) -> Iterable[Entity]:
    values = (fact.head, fact.tail, *(q.value for q in fact.qualifiers))
    return (value for value in values if isinstance(value, Entity))


def _key(edge: Edge) -> str:
    return Relationship(edge.type, edge.start, edge.end, edge.properties).id


def _plain(properties: Mapping[str, Any], taken: str) -> _Properties:
    """Return the properties that have a value; the one that is called `taken` steps aside."""
    made = {}
    for name, value in properties.items():
        for part in value if isinstance(value, list) else [value]:
            if part is not None and not isinstance(part, str | int | float | date):
                raise InputError(
                    f"a {type(part).__name__} cannot be the property {name!r} of a graph: give "
                    "text, a number, a boolean or a date"
                )
        if value is not None:
            made[f"{name}_" if name == taken else name] = value
    return made
