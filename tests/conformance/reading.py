"""Reading the content of a store back, through what it shows to everyone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stores.base import GraphStore
from stores.memory import MemoryGraph
from stores.rows import Node, Relationship
from tests.conformance.content import RESERVED, Content, add_facts

_ENTITY = {"id", "name", "type", "aliases"}


def read_cypher(store: GraphStore) -> Content:
    """Return the content of a property graph that answers Cypher."""
    nodes = [row["n"] for row in store.query("MATCH (n) RETURN n")]
    edges = [row["r"] for row in store.query("MATCH ()-[r]->() RETURN r")]
    return of_property_graph(nodes, edges)


def read_server(store: GraphStore) -> Content:
    """Return the content of a graph on a server, where the store's own marks are nodes too."""
    marks = "KgkitMeta|KgkitFact"
    nodes = [row["n"] for row in store.query(f"MATCH (n) WHERE NOT n:{marks} RETURN n")]
    edges = [row["r"] for row in store.query("MATCH ()-[r]->() RETURN r")]
    return of_property_graph(nodes, edges)


def read_memory(store: GraphStore) -> Content:
    """Return the content of a graph in memory."""
    assert isinstance(store, MemoryGraph)
    graph = store.to_networkx()
    nodes = []
    for _, data in graph.nodes(data=True):
        labels = tuple(data.pop("labels"))
        nodes.append(Node(labels, {_shown(name, "labels"): v for name, v in data.items()}))
    edges = []
    for head, tail, data in graph.edges(data=True):
        kind = data.pop("type")
        properties = {_shown(name, "type"): v for name, v in data.items()}
        edges.append(Relationship(kind, head, tail, properties))
    return of_property_graph(nodes, edges)


def of_property_graph(nodes: Iterable[Node], edges: Sequence[Relationship]) -> Content:
    """Return what the nodes and relationships of a property graph say."""
    content = Content()

    homes = {e.start: e.end for e in edges if e.type == "PART_OF"}
    roles: dict[str, list[tuple[str, str]]] = {}
    for edge in edges:
        if edge.type == "MENTIONED_IN":
            spans = [tuple(map(int, span.split(":"))) for span in edge["spans"]]
            assert edge["count"] == len(spans)
            content.mentions.add((edge.start, edge.end, tuple(sorted(spans))))
        elif "id" in edge.properties:
            content.links.add(_link(edge))
        elif edge.type != "PART_OF":
            roles.setdefault(edge.start, []).append((edge.type, edge.end))
    for node in nodes:
        _add_node(content, node, homes, roles)
    return content


def _add_node(
    content: Content, node: Node, homes: dict[str, str], roles: dict[str, list[tuple[str, str]]]
) -> None:
    own = node.properties
    if "Document" in node.labels:
        content.documents.add((own["id"], own["uri"], own["title"]))
    elif "Chunk" in node.labels:
        place = (own["ordinal"], own["start"], own["end"])
        content.chunks.add((own["id"], homes[own["id"]], *place, own["text"]))
    elif "Statement" in node.labels:
        ends = tuple(sorted(roles[own["id"]]))
        content.statements.add((own["id"], own["relation"], repr(own.get("value")), ends))
    else:
        assert len(node.labels) == 2
        assert node.labels[0] == "Entity"
        aliases = tuple(own.get("aliases", ()))
        content.entities.add((own["id"], own["name"], own["type"], aliases))
        rest = own.keys() - _ENTITY
        content.values.update((own["id"], name, repr(own[name])) for name in rest)


def _link(edge: Relationship) -> tuple[Any, ...]:
    qualifiers = []
    for name in edge.properties.keys() - RESERVED:
        value = edge[name]
        qualifiers += [(name, repr(v)) for v in (value if isinstance(value, list) else [value])]
    return (
        *(edge["id"], edge.start, edge.type, edge.end),
        edge["predicate"],
        edge["confidence"],
        edge["support"],
        tuple(edge["evidence"]),
        tuple(sorted(qualifiers)),
    )


def _shown(name: str, taken: str) -> str:
    """Return the name of a property before it stepped aside for the one that was taken."""
    return taken if name == f"{taken}_" else name


def read_rdf(store: GraphStore) -> Content:
    """Return the content of a graph of RDF: its records, and what it asserts of them."""
    from stores.rdf.names import BASE, relation_of
    from stores.rdf.reading import index, read_records
    from stores.rdf.store import RdfGraph

    assert isinstance(store, RdfGraph)
    said = index(quad.triple for quad in store.quads())
    records = read_records(said)
    content = Content()
    content.entities.update((e.id, e.name, e.type, e.aliases) for e in records.entities.values())
    add_facts(content, [fact for fact in records.facts if fact.is_asserted])
    # Asserted in their own right, and not only described: this is what queries see.
    triples = {quad.triple for quad in store.quads()}
    relations = {triple for triple in triples if relation_of(triple.predicate.value)}
    assert relations == records.asserted
    given = dict(_ask(store, "?f kg:confidence ?c", "fc"))
    assert given == {f"{BASE}fact:{fact.id}": fact.confidence for fact in records.facts}
    _add_texts(content, store)
    return content


def _add_texts(content: Content, store: GraphStore) -> None:
    document = "?i a kg:Document ; kg:uri ?u ; dcterms:title ?t"
    content.documents.update((_id(i), u, t) for i, u, t in _ask(store, document, "iut"))
    chunk = "?i a kg:Chunk ; prov:wasQuotedFrom ?d ; kg:ordinal ?o ; kg:start ?s ; kg:end ?e"
    for i, d, *rest in _ask(store, f"{chunk} ; kg:text ?t", "idoset"):
        content.chunks.add((_id(i), _id(d), *rest))
    from stores.rdf.names import entity_id

    mention = "?m a kg:Mention ; kg:mentions ?i ; kg:partOf ?c ; kg:start ?s ; kg:end ?e"
    spans: dict[tuple[str, str], set[tuple[int, int]]] = {}
    for i, c, s, e in _ask(store, mention, "icse"):
        spans.setdefault((entity_id(i), _id(c)), set()).add((s, e))
    content.mentions.update((*pair, tuple(sorted(found))) for pair, found in spans.items())


def _ask(store: GraphStore, pattern: str, names: str) -> list[tuple[Any, ...]]:
    rows = store.query(f"SELECT {' '.join(f'?{name}' for name in names)} {{ {pattern} }}")
    return [tuple(row[name] for name in names) for row in rows]


def _id(iri: str) -> str:
    return iri.rpartition(":")[2]
