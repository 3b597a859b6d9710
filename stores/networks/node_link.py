"""Node-link JSON files, the format of networkx and of D3, that lose nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgkit.errors import ReadError
from stores.networks.tagged import dump_text, load_text, pack, unpack

if TYPE_CHECKING:
    import networkx

__all__ = ["read_node_link", "write_node_link"]

#: Names that the format keeps for itself on nodes and edges.
_RESERVED = frozenset({"id", "source", "target", "key"})


def write_node_link(graph: networkx.DiGraph[Any], path: str | Path) -> None:
    """Write a directed graph with all its attributes; the same graph gives the same bytes.

    Values are as `stores.networks.tagged` has them; an attribute whose name the format needs for
    itself (`id`, `source`, `target`, `key`) gets a `$` in front. Raises `InputError` for an
    attribute that holds anything but text, numbers, booleans, dates, times, and lists, tuples
    and dicts of these.
    """
    import networkx

    several: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph(graph)
    content = {
        "directed": True,
        "multigraph": True,
        "graph": _named(graph.graph),
        "nodes": [{"id": _key(node), **_named(data)} for node, data in graph.nodes(data=True)],
        "edges": [
            {"source": _key(head), "target": _key(tail), "key": _key(own), **_named(data)}
            for head, tail, own, data in several.edges(keys=True, data=True)
        ],
    }
    text = json.dumps(content, allow_nan=False, indent=1)
    Path(path).write_text(f"{text}\n", encoding="ascii", newline="\n")


def read_node_link(path: str | Path) -> networkx.MultiDiGraph[Any]:
    """Return the graph of a node-link file, of any program; its edges may be called links.

    Raises `ReadError` for what is no such file and for an undirected graph.
    """
    import networkx

    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ReadError(f"{str(path)!r} is no JSON that can be read ({error}): check it") from error
    if not isinstance(content, dict) or not isinstance(content.get("nodes"), list):
        raise ReadError(f"{str(path)!r} has no list of nodes: give node-link JSON")
    if content.get("directed") is False:
        raise ReadError(
            f"{str(path)!r} is undirected, and facts have a head and a tail: direct its edges"
        )
    graph: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph()
    try:
        _fill(graph, content)
    except (KeyError, TypeError, AttributeError) as error:
        raise ReadError(
            f"{str(path)!r} is no node-link JSON ({error!r}): nodes need an id, edges a source and "
            "a target"
        ) from error
    return graph


def _fill(graph: networkx.MultiDiGraph[Any], content: dict[str, Any]) -> None:
    graph.graph.update(_restored(content.get("graph") or {}))
    for data in content["nodes"]:
        key = _read(data["id"])
        graph.add_node(key)
        graph.nodes[key].update(_restored(data))
    for data in content.get("edges", content.get("links", [])):
        head, tail = _read(data["source"]), _read(data["target"])
        own = graph.add_edge(head, tail, _read(data["key"]) if "key" in data else None)
        graph.edges[head, tail, own].update(_restored(data))


def _key(value: Any) -> str | int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    is_plain = isinstance(value, str) and not value.startswith("\\")
    return str(value) if is_plain else f"\\{dump_text(value)}"


def _read(value: Any) -> Any:
    is_json = isinstance(value, str) and value.startswith("\\")
    return load_text(value[1:]) if is_json else value


def _named(data: dict[Any, Any]) -> dict[str, Any]:
    return {_attribute(name): pack(value) for name, value in data.items()}


def _attribute(name: Any) -> str:
    if not isinstance(name, str) or name.startswith("\\"):
        return f"\\{dump_text(name)}"
    return f"${name}" if name in _RESERVED or name.startswith("$") else name


def _restored(data: dict[str, Any]) -> dict[Any, Any]:
    found = {}
    for name, value in data.items():
        if name not in _RESERVED:
            own = name[1:] if name.startswith("$") else _read(name)
            found[own] = unpack(value)
    return found
