"""Asking the server: rows of a query, and what the graph holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from stores.base import GraphSummary
from stores.neo4j.rows import quoted
from stores.neo4j.schema import OWN, PREFIX
from stores.neo4j.values import to_python
from stores.rows import Rows

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

__all__ = ["ask", "count_all", "count_each", "summarise"]


def ask(
    tx: ManagedTransaction, text: str, parameters: Mapping[str, Any], limit: int | None
) -> Rows:
    """Return at most `limit` rows of a query as native values, with a note if there were more."""
    result = tx.run(text, dict(parameters))
    columns = result.keys()
    records = [record.values() for record in islice(result, limit)]
    more = limit is not None and result.peek() is not None
    ids = _ids_of_ends(tx, records)
    rows = [
        dict(zip(columns, [to_python(value, ids) for value in values], strict=True))
        for values in records
    ]
    return Rows(rows, columns, [f"only the first {limit} rows were fetched"] if more else [])


def summarise(tx: ManagedTransaction) -> GraphSummary:
    """Return what the graph holds; labels and types that nothing has are left out.

    Counts are the server's own where the user may read them, and are asked one by one otherwise.
    Property names are all that the database has ever had: Neo4j keeps them.
    """
    labels = sorted(set(tx.run("CALL db.labels()").value()) - OWN)
    types = sorted(tx.run("CALL db.relationshipTypes()").value())
    names = sorted(tx.run("CALL db.propertyKeys()").value())
    may_count = tx.run(
        "SHOW PROCEDURES EXECUTABLE YIELD name WHERE name = 'db.stats.retrieve' RETURN name"
    ).single()
    nodes, edges = count_all(tx) if may_count else count_each(tx, labels, types)
    return GraphSummary(
        {name: nodes[name] for name in labels if nodes.get(name)},
        {name: edges[name] for name in types if edges.get(name)},
        tuple(name for name in names if not name.startswith(PREFIX)),
    )


def count_all(tx: ManagedTransaction) -> tuple[dict[str, int], dict[str, int]]:
    """Return the nodes by label and the relationships by type, from the server's statistics."""
    row = tx.run("CALL db.stats.retrieve('GRAPH COUNTS') YIELD data").single(strict=True)
    nodes = {r["label"]: r["count"] for r in row["data"]["nodes"] if "label" in r}
    edges = {
        r["relationshipType"]: r["count"]
        for r in row["data"]["relationships"]
        if "relationshipType" in r and not {"startLabel", "endLabel"} & r.keys()
    }
    return nodes, edges


def count_each(
    tx: ManagedTransaction, labels: Iterable[str], types: Iterable[str]
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the nodes of each label and the relationships of each type, a statement for each.

    Neo4j keeps these counts, so none of the statements reads the graph; the first time, each has
    to be planned, which takes about 10 ms.
    """
    nodes = {name: f"MATCH (x:{quoted(name)}) RETURN count(x)" for name in labels}
    edges = {name: f"MATCH ()-[x:{quoted(name)}]->() RETURN count(x)" for name in types}
    return _count(tx, nodes), _count(tx, edges)


def _count(tx: ManagedTransaction, texts: Mapping[str, str]) -> dict[str, int]:
    return {name: tx.run(text).single(strict=True)[0] for name, text in texts.items()}


def _ids_of_ends(tx: ManagedTransaction, records: Iterable[Any]) -> dict[str, str]:
    """Return the ids of the nodes that the relationships in a result only point at.

    The server sends such a node as its own key, without labels and properties.
    """
    hollow = {node.element_id for node in _ends(records) if not node.labels and not len(node)}
    if not hollow:
        return {}
    found = tx.run(
        "MATCH (n) WHERE elementId(n) IN $keys RETURN elementId(n) AS key, n.id AS id, "
        "CASE WHEN n.id IS NULL THEN n END AS node",
        keys=sorted(hollow),
    )
    return {
        row["key"]: str(row["id"]) if row["node"] is None else to_python(row["node"], {}).id
        for row in found
    }


def _ends(value: Any) -> Iterator[Any]:
    from neo4j.graph import Path, Relationship

    if isinstance(value, Relationship):
        yield from value.nodes
    elif isinstance(value, Path):
        yield from (node for edge in value.relationships for node in edge.nodes)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _ends(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _ends(part)
