"""The few calls on the engine that writing needs: schema, lookups by id, rows in, edges in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stores.embedded.jvm import java
from stores.embedded.values import to_java, to_java_rows
from stores.property_graph.shape import Edge

__all__ = [
    "FACTS",
    "LOADING",
    "META",
    "NODES",
    "add_edge",
    "change",
    "count",
    "ensure_schema",
    "ensure_types",
    "find",
    "lookup",
    "read_watermark",
    "run",
    "write_watermark",
]

#: The base labels; their nodes are found by `id`.
NODES = ("Document", "Chunk", "Entity", "Statement")
#: Records beside the graph, which Cypher does not see: what each fact became, and the watermark.
FACTS = "KgkitFact"
META = "KgkitMeta"
#: The watermark of a graph that is being loaded, or whose load was cut short.
LOADING = -1

#: Bytes of a page of edges. Each type has pages of its own, and most open relations have few edges:
#: the engine's usual 64 KiB would be nearly all padding, on disk and in every transaction.
_PAGE = 16384


def ensure_schema(database: Any) -> None:
    """Make the base types and their indexes in a new database."""
    schema = database.get_java_database().getSchema()
    if schema.existsType(META):
        return
    text = java("com.arcadedb.schema.Type").STRING
    for name in NODES:
        schema.getOrCreateVertexType(name).getOrCreateProperty("id", text)
        # Not unique: with a unique index a node cannot change its label in one transaction.
        database.command("sql", f"CREATE INDEX IF NOT EXISTS ON {name} (id) NOTUNIQUE")
    for name in ("PART_OF", "MENTIONED_IN"):
        schema.getOrCreateEdgeType(name)
    facts = schema.getOrCreateDocumentType(FACTS)
    for key in ("id", "slot"):
        facts.getOrCreateProperty(key, text)
        database.command(
            "sql", f"CREATE INDEX IF NOT EXISTS ON {FACTS} ({key}) NOTUNIQUE NULL_STRATEGY SKIP"
        )
    schema.getOrCreateDocumentType(META)


def ensure_types(database: Any, names: Iterable[str]) -> None:
    """Make the relationship types that are new.

    Inside a transaction that takes 1 ms each, and more as there are more of them.
    """
    schema = database.get_java_database().getSchema()
    for name in names:
        if not schema.existsType(name):
            schema.buildEdgeType().withName(name).withPageSize(_PAGE).create()


def count(database: Any, name: str) -> int:
    """Return how many records a type and its subtypes have."""
    return int(database.get_java_database().countType(name, True))


def run(database: Any, text: str, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Run a Cypher statement that unwinds `$rows`, and return what it returns.

    Nodes in the result are the engine's own.
    """
    if not rows:
        return []
    parameters = java("java.util.HashMap")()
    parameters.put("rows", to_java_rows(rows))
    import jpype

    boxed = jpype.JObject(parameters, java("java.util.Map"))
    result = database.get_java_database().command("opencypher", text, boxed)
    from arcadedb_embedded import ResultSet

    made: list[dict[str, Any]] = ResultSet(result).to_list()
    return made


def lookup(database: Any, name: str, key: str, value: str) -> list[Any]:
    """Return the records of a type whose indexed `key` has this value."""
    import jpype

    cursor = database.get_java_database().lookupByKey(
        name, jpype.JString[:]([key]), jpype.JObject[:]([value])
    )
    found = []
    while cursor.hasNext():
        found.append(cursor.next().getRecord())
    return found


def find(database: Any, label: str, ids: Iterable[str]) -> dict[str, Any]:
    """Return the engine's nodes of a base label by id, those that exist."""
    found: dict[str, Any] = {}
    for id in ids:
        for record in lookup(database, label, "id", id):
            found[id] = record.asVertex()
    return found


def add_edge(start: Any, edge: Edge, end: Any) -> None:
    """Draw an edge from one engine node to another; properties that are None are left out."""
    import jpype

    flat: list[Any] = []
    for name, value in edge.properties.items():
        if value is not None:
            flat += (name, value if isinstance(value, str | int | float) else to_java(value))
    start.newEdge(edge.type, end, jpype.JObject[:](flat))


def change(database: Any, label: str, rows: Sequence[dict[str, Any]]) -> None:
    """Set these properties of the nodes with these ids; None takes one away."""
    run(database, f"UNWIND $rows AS r MATCH (n:{label} {{id: r.id}}) SET n += r", rows)


def read_watermark(database: Any) -> int:
    """Return the sequence number in the database, 0 in a new one."""
    rows = database.query("sql", f"SELECT watermark FROM {META}").to_list()
    return int(rows[0]["watermark"]) if rows else 0


def write_watermark(database: Any, upto: int) -> None:
    """Set the sequence number, in the transaction that is open."""
    if count(database, META):
        database.command("sql", f"UPDATE {META} SET watermark = ?", upto)
    else:
        database.command("sql", f"INSERT INTO {META} SET watermark = ?", upto)
