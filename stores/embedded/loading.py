"""Loading a ledger into an empty graph with the engine's bulk loader.

The loader writes in transactions of its own, so a graph is marked while it is loaded; one that
still bears the mark when it is opened was cut short and is made again from nothing. Values are
prepared here while another thread hands the ones before to the engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from math import isfinite
from typing import Any

import orjson

from kgkit.facts import Chunk, Fact
from stores.embedded import engine, register
from stores.embedded.jvm import java
from stores.embedded.values import to_java
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

__all__ = ["Load"]

_Row = Mapping[str, Any]

#: How many prepared calls may wait for the engine: enough to keep it busy, few to keep in memory.
_WAITING = 4
#: How many nodes one transaction changes.
_PAGE = 10_000


class Load:
    """One load of a graph that is empty, up to a sequence number: batches are taken, then it ends.

    A record that comes again is the same, or its change has a number above `until` and is told
    again after the load; so what comes again, and what is gone, is passed over.
    """

    def __init__(self, database: Any, until: int) -> None:
        self._database = database
        self._until = until
        self._upto = 0
        #: The facts that were loaded: 16 bytes an id.
        self._facts: set[bytes] = set()
        #: The engine's own number of each node, by base label and id.
        self._nodes: dict[str, dict[str, str]] = {name: {} for name in engine.NODES}
        #: The (entity, property) whose values came after the entity.
        self._late: set[tuple[str, str]] = set()
        self._types: set[str] = set()
        # The engine's transactions belong to a thread.
        self._thread = ThreadPoolExecutor(1, "kgkit-load")
        self._told: list[Future[Any]] = []
        self._batch: Any = None
        self._thread.submit(self._begin).result()

    def take(self, batch: Batch) -> bool:
        """Load a batch; return False, having done nothing, for one beyond the load."""
        if batch.upto > self._until:
            return False
        there = self._nodes["Chunk"]
        facts = [fact for fact in batch.facts if fact.is_asserted and self._is_new(fact)]
        self._add(batch, facts, [chunk for chunk in batch.chunks if chunk.id not in there])
        self._upto = batch.upto
        return True

    def _is_new(self, fact: Fact) -> bool:
        known = len(self._facts)
        self._facts.add(bytes.fromhex(fact.id))
        return len(self._facts) > known

    def end(self) -> None:
        """Finish what was taken, on disk, and take the mark off."""
        self._submit(self._end)
        self._wait(0)
        self._thread.shutdown()

    def abandon(self) -> None:
        """Stop where it is; the graph stays marked."""
        self._thread.shutdown(cancel_futures=True)
        self._batch.abandon()

    def _add(self, batch: Batch, facts: Sequence[Fact], chunks: Sequence[Chunk]) -> None:
        literals = [(fact, value) for fact in facts if (value := literal_of(fact))]
        statements = [made for made in map(statement_of, facts) if made]
        owners = {chunk.document_id: {"id": chunk.document_id} for chunk in chunks}
        owners |= {document.id: document_row(document) for document in batch.documents}
        nodes = [
            self._create(("Document",), owners.values()),
            self._create(("Chunk",), map(chunk_row, chunks)),
            self._create(("Statement",), (made.properties for made in statements)),
            *self._create_entities(batch, literals),
        ]
        rows = register.rows_of(facts, {fact.id: value for fact, value in literals})
        self._submit(self._record, rows)
        for created in nodes:
            self._keep(created)
        own = {chunk.id for chunk in chunks}
        mentions = mention_edges(m for m in batch.mentions if m.chunk_id in own)
        parts = [Edge(chunk.id, "PART_OF", chunk.document_id) for chunk in chunks]
        self._draw("Chunk", parts, "Document")
        self._draw("Entity", mentions, "Chunk")
        self._draw("Entity", [edge for edge in map(edge_of, facts) if edge], "Entity")
        self._draw("Statement", [edge for made in statements for edge in made.roles], "Entity")

    def _create_entities(
        self, batch: Batch, literals: Sequence[tuple[Fact, LiteralValue]]
    ) -> list[_Created]:
        there = self._nodes["Entity"]
        values: dict[str, dict[str, list[LiteralValue]]] = {}
        for fact, value in literals:
            if fact.head.id in there:
                self._late.add((fact.head.id, value.name))
            else:
                values.setdefault(fact.head.id, {}).setdefault(value.name, []).append(value)
        by_label: dict[str, list[_Row]] = {}
        for entity in batch.entities:
            if entity.id not in there:
                row = entity_row(entity)
                for _, found in sorted(values.get(entity.id, {}).items()):
                    row |= property_value(found)
                by_label.setdefault(label(entity.type), []).append(row)
        return [self._create(("Entity", name), rows) for name, rows in sorted(by_label.items())]

    def _create(self, labels: tuple[str, ...], rows: Iterable[_Row]) -> _Created:
        """Have nodes made; what is given back holds their numbers once the engine has."""
        there = self._nodes[labels[0]]
        new = [
            {key: value for key, value in row.items() if value is not None}
            for row in rows
            if row["id"] not in there
        ]
        if not new:
            return labels[0], [], None
        self._make_type(labels)
        plain, rest, text = _apart(new)
        ids = [row["id"] for row in (*plain, *rest)]
        return labels[0], ids, self._submit(self._vertices, labels, text, rest)

    def _keep(self, created: _Created) -> None:
        name, ids, numbers = created
        if numbers is not None:
            self._nodes[name].update(zip(ids, numbers.result(), strict=True))

    def _draw(self, start: str, edges: Iterable[Edge], end: str) -> None:
        starts, ends = self._nodes[start], self._nodes[end]
        by_type: dict[str, list[_Row]] = {}
        for edge in edges:
            row = {"_src": starts[edge.start], "_dst": ends[edge.end], **edge.properties}
            by_type.setdefault(edge.type, []).append(row)
        if new := sorted(by_type.keys() - self._types):
            self._types.update(new)
            self._submit(self._edge_types, new)
        for name, rows in sorted(by_type.items()):
            _, rest, text = _apart(rows)
            self._submit(self._edges, name, text, rest)

    def _make_type(self, labels: tuple[str, ...]) -> None:
        name = "~".join(labels)
        if len(labels) > 1 and name not in self._types:
            self._types.add(name)
            self._submit(self._composite, labels)

    def _submit(self, call: Any, *values: Any) -> Future[Any]:
        self._wait(_WAITING)
        self._told.append(self._thread.submit(call, *values))
        return self._told[-1]

    def _wait(self, left: int) -> None:
        while len(self._told) > left:
            self._told.pop(0).result()

    # In the other thread

    def _begin(self) -> None:
        self._reach(engine.LOADING)
        self._open_batch()

    def _open_batch(self) -> None:
        made = self._database.graph_batch(use_wal=True, wal_flush="yes_full", parallel_flush=False)
        self._batch = made._java_graph_batch

    def _composite(self, labels: tuple[str, ...]) -> None:
        # A type with an index cannot be made while a batch is open: it waits for the batch to end.
        self._batch.close()
        names = java("java.util.ArrayList")(list(labels))
        schema = self._database.get_java_database().getSchema()
        java("com.arcadedb.query.opencypher.Labels").ensureCompositeType(schema, names)
        self._open_batch()

    def _edge_types(self, names: Sequence[str]) -> None:
        # In one transaction the schema is written once.
        self._database.run_in_transaction(lambda: engine.ensure_types(self._database, names))

    def _vertices(self, labels: tuple[str, ...], plain: str, rest: Sequence[_Row]) -> list[str]:
        import jpype

        name = "~".join(sorted(labels))
        batcher = java("com.arcadedb.python.VertexBatcher")
        made = str(batcher.createVerticesJson(self._batch, name, plain))
        numbers = made.split(";") if made else []
        if rest:
            flat = [jpype.JObject[:](_flat(row)) for row in rest]
            found = self._batch.createVertices(name, jpype.JObject[:, :](flat))
            numbers += [str(number) for number in found]
        return numbers

    def _edges(self, name: str, plain: str, rest: Sequence[_Row]) -> None:
        import jpype

        java("com.arcadedb.python.EdgeBatcher").newEdgesJson(self._batch, name, plain)
        number = java("com.arcadedb.database.RID")
        for row in rest:
            ends = number(row["_src"]), number(row["_dst"])
            own = {key: value for key, value in row.items() if key not in ("_src", "_dst")}
            self._batch.newEdge(ends[0], name, ends[1], jpype.JObject[:](_flat(own)))

    def _record(self, rows: list[dict[str, Any]]) -> None:
        self._database.insert_many(engine.FACTS, rows)

    def _end(self) -> None:
        self._batch.close()
        late = sorted(self._late)
        for start in range(0, len(late), _PAGE):
            page = late[start : start + _PAGE]
            self._database.run_in_transaction(lambda page=page: self._set(page))
        self._reach(self._upto)

    def _set(self, slots: Sequence[tuple[str, str]]) -> None:
        rows: dict[str, dict[str, Any]] = {}
        for entity, name in slots:
            values = property_value(register.values_of(self._database, entity, name))
            rows.setdefault(entity, {"id": entity}).update({f"{name}_unit": None, **values})
        engine.change(self._database, "Entity", list(rows.values()))

    def _reach(self, number: int) -> None:
        self._database.run_in_transaction(lambda: engine.write_watermark(self._database, number))


#: The base label of nodes, their ids, and their numbers to come.
_Created = tuple[str, list[str], Future[Any] | None]


def _apart(rows: Sequence[_Row]) -> tuple[Sequence[_Row], Sequence[_Row], str]:
    """Part the rows that JSON can carry from the others; return both, and the JSON of the first."""
    try:
        text = _dump(rows)
    except TypeError:
        plain = [row for row in rows if all(map(_is_plain, row.values()))]
        rest = [row for row in rows if not all(map(_is_plain, row.values()))]
        return plain, rest, json.dumps(plain)
    return rows, [], text


def _dump(rows: Sequence[_Row]) -> str:
    """Return the rows as JSON; raise `TypeError` where it would change a value."""
    text = orjson.dumps(rows, option=orjson.OPT_PASSTHROUGH_DATETIME)
    if b"null" in text and not all(_is_plain(value) for row in rows for value in row.values()):
        raise TypeError("JSON has no number for what is not finite")
    return text.decode()


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is list or kind is tuple:
        return all(map(_is_plain, value))
    return kind is str or kind is int or kind is bool or (kind is float and isfinite(value))


def _flat(row: _Row) -> list[Any]:
    return [
        part
        for key, value in row.items()
        for part in (key, value if isinstance(value, str | int | float) else to_java(value))
    ]
