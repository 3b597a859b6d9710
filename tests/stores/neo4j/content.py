"""What a graph holds, for comparing stores; the bookkeeping on a server is left out."""

from __future__ import annotations

from stores.base import GraphStore
from stores.neo4j.schema import OWN
from stores.rows import Node, Relationship


def content(graph: GraphStore) -> tuple[list[Node], list[Relationship]]:
    """Return the nodes and the relationships of a graph in an order of their own."""
    nodes = [row["n"] for row in graph.query("MATCH (n) RETURN n")]
    edges = [row["r"] for row in graph.query("MATCH ()-[r]->() RETURN r")]
    return (
        sorted((n for n in nodes if not OWN & set(n.labels)), key=lambda node: node.id),
        sorted(edges, key=lambda edge: (edge.start, edge.type, edge.end, edge.id)),
    )
