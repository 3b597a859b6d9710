"""Making the graph agree with a batch of the ledger, inside one transaction.

The ledger says what is new, so nodes and edges are created with all their labels and never
merged: what exists under a changed id is found by its index first, and changed or replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kgkit.facts import Entity, Fact
from stores.embedded import engine, register
from stores.embedded.values import labels_of
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

__all__ = ["project"]

_LABEL_OF = {"document": "Document", "chunk": "Chunk", "entity": "Entity"}


def project(database: Any, batch: Batch) -> None:
    """Apply a batch and its watermark; the caller opens and ends the transaction."""
    _Projection(database, batch).run()


class _Projection:
    """One batch on its way into the graph."""

    def __init__(self, database: Any, batch: Batch) -> None:
        self.database = database
        self.batch = batch
        self.is_fresh = not any(engine.count(database, name) for name in engine.NODES)
        facts = [fact for fact in batch.facts if fact.is_asserted]
        self.edges = [edge for edge in map(edge_of, facts) if edge]
        self.literals = [(fact, value) for fact in facts if (value := literal_of(fact))]
        self.statements = [made for made in map(statement_of, facts) if made]
        self.facts = facts
        self.mentions = mention_edges(batch.mentions)
        #: The engine's nodes by base label and id, for drawing edges.
        self.nodes: dict[str, dict[str, Any]] = {name: {} for name in engine.NODES}

    def run(self) -> None:
        """Take away, add and change nodes, draw edges, and keep the sequence number."""
        slots = set() if self.is_fresh else self.take_away()
        properties = self.literal_properties(slots)
        new_chunks = self.write_texts()
        self.write_entities(properties)
        self.write_statements()
        self.draw(new_chunks)
        register.add(self.database, self.facts, {fact.id: value for fact, value in self.literals})
        engine.write_watermark(self.database, self.batch.upto)

    def take_away(self) -> set[tuple[str, str]]:
        """Take away what is gone or replaced; return the (entity, property) that lost a value."""
        gone: dict[str, list[str]] = {}
        for kind, id in self.batch.gone:
            gone.setdefault(kind, []).append(id)
        ids = [*gone.pop("fact", ()), *(fact.id for fact in self.batch.facts)]
        slots = register.withdraw(self.database, ids)
        for kind, ids in sorted(gone.items()):
            text = f"UNWIND $rows AS id MATCH (n:{_LABEL_OF[kind]} {{id: id}}) DETACH DELETE n"
            engine.run(self.database, text, ids)
        return {slot for slot in slots if slot[0] not in gone.get("entity", ())}

    def literal_properties(self, slots: Iterable[tuple[str, str]]) -> dict[str, dict[str, Any]]:
        """Return for each entity whose literals changed the properties that they make now."""
        values: dict[tuple[str, str], list[LiteralValue]] = {slot: [] for slot in slots}
        for fact, value in self.literals:
            values.setdefault((fact.head.id, value.name), []).append(value)
        if not self.is_fresh:
            for slot, found in values.items():
                found += register.values_of(self.database, *slot)
        made: dict[str, dict[str, Any]] = {}
        for (entity, name), found in sorted(values.items()):
            empty = {name: None, f"{name}_unit": None}
            made.setdefault(entity, {}).update(empty, **(property_value(found) if found else {}))
        return made

    def write_texts(self) -> set[str]:
        """Write documents and chunks; return the ids of the chunks that are new."""
        documents = {d.id: document_row(d) for d in self.batch.documents}
        for chunk in self.batch.chunks:
            documents.setdefault(chunk.document_id, {"id": chunk.document_id})
        self.write("Document", documents)
        return self.write("Chunk", {chunk.id: chunk_row(chunk) for chunk in self.batch.chunks})

    def write(self, name: str, rows: dict[str, dict[str, Any]]) -> set[str]:
        """Write nodes that have one label; return the ids of those that are new."""
        found = {} if self.is_fresh else engine.find(self.database, name, rows)
        changed = [row for id, row in rows.items() if id in found and len(row) > 1]
        engine.change(self.database, name, changed)
        new = [row for id, row in rows.items() if id not in found]
        self.nodes[name].update(found)
        self.create((name,), new)
        return {row["id"] for row in new}

    def create(self, labels: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
        """Create nodes with these labels, the base label first."""
        text = f"UNWIND $rows AS r CREATE (n:{':'.join(f'`{name}`' for name in labels)}) SET n = r"
        made = engine.run(self.database, f"{text} RETURN n.id AS id, n", rows)
        self.nodes[labels[0]].update((row["id"], row["n"]) for row in made)

    def write_entities(self, properties: dict[str, dict[str, Any]]) -> None:
        """Write the entities that the batch brings, or names and the graph lacks."""
        ends = {entity.id: entity for entity in _named(self.batch)}
        given = {entity.id: entity for entity in self.batch.entities}
        ids = sorted(ends.keys() | given.keys() | properties.keys())
        found = {} if self.is_fresh else engine.find(self.database, "Entity", ids)
        new: dict[str, list[dict[str, Any]]] = {}
        for id in ids:
            entity = given.get(id) or ends.get(id)
            if id not in found and entity is not None:
                row = {**entity_row(entity), **properties.pop(id, {})}
                new.setdefault(label(entity.type), []).append(row)
        stale = self.change(found, given, properties)
        found.update(engine.find(self.database, "Entity", sorted(stale)))
        self.nodes["Entity"].update(found)
        for name, rows in sorted(new.items()):
            self.create(("Entity", name), rows)

    def change(
        self,
        found: dict[str, Any],
        given: dict[str, Entity],
        properties: dict[str, dict[str, Any]],
    ) -> set[str]:
        """Change entities that exist, in place; return the ids of those that changed."""
        changes = {id: row for id, row in properties.items() if id in found}
        moves: dict[tuple[str, str], list[str]] = {}
        for id, entity in given.items():
            if id not in found:
                continue
            row = entity_row(entity)
            if any(_read(found[id], name) != value for name, value in row.items()):
                changes[id] = {**row, **changes.get(id, {})}
            old = labels_of(str(found[id].getTypeName()))[-1]
            if old != label(entity.type):
                moves.setdefault((old, label(entity.type)), []).append(id)
        rows = [{"id": id, "to": row} for id, row in changes.items()]
        text = "UNWIND $rows AS r MATCH (n:Entity {id: r.id}) SET n += r.to"
        engine.run(self.database, text, rows)
        for (old, new), ids in sorted(moves.items()):
            text = f"MATCH (n:Entity {{id: id}}) REMOVE n:`{old}` SET n:`{new}`"
            engine.run(self.database, f"UNWIND $rows AS id {text}", ids)
        return changes.keys() | {id for ids in moves.values() for id in ids}

    def write_statements(self) -> None:
        """Write the nodes of facts with more than two roles."""
        self.create(("Statement",), [made.properties for made in self.statements])

    def draw(self, new_chunks: set[str]) -> None:
        """Draw all edges; a chunk that was there loses its mentions for those it has now."""
        drawn = [edge for made in self.statements for edge in made.roles]
        engine.ensure_types(self.database, sorted({e.type for e in (*self.edges, *drawn)}))
        old = [chunk.id for chunk in self.batch.chunks if chunk.id not in new_chunks]
        text = "UNWIND $rows AS id MATCH (c:Chunk {id: id})<-[m:MENTIONED_IN]-() DELETE m"
        engine.run(self.database, text, old)
        texts = [
            Edge(chunk.id, "PART_OF", chunk.document_id)
            for chunk in self.batch.chunks
            if chunk.id in new_chunks
        ]
        for start, edges, end in (
            ("Chunk", texts, "Document"),
            ("Entity", self.mentions, "Chunk"),
            ("Entity", self.edges, "Entity"),
            ("Statement", drawn, "Entity"),
        ):
            starts, ends = self.nodes[start], self.nodes[end]
            for edge in edges:
                engine.add_edge(starts[edge.start], edge, ends[edge.end])


def _named(batch: Batch) -> Iterable[Entity]:
    """Yield the entities that the mentions and asserted facts of a batch name."""
    for mention in batch.mentions:
        yield mention.entity
    for fact in batch.facts:
        if fact.is_asserted:
            yield from _ends(fact)


def _ends(fact: Fact) -> Iterable[Entity]:
    for value in (fact.head, fact.tail, *(q.value for q in fact.qualifiers)):
        if isinstance(value, Entity):
            yield value


def _read(node: Any, name: str) -> Any:
    value = node.get(name)
    if value is None:
        return None
    return [str(part) for part in value] if name == "aliases" else str(value)
