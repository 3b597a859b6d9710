"""Making the graph agree with a batch of the ledger, inside one transaction.

Nodes and edges that exist are looked up by id and changed; only what is new is created, with all
its labels. So a batch that is applied again finds everything in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from kgkit.facts import Entity, Fact
from stores.ledger.batch import Batch
from stores.neo4j import literals
from stores.neo4j.rows import quoted, run
from stores.neo4j.schema import NODES, write_watermark
from stores.neo4j.values import to_property
from stores.property_graph.naming import label
from stores.property_graph.shape import (
    Edge,
    chunk_row,
    document_row,
    edge_of,
    entity_row,
    literal_of,
    mention_edges,
    statement_of,
)

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

__all__ = ["project"]

_LABEL_OF = {"document": "Document", "chunk": "Chunk", "entity": "Entity"}


def project(tx: ManagedTransaction, batch: Batch) -> None:
    """Apply a batch and its watermark; the caller opens and ends the transaction."""
    _Projection(tx, batch).run()


class _Projection:
    """One batch on its way into the graph."""

    def __init__(self, tx: ManagedTransaction, batch: Batch) -> None:
        self.tx = tx
        self.batch = batch
        #: The entities among those of the batch that were there before it.
        self.known: Set[str] = set()
        facts = [fact for fact in batch.facts if fact.is_asserted]
        self.edges = [edge for edge in map(edge_of, facts) if edge]
        self.literals = [(fact, value) for fact in facts if (value := literal_of(fact))]
        self.statements = [made for made in map(statement_of, facts) if made]

    def run(self) -> None:
        """Keep the sequence number, take away, add and change nodes, and draw edges."""
        # First, so that a second writer waits here and does not see half of this one's work.
        write_watermark(self.tx, self.batch.upto)
        self.is_fresh = not self.has_nodes()
        slots = set() if self.is_fresh else self.take_away()
        properties = literals.properties_of(self.tx, slots | literals.add(self.tx, self.literals))
        self.write_texts()
        self.write_entities(properties)
        self.write_statements()
        self.write_edges()

    def has_nodes(self) -> bool:
        """Return whether any node of the graph is there."""
        tests = " OR ".join(f"EXISTS {{ MATCH (:{name}) }}" for name in NODES)
        return bool(self.tx.run(f"RETURN {tests} AS found").single(strict=True)["found"])

    def take_away(self) -> set[literals.Slot]:
        """Take away what is gone; return the (entity, property) that lost a value."""
        gone: dict[str, list[str]] = {}
        for kind, id in self.batch.gone:
            gone.setdefault(kind, []).append(id)
        facts = gone.pop("fact", [])
        lost = literals.withdraw(self.tx, facts)
        self.delete("Statement", [*facts, *(made.properties["id"] for made in self.statements)])
        edges = [id for id in facts if id not in lost]
        if edges:
            # The type of a gone edge is not known, and an index would need it: all are looked at.
            text = "MATCH ()-[e]->() WHERE e.id IN $ids DELETE e"
            self.tx.run(text, ids=edges).consume()
        for kind, ids in sorted(gone.items()):
            self.delete(_LABEL_OF[kind], ids)
        return set(lost.values())

    def delete(self, name: str, ids: Sequence[str]) -> None:
        """Delete the nodes of a base label that have these ids, and their edges."""
        run(self.tx, f"UNWIND $rows AS id MATCH (n:{name} {{id: id}}) DETACH DELETE n", ids)

    def write_texts(self) -> None:
        """Write documents and chunks, the edge from each new chunk, and all their mentions."""
        documents = {d.id: document_row(d) for d in self.batch.documents}
        for chunk in self.batch.chunks:
            documents.setdefault(chunk.document_id, {"id": chunk.document_id})
        self.write("Document", documents)
        new = self.write("Chunk", {chunk.id: chunk_row(chunk) for chunk in self.batch.chunks})
        run(
            self.tx,
            "UNWIND $rows AS r MATCH (c:Chunk {id: r.chunk}) MATCH (d:Document {id: r.document}) "
            "CREATE (c)-[:PART_OF]->(d)",
            [{"chunk": c.id, "document": c.document_id} for c in self.batch.chunks if c.id in new],
        )
        run(
            self.tx,
            "UNWIND $rows AS id MATCH (c:Chunk {id: id})<-[m:MENTIONED_IN]-() DELETE m",
            [chunk.id for chunk in self.batch.chunks if chunk.id not in new],
        )

    def write(self, name: str, rows: Mapping[str, dict[str, Any]]) -> set[str]:
        """Write nodes that have one label; return the ids of those that are new."""
        found = self.find(name, list(rows)).keys()
        self.update(name, [row for id, row in rows.items() if id in found and len(row) > 1])
        self.create((name,), [row for id, row in rows.items() if id not in found])
        return rows.keys() - found

    def find(self, name: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Return by id the name, type and aliases of the nodes of a base label that exist."""
        if self.is_fresh:
            return {}
        shown = "n {.id, .name, .type, .aliases} AS n"
        text = f"UNWIND $rows AS id MATCH (n:{name} {{id: id}}) RETURN {shown}"
        return {row["n"]["id"]: row["n"] for row in run(self.tx, text, ids)}

    def create(self, labels: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
        """Create nodes with these labels."""
        text = f"UNWIND $rows AS r CREATE (n:{':'.join(map(quoted, labels))}) SET n = r"
        run(self.tx, text, [_storable(row) for row in rows])

    def update(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        """Set these properties of nodes that exist; None takes one away."""
        text = f"UNWIND $rows AS r MATCH (n:{name} {{id: r.id}}) SET n += r"
        run(self.tx, text, [_storable(row) for row in rows])

    def write_entities(self, properties: Mapping[str, dict[str, Any]]) -> None:
        """Write the entities that the batch brings, or names and the graph lacks."""
        named = {entity.id: entity for entity in _named(self.batch)}
        given = {entity.id: entity for entity in self.batch.entities}
        ids = sorted(named.keys() | given.keys() | properties.keys())
        found = self.find("Entity", ids)
        self.known = found.keys()
        new: dict[str, list[dict[str, Any]]] = {}
        changed: list[dict[str, Any]] = []
        moves: dict[tuple[str, str], list[str]] = {}
        for id in ids:
            own = properties.get(id, {})
            entity = given.get(id) or named.get(id)
            if id not in found:
                if entity is not None:
                    new.setdefault(label(entity.type), []).append({**entity_row(entity), **own})
                continue
            row = entity_row(given[id]) if id in given else found[id]
            if own or row != found[id]:
                changed.append({**row, **own})
            old, wanted = label(found[id]["type"]), label(row["type"])
            if old != wanted:
                moves.setdefault((old, wanted), []).append(id)
        self.update("Entity", changed)
        for (old, wanted), moved in sorted(moves.items()):
            text = f"MATCH (n:Entity {{id: id}}) REMOVE n:{quoted(old)} SET n:{quoted(wanted)}"
            run(self.tx, f"UNWIND $rows AS id {text}", moved)
        for name, rows in sorted(new.items()):
            self.create(("Entity", name), rows)

    def write_statements(self) -> None:
        """Write the nodes of facts with more than two roles, and the edges to their parts."""
        self.create(("Statement",), [made.properties for made in self.statements])
        roles = [edge for made in self.statements for edge in made.roles]
        self.draw(("Statement", "Entity"), roles)

    def write_edges(self) -> None:
        """Draw the edges of mentions and facts; those of facts that exist are changed."""
        self.draw(("Entity", "Chunk"), mention_edges(self.batch.mentions))
        # An edge that is there has both its ends there.
        old = [edge for edge in self.edges if {edge.start, edge.end} <= self.known]
        # WITH has both ends found first: else the server may walk all edges of the first.
        match = (
            "UNWIND $rows AS r MATCH (a:Entity {id: r[0]}) MATCH (b:Entity {id: r[1]}) "
            "WITH a, b, r[2] AS r MATCH (a)-[e]->(b)"
        )
        found = run(
            self.tx,
            f"{match} WHERE e.id = r RETURN r AS id",
            [(edge.start, edge.end, edge.properties["id"]) for edge in old],
        )
        drawn = {row["id"] for row in found}
        run(
            self.tx,
            f"{match} WHERE e.id = r.id SET e = r",
            [
                (edge.start, edge.end, _storable(edge.properties))
                for edge in old
                if edge.properties["id"] in drawn
            ],
        )
        self.draw(("Entity", "Entity"), [e for e in self.edges if e.properties["id"] not in drawn])

    def draw(self, labels: tuple[str, str], edges: Iterable[Edge]) -> None:
        """Draw edges from nodes of one base label to nodes of another."""
        # A type from a row: a statement for each type would have to be planned for each.
        start, end = labels
        text = (
            f"UNWIND $rows AS r MATCH (a:{start} {{id: r[0]}}) MATCH (b:{end} {{id: r[1]}}) "
            "CREATE (a)-[e:$(r[2])]->(b) SET e = r[3]"
        )
        # Lists, since a name in every row would have to be sent with every row.
        rows = [(e.start, e.end, e.type, _storable(e.properties)) for e in edges]
        run(self.tx, text, rows)


def _storable(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: to_property(value) for name, value in row.items()}


def _named(batch: Batch) -> Iterable[Entity]:
    """Yield the entities that mentions and facts name."""
    for mention in batch.mentions:
        yield mention.entity
    for fact in batch.facts:
        if fact.is_asserted:
            yield from _ends(fact)


def _ends(fact: Fact) -> Iterable[Entity]:
    for value in (fact.head, fact.tail, *(q.value for q in fact.qualifiers)):
        if isinstance(value, Entity):
            yield value
