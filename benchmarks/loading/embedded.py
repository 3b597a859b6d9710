"""The embedded engine: its own bulk loader, our projection, and both behind a ledger."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from benchmarks.loading.figures import (
    ASKED,
    Figures,
    batches,
    hops,
    load,
    parts,
    percentiles,
    timed,
    upserts,
)
from benchmarks.table import RELATIONS, as_facts, entity_id, rows
from kgkit.facts import Fact
from stores.base import GraphStore
from stores.embedded import EmbeddedGraph
from stores.ledger import Ledger
from stores.rows import Rows
from stores.sync import follow

__all__ = ["around", "embedded", "raw", "with_ledger"]

_HEAP_MB = 1024


def raw(count: int, folder: Path) -> Figures:
    """Load with the engine's own bulk loader: nodes in one call, edges by type."""
    from arcadedb_embedded import create_database

    from stores.embedded import jvm

    jvm.start(_HEAP_MB)
    table = list(rows(count))
    began = time.perf_counter()
    with create_database(str(folder / "raw")) as database:
        schema = database.get_java_database().getSchema()
        schema.createVertexType("Entity")
        for name in RELATIONS:
            schema.createEdgeType(name)
        numbers = sorted({n for head, _, tail in table for n in (head, tail)})
        with database.graph_batch(expected_edge_count=count) as batch:
            nodes = [{"id": entity_id(n), "name": f"entity {n}"} for n in numbers]
            rids = dict(zip(numbers, batch.create_vertices("Entity", nodes), strict=True))
            by_type: dict[int, list[tuple[int, int]]] = {}
            for head, relation, tail in table:
                by_type.setdefault(relation, []).append((head, tail))
            for relation, pairs in sorted(by_type.items()):
                heads, tails = ([rids[pair[end]] for pair in pairs] for end in (0, 1))
                batch.new_edges(
                    heads, RELATIONS[relation], tails, [{"confidence": 1.0}] * len(pairs)
                )
        seconds = time.perf_counter() - began
    return {"seconds": seconds}


def embedded(count: int, folder: Path) -> Figures:
    """Project ready batches, without the cost of the ledger."""
    ready = list(batches(count))
    with EmbeddedGraph.open(folder / "graph", heap_mb=_HEAP_MB) as graph:
        found = load(graph, ready)
        found |= hops(partial(around, graph), count)
        return found | upserts(graph.apply, ready[-1].upto)


def with_ledger(count: int, folder: Path) -> Figures:
    """Add the facts to a ledger and let the graph follow it."""
    with (
        Ledger.open(folder / "ledger.db") as ledger,
        EmbeddedGraph.open(folder / "graph", heap_mb=_HEAP_MB) as graph,
    ):
        began = time.perf_counter()
        for part in parts(as_facts(rows(count))):
            ledger.add_facts(part)
        recorded = time.perf_counter() - began
        follow(ledger, graph)
        seconds = time.perf_counter() - began
        found = hops(partial(around, graph), count)
        # From the call to where a query sees the fact.
        times = [
            timed(partial(_upsert, ledger, graph, fact)) for fact in as_facts(rows(ASKED, seed=1))
        ]
        found |= percentiles("upsert", times)
        return {"seconds": seconds, "ledger_seconds": recorded, **found}


def around(graph: GraphStore, steps: int, id: str) -> Rows:
    """Count in Cypher what is that many steps away."""
    pattern = "MATCH (a:Entity {id: $id})" + "-->()" * (steps - 1) + "-->(b) "
    return graph.query(pattern + "RETURN count(DISTINCT b) AS n", {"id": id})


def _upsert(ledger: Ledger, graph: EmbeddedGraph, fact: Fact) -> None:
    ledger.add_facts([fact])
    follow(ledger, graph)
