"""Asking the engine: rows of a query, and what the graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from kgkit.errors import KgkitError, QueryTimeout
from stores.base import GraphSummary
from stores.embedded.engine import FACTS, META
from stores.embedded.engine_ids import check_id_comparisons
from stores.embedded.jvm import java
from stores.embedded.query import Stoppable, translate
from stores.embedded.values import labels_of, read_rows, to_java
from stores.rows import Rows

__all__ = ["ask", "summarise"]

_HIDDEN = frozenset({"head", "slot", "roles", "watermark", FACTS, META})


def ask(
    database: Any,
    text: str,
    parameters: Mapping[str, Any],
    mode: tuple[bool, int | None],
    task: Stoppable,
) -> Rows:
    """Return the rows of a query; `mode` is (may it write, how many rows at most).

    A write that was stopped is rolled back. Raises `QueryError` and its siblings.
    """
    check_id_comparisons(text)
    write, limit = mode
    engine = database.get_java_database()
    import jpype

    given = jpype.JObject(to_java(dict(parameters)), java("java.util.Map"))
    try:
        if not write:
            return _rows(engine.query("opencypher", text, given), limit)
        return _written(engine, text, given, (limit, task))
    except KgkitError:
        raise
    except Exception as error:
        raise translate(error, text) from error


def _written(engine: Any, text: str, given: Any, bounds: tuple[int | None, Stoppable]) -> Rows:
    limit, task = bounds
    engine.begin()
    try:
        rows = _rows(engine.command("opencypher", text, given), None)
        if task.stopped:
            raise QueryTimeout("the query was stopped before it was done: nothing was written")
        engine.commit()
    finally:
        if engine.isTransactionActive():
            engine.rollback()
    return rows if limit is None else rows[:limit]


def _rows(result: Any, limit: int | None) -> Rows:
    rows, more = read_rows(result, limit)
    return Rows(rows, notes=[f"only the first {limit} rows were fetched"] if more else [])


def summarise(database: Any) -> GraphSummary:
    """Return what the graph holds; labels and types without any record are left out."""
    engine = database.get_java_database()
    vertex, edge = java("com.arcadedb.schema.VertexType"), java("com.arcadedb.schema.EdgeType")
    labels: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for kind in engine.getSchema().getTypes():
        name = str(kind.getName())
        if isinstance(kind, vertex):
            for label in labels_of(name):
                labels[label] += int(engine.countType(name, False))
        elif isinstance(kind, edge):
            types[name] += int(engine.countType(name, False))
    names = engine.getSchema().getDictionary().getDictionaryMap().keySet()
    properties = sorted({str(name) for name in names} - _HIDDEN - labels.keys() - types.keys())
    return GraphSummary(_present(labels), _present(types), tuple(properties))


def _present(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in sorted(counts) if counts[name]}
