"""Entities and facts as a networkx graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kgkit.facts import Entity, Fact

if TYPE_CHECKING:
    import networkx

__all__ = ["to_networkx"]


def to_networkx(entities: Iterable[Entity], facts: Iterable[Fact]) -> networkx.MultiDiGraph[str]:
    """Return a directed multigraph: entities as nodes by id, asserted facts as edges by fact id.

    Nodes bear name, type and, in `properties`, the values of their literal facts by relation;
    edges bear relation, predicate and confidence. Denied and hedged facts are left out.

    >>> scott, alien = Entity.named("Ridley Scott"), Entity.named("Alien")
    >>> graph = to_networkx([scott, alien], [Fact(scott, "DIRECTED", alien)])
    >>> [data["relation"] for _, _, data in graph.edges(data=True)]
    ['DIRECTED']
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for entity in entities:
        graph.add_node(entity.id, name=entity.name, type=entity.type, properties={})
    for fact in facts:
        if not fact.is_asserted:
            continue
        if isinstance(fact.tail, Entity):
            graph.add_edge(
                fact.head.id,
                fact.tail.id,
                key=fact.id,
                relation=fact.relation,
                predicate=fact.predicate,
                confidence=fact.confidence,
            )
        else:
            properties = graph.nodes[fact.head.id]["properties"]
            properties.setdefault(fact.relation, []).append(fact.tail.value)
    return graph
