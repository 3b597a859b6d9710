"""GraphML files that lose nothing: what XML cannot say stands in them as marked JSON.

Text, numbers and booleans are written as GraphML has them, so other programs show them. Lists,
dates, and text with characters that XML forbids are a backslash and a line of JSON
(`stores.networks.tagged`); a mark on the graph says that backslashes are to be read so.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgkit.errors import ReadError
from stores.networks.tagged import dump_text, load_text

if TYPE_CHECKING:
    import networkx

__all__ = ["read_graphml", "write_graphml"]

_MARK = "kgkit"
#: Names of graph attributes that the format, or networkx, keeps for itself.
_RESERVED = frozenset({_MARK, "id", "node_default", "edge_default"})
#: What XML allows, but for ends of lines: networkx gives a file line by line and loses them.
_PLAIN = re.compile("[\t\x20-\x84\x86-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
_LONG = 2**63


def write_graphml(graph: networkx.DiGraph[Any], path: str | Path) -> None:
    """Write a directed graph with all its attributes; the same graph gives the same bytes.

    Raises `InputError` for an attribute that holds anything but text, numbers, booleans, dates,
    times, and lists, tuples and dicts of these.
    """
    import networkx

    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    flat.graph[_MARK] = "1"
    for name, value in graph.graph.items():
        shown = f"\\{dump_text(name)}" if name in _RESERVED else _name(name)
        flat.graph[shown] = _value(value)
    for node, data in graph.nodes(data=True):
        flat.add_node(_name(node))
        flat.nodes[_name(node)].update({_name(k): _value(v) for k, v in data.items()})
    several: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph(graph)
    for head, tail, key, data in several.edges(keys=True, data=True):
        ends = _name(head), _name(tail), _name(key)
        flat.add_edge(*ends)
        flat.edges[ends].update({_name(k): _value(v) for k, v in data.items()})
    Path(path).write_text("".join(networkx.generate_graphml(flat)), encoding="utf-8", newline="\n")


def read_graphml(path: str | Path) -> networkx.MultiDiGraph[Any]:
    """Return the first graph of a GraphML file, of any program.

    Nothing outside the file is read, and a file with a document type is refused, since entities
    that it declares can grow without bound. Raises `ReadError` for that, for what is no GraphML
    and for an undirected graph.
    """
    import networkx

    shown = repr(str(path))
    text = _checked(Path(path))
    try:
        found = networkx.parse_graphml(text, edge_key_type=str, force_multigraph=True)
    except (networkx.NetworkXException, KeyError, ValueError, TypeError, AttributeError) as error:
        raise ReadError(
            f"{shown} is no GraphML that can be read ({error}): export it anew"
        ) from error
    except StopIteration as error:
        raise ReadError(f"{shown} holds no graph: export it anew") from error
    if not isinstance(found, networkx.MultiDiGraph):
        raise ReadError(
            f"{shown} is undirected, and facts have a head and a tail: direct its edges"
        )
    for name in ("node_default", "edge_default"):
        found.graph.pop(name, None)
    if found.graph.pop(_MARK, None) is None:
        return found
    return _restored(found)


def _checked(path: Path) -> str:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        tree = etree.parse(str(path), parser)
    except (OSError, etree.XMLSyntaxError) as error:
        raise ReadError(f"{str(path)!r} is no XML that can be read ({error}): check it") from error
    if tree.docinfo.doctype:
        raise ReadError(
            f"{str(path)!r} declares a document type ({tree.docinfo.doctype}): GraphML needs none; "
            "remove the declaration"
        )
    return str(etree.tostring(tree.getroot(), encoding="unicode"))


def _restored(flat: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[Any]:
    import networkx

    graph: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph()
    graph.graph.update({_read(k): _read(v) for k, v in flat.graph.items()})
    for node, data in flat.nodes(data=True):
        key = _read(node)
        graph.add_node(key)
        graph.nodes[key].update({_read(k): _read(v) for k, v in data.items()})
    for head, tail, own, data in flat.edges(keys=True, data=True):
        ends = _read(head), _read(tail), _read(own)
        graph.add_edge(*ends)
        graph.edges[ends].update({_read(k): _read(v) for k, v in data.items()})
    return graph


def _name(value: Any) -> str:
    """Return a node, key or attribute name as text that is not empty."""
    return value if value and _is_plain(value) else f"\\{dump_text(value)}"


def _value(value: Any) -> str | int | float | bool:
    if isinstance(value, bool | float) or (isinstance(value, int) and -_LONG <= value < _LONG):
        return value
    return str(value) if _is_plain(value) else f"\\{dump_text(value)}"


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and not value.startswith("\\") and bool(_PLAIN.fullmatch(value))


def _read(value: Any) -> Any:
    is_json = isinstance(value, str) and value.startswith("\\")
    return load_text(value[1:]) if is_json else value
