"""Values across the border: the driver's to native ones for results, native ones to the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from kgkit.errors import InputError
from stores.rows import Node, Path, Relationship

__all__ = ["labels_in_order", "to_parameter", "to_property", "to_python"]

_PLAIN = frozenset({str, int, float, bool, type(None)})
_LONG = 2**63
#: Coordinate systems on the globe: WGS-84 in two and three dimensions.
_WGS84 = (4326, 4979)
_GLOBE = ("longitude", "latitude", "height")
_PLANE = ("x", "y", "z")


def to_python(value: Any, ids: Mapping[str, str]) -> Any:
    """Return a value of the driver as a native one; nodes, relationships and paths as records.

    `ids` gives the id of a node that a relationship only points at, by the server's own key. A
    duration is a `timedelta`, or ISO 8601 text where it counts months; a point is a dict that
    `point($p)` takes.
    """
    if type(value) in _PLAIN:
        return value
    from neo4j import graph
    from neo4j.spatial import Point

    if isinstance(value, graph.Node):
        return Node(labels_in_order(value.labels), _properties(value, ids))
    if isinstance(value, graph.Relationship):
        start, end = (_node_id(node, ids) for node in value.nodes)
        return Relationship(value.type, start, end, _properties(value, ids))
    if isinstance(value, graph.Path):
        nodes = tuple(to_python(node, ids) for node in value.nodes)
        return Path(nodes, tuple(to_python(edge, ids) for edge in value.relationships))
    if isinstance(value, Point):
        return _point(value)
    if isinstance(value, Mapping):
        return {str(key): to_python(part, ids) for key, part in value.items()}
    if isinstance(value, list):
        return [to_python(part, ids) for part in value]
    return _temporal(value)


def labels_in_order(labels: Sequence[str] | frozenset[str]) -> tuple[str, ...]:
    """Return the labels of a node, the base label first.

    >>> labels_in_order(["Concept", "Entity"])
    ('Entity', 'Concept')
    """
    return tuple(sorted(labels, key=lambda name: (name != "Entity", name)))


def to_parameter(value: Any) -> Any:
    """Return a native value as the driver takes it, sets and arrays as lists.

    Raises `InputError` for a type that has no place in a graph.
    """
    if isinstance(value, bool | str | float | time | timedelta) or value is None:
        return value
    if isinstance(value, int):
        if not -_LONG <= value < _LONG:
            raise InputError(f"{value} needs more than 64 bits: pass it as text")
        return value
    if isinstance(value, datetime):
        offset = value.utcoffset()
        return value if offset is None else value.replace(tzinfo=timezone(offset))
    if isinstance(value, date):
        return value
    if isinstance(value, Mapping):
        return {str(key): to_parameter(part) for key, part in value.items()}
    if isinstance(value, set | frozenset | Sequence) and not isinstance(value, bytes | bytearray):
        return [to_parameter(part) for part in value]
    if hasattr(value, "tolist"):
        return to_parameter(value.tolist())
    raise InputError(
        f"a {type(value).__name__} cannot be a parameter: pass text, numbers, booleans, dates, "
        "lists or dicts of these"
    )


def to_property(value: Any) -> Any:
    """Return a value as a property that Neo4j can store: a list of mixed types is one of text.

    Raises `InputError` for a type that has no place in a graph.

    >>> to_property([1903, date(1903, 12, 10)])
    ['1903', '1903-12-10']
    """
    made = to_parameter(value)
    if isinstance(made, list) and len({_family(part) for part in made}) > 1:
        return [part.isoformat() if isinstance(part, date) else str(part) for part in made]
    return made


def _family(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, datetime):
        return "aware" if value.tzinfo else "naive"
    return type(value).__name__


def _properties(entity: Any, ids: Mapping[str, str]) -> dict[str, Any]:
    return {key: to_python(value, ids) for key, value in sorted(entity.items())}


def _node_id(node: Any, ids: Mapping[str, str]) -> str:
    known = ids.get(node.element_id)
    return known if known is not None else str(to_python(node, ids).id)


def _point(value: Any) -> dict[str, Any]:
    names = _GLOBE if value.srid in _WGS84 else _PLANE
    return {**dict(zip(names, value, strict=False)), "srid": value.srid}


def _temporal(value: Any) -> Any:
    from neo4j.time import Date, DateTime, Duration, Time

    if isinstance(value, Duration):
        if value.months:
            return value.iso_format()
        micros = value.nanoseconds // 1000
        return timedelta(days=value.days, seconds=value.seconds, microseconds=micros)
    if not isinstance(value, Date | DateTime | Time):
        return value
    native = value.to_native()
    if isinstance(native, datetime):
        return to_parameter(native)
    return native
