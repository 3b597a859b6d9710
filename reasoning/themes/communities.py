"""Which entities belong together, and how central each is among its own.

Communities are those of Blondel et al. ("Fast unfolding of communities in large networks", 2008)
on the graph of facts between entities, as networkx finds them from a seed. The better method of
Leiden is to be had only under the GPL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from kgkit.facts import Entity, Fact
from reasoning.retrieval.push import WeightedGraph, push

__all__ = ["Community", "communities"]


@dataclass(frozen=True, slots=True)
class Community:
    """Entities that belong together, the facts between them, and how central each is.

    `ranks` gives by id the chance to find a walker on the facts of the community at an entity,
    a number from 0 to 1; they sum to 1. `entities` are in falling order of it.
    """

    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    ranks: dict[str, float]


def communities(
    facts: Iterable[Fact], *, resolution: float = 1.0, seed: int = 0
) -> list[Community]:
    """Return the communities of at least two entities, those with the most facts first.

    An asserted fact between two entities ties them by its confidence. A higher `resolution`
    gives smaller communities. Every asserted fact between entities is in one community or, when
    its ends are in two, in none.
    """
    edges = sorted((fact for fact in facts if _ties(fact)), key=lambda fact: fact.id)
    entities = {e.id: e for fact in edges for e in (fact.head, fact.tail) if isinstance(e, Entity)}
    ids = sorted(entities)
    number = {id: at for at, id in enumerate(ids)}
    pairs = [(number[_ends(fact)[0]], number[_ends(fact)[1]]) for fact in edges]
    group = _grouped(len(ids), pairs, [max(f.confidence, 0.01) for f in edges], resolution, seed)
    inside: dict[int, list[int]] = defaultdict(list)
    for at, (one, other) in enumerate(pairs):
        if group[one] == group[other]:
            inside[group[one]].append(at)
    found = [_community([edges[at] for at in own], entities) for own in inside.values()]
    return sorted(found, key=lambda c: (-len(c.facts), c.entities[0].name, c.entities[0].id))


def _ties(fact: Fact) -> bool:
    head, tail = _ends(fact)
    return fact.is_edge and head != tail


def _ends(fact: Fact) -> tuple[str, str]:
    return fact.head.id, fact.tail.id if isinstance(fact.tail, Entity) else ""


def _grouped(
    nodes: int,
    pairs: list[tuple[int, int]],
    weights: list[float],
    resolution: float,
    seed: int,
) -> list[int]:
    """Return the number of each node's community."""
    import networkx

    total: dict[tuple[int, int], float] = defaultdict(float)
    for (one, other), weight in zip(pairs, weights, strict=True):
        total[min(one, other), max(one, other)] += weight
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_weighted_edges_from((*pair, round(total[pair], 6)) for pair in sorted(total))
    found = networkx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    group = [0] * nodes
    for at, members in enumerate(sorted(found, key=min)):
        for node in members:
            group[node] = at
    return group


def _community(facts: list[Fact], entities: dict[str, Entity]) -> Community:
    ids = sorted({id for fact in facts for id in _ends(fact)})
    number = {id: at for at, id in enumerate(ids)}
    pairs = [(number[one], number[other]) for one, other in map(_ends, facts)]
    graph = WeightedGraph.of(len(ids), pairs, [max(fact.confidence, 0.01) for fact in facts])
    ranks = push(graph, np.ones(len(ids)), damping=0.85, tolerance=1e-6).round(6)
    by_id = dict(zip(ids, ranks.tolist(), strict=True))
    order = sorted(ids, key=lambda id: (-by_id[id], entities[id].name, id))
    return Community(tuple(entities[id] for id in order), tuple(facts), by_id)
