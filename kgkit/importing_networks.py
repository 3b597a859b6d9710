"""GraphML and node-link JSON among the formats that are imported: the importer `network`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.imports.base import Imported
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal

__all__ = ["read_network"]


def read_network(path: Path) -> Iterator[Imported]:
    """Yield the facts of a directed graph in GraphML or node-link JSON, as networkx writes it.

    Edges are facts between entities and attributes of nodes are literal facts
    (`stores.networks.from_networkx`); a node with neither has its name as LABEL. Raises
    `ReadError` for what is no such file or undirected, `InputError` for an attribute that no
    literal holds.
    """
    from stores.networks import from_networkx, read_graphml, read_node_link

    read = read_graphml if path.suffix.lower() == ".graphml" else read_node_link
    source = path.as_posix()
    entities, facts = from_networkx(read(path), source)
    yield from facts
    named = {fact.head.id for fact in facts}
    named |= {fact.tail.id for fact in facts if isinstance(fact.tail, Entity)}
    for entity in entities:
        if entity.id not in named:
            label = Fact(entity, "LABEL", Literal(entity.name), predicate="label")
            yield label.with_evidence(ImportEvidence(source, f"node {entity.id}"))
