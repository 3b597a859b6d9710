"""The networkx store: no files, no query language, so neighbourhoods are walked."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import networkx as nx

from benchmarks.loading.figures import Figures, batches, hops, load, upserts
from stores.memory import MemoryGraph

__all__ = ["around", "networkx"]


def networkx(count: int, folder: Path) -> Figures:
    """Project ready batches into memory; `folder` stays empty."""
    ready = list(batches(count))
    graph = MemoryGraph()
    found = load(graph, ready)
    found |= hops(partial(around, graph.to_networkx()), count)
    return found | upserts(graph.apply, ready[-1].upto)


def around(graph: nx.MultiDiGraph[str], steps: int, id: str) -> int:
    """Count by walking what is that many steps away."""
    reached = {id} & graph.nodes.keys()
    for _ in range(steps):
        reached = {tail for head in reached for tail in graph.successors(head)}
    return len(reached)
