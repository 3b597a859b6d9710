"""Values across the border: Java to Python for results, Python to Java for parameters and rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from itertools import islice
from typing import Any

from kgkit.errors import InputError
from stores.embedded.jvm import java
from stores.rows import Node, Path, Relationship

__all__ = ["labels_of", "read_rows", "to_java", "to_java_rows", "to_python"]

_PLAIN = frozenset({str, int, float, bool, type(None), date, datetime})
_TEMPORAL = "com.arcadedb.query.opencypher.temporal.Cypher"
_LONG = 2**63


def read_rows(result: Any, limit: int | None) -> tuple[list[dict[str, Any]], bool]:
    """Return the rows of an engine's result and whether `limit` left some unread; close it."""
    from arcadedb_embedded import ResultSet

    rows = ResultSet(result)
    with rows:
        if limit is None:
            return [_native(row) for row in rows.to_list()], False
        found = [_native(row) for row in islice(rows.iter_dicts(), limit)]
        return found, len(found) == limit and bool(result.hasNext())


def _native(row: dict[str, Any]) -> dict[str, Any]:
    for name, value in row.items():
        if type(value) not in _PLAIN:
            row[name] = to_python(value)
    return row


def to_python(value: Any) -> Any:
    """Return a value of the engine as a native one; nodes, relationships and paths as records.

    Sets become sorted lists, a duration `timedelta`, or ISO 8601 text where it counts months.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Mapping):
        return {str(key): to_python(part) for key, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((to_python(part) for part in value), key=str)
    if isinstance(value, list | tuple):
        return [to_python(part) for part in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, java("com.arcadedb.graph.Vertex")):
        return _node(value)
    if isinstance(value, java("com.arcadedb.graph.Edge")):
        return _relationship(value)
    if isinstance(value, java("com.arcadedb.query.opencypher.traversal.TraversalPath")):
        nodes = tuple(_node(vertex) for vertex in value.getVertices())
        return Path(nodes, tuple(_relationship(edge) for edge in value.getEdges()))
    if isinstance(value, java(f"{_TEMPORAL}TemporalValue")):
        return _temporal(value)
    return _other(value)


def labels_of(type_name: str) -> tuple[str, ...]:
    """Return the labels that an engine's type stands for, the base label first.

    >>> labels_of("Concept~Entity")
    ('Entity', 'Concept')
    """
    return tuple(sorted(type_name.split("~"), key=lambda name: (name != "Entity", name)))


def to_java(value: Any) -> Any:
    """Return a Python value as the engine takes it.

    Raises `InputError` for a type that has no place in a graph.
    """
    if isinstance(value, bool | str | float) or value is None:
        return value
    if isinstance(value, int):
        if not -_LONG <= value < _LONG:
            raise InputError(f"{value} needs more than 64 bits: pass it as text")
        return value
    if isinstance(value, datetime):
        moment = java("java.time.LocalDateTime").of(
            *(value.year, value.month, value.day, value.hour, value.minute, value.second),
            value.microsecond * 1000,
        )
        offset = value.utcoffset()
        if offset is None:
            return moment
        zone = java("java.time.ZoneOffset").ofTotalSeconds(int(offset.total_seconds()))
        return java("java.time.ZonedDateTime").of(moment, zone)
    if isinstance(value, date):
        return java("java.time.LocalDate").of(value.year, value.month, value.day)
    if isinstance(value, Mapping):
        made = java("java.util.HashMap")()
        for key, part in value.items():
            made.put(str(key), to_java(part))
        return made
    if isinstance(value, set | frozenset | Sequence) and not isinstance(value, bytes | bytearray):
        made = java("java.util.ArrayList")()
        for part in value:
            made.add(to_java(part))
        return made
    if hasattr(value, "tolist"):
        return to_java(value.tolist())
    raise InputError(
        f"a {type(value).__name__} cannot be a parameter: pass text, numbers, booleans, dates, "
        "lists or dicts of these"
    )


def to_java_rows(rows: Sequence[Any]) -> Any:
    """Return rows as a Java list; all that JSON can carry crosses in one piece, first."""
    try:
        return _parse(json.dumps(rows, allow_nan=False))
    except (TypeError, ValueError):
        plain, rest = _apart(rows)
    made = _parse(f"[{','.join(plain)}]")
    for row in rest:
        made.add(to_java(row))
    return made


def _apart(rows: Sequence[Any]) -> tuple[list[str], list[Any]]:
    plain: list[str] = []
    rest: list[Any] = []
    for row in rows:
        try:
            plain.append(json.dumps(row, allow_nan=False))
        except (TypeError, ValueError):
            rest.append(row)
    return plain, rest


def _parse(text: str) -> Any:
    return java("com.arcadedb.serializer.json.JSONArray")(text).toList()


def _properties(record: Any) -> Iterator[tuple[str, Any]]:
    for entry in record.propertiesAsMap().entrySet():
        yield str(entry.getKey()), to_python(_unboxed(entry.getValue()))


def _node(vertex: Any) -> Node:
    return Node(labels_of(str(vertex.getTypeName())), dict(sorted(_properties(vertex))))


def _relationship(edge: Any) -> Relationship:
    ends = (_node_id(edge.getOutVertex()), _node_id(edge.getInVertex()))
    return Relationship(str(edge.getTypeName()), *ends, dict(sorted(_properties(edge))))


def _node_id(vertex: Any) -> str:
    own = vertex.get("id")
    return str(own) if own is not None else _node(vertex).id


def _unboxed(value: Any) -> Any:
    from arcadedb_embedded import convert_java_to_python

    return convert_java_to_python(value)


def _other(value: Any) -> Any:
    native = _unboxed(value)
    return to_python(native) if native is not value else str(value)


def _temporal(value: Any) -> Any:
    if isinstance(value, java(f"{_TEMPORAL}Duration")):
        months, days = int(value.getMonths()), int(value.getDays())
        if months:
            return str(value)
        micros = int(value.getNanosAdjustment()) // 1000
        return timedelta(days=days, seconds=int(value.getSeconds()), microseconds=micros)
    if isinstance(value, java(f"{_TEMPORAL}Date")):
        return date.fromisoformat(str(value))
    if isinstance(value, java(f"{_TEMPORAL}DateTime")):
        zoned = value.getValue()
        zone = timezone(timedelta(seconds=int(zoned.getOffset().getTotalSeconds())))
        return _moment(zoned).replace(tzinfo=zone)
    if isinstance(value, java(f"{_TEMPORAL}LocalDateTime")):
        return _moment(value.getValue())
    return time.fromisoformat(_microseconds(str(value)))


def _moment(value: Any) -> datetime:
    day = (value.getYear(), value.getMonthValue(), value.getDayOfMonth())
    return datetime(
        *day, value.getHour(), value.getMinute(), value.getSecond(), value.getNano() // 1000
    )


def _microseconds(text: str) -> str:
    head, dot, rest = text.partition(".")
    digits = "".join(c for c in rest[:9] if c.isdigit())
    return f"{head}{dot}{digits[:6]}{rest[len(digits) :]}" if dot else text
