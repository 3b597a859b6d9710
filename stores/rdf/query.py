"""Running SPARQL, and saying in one sentence what was wrong with it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from kgkit.errors import KgkitError, QueryError, QueryTimeout, ReadOnlyError, StoreError
from stores.base import GraphSummary
from stores.rdf.literals import native
from stores.rdf.names import PREFIXES, shorten
from stores.rows import Rows

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["ask", "change", "is_update", "load", "summarise", "value_of"]

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)")
#: Sets of characters among what the engine expected: no news to the writer of a query.
_SETS = re.compile(r"(?:, |(?<=expected ))?\[[^\]]*\]")
_CLASSES = "SELECT ?name (COUNT(*) AS ?n) { ?s a ?name } GROUP BY ?name"
_PREDICATES = """SELECT ?name ?literal (COUNT(*) AS ?n)
{ ?s ?name ?o BIND(isLITERAL(?o) AS ?literal) } GROUP BY ?name ?literal"""


def ask(
    store: ox.Store, text: str, *, union: bool, limit: int | None, timeout: float | None
) -> Rows:
    """Return the rows of a SELECT, the answer of an ASK, or the triples of a CONSTRUCT.

    The engine cannot be stopped, so `timeout` (seconds) is looked at between rows. Raises
    `QueryError`, `QueryTimeout`, and `ReadOnlyError` for an update.
    """
    ends = None if timeout is None else time.monotonic() + timeout
    try:
        result = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)
    except (SyntaxError, RuntimeError, OSError, ValueError) as error:
        raise _translated(error, text) from error
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(result, QueryBoolean):
        return Rows([{"answer": bool(result)}], ["answer"])
    if isinstance(result, QuerySolutions):
        columns = [variable.value for variable in result.variables]
    else:
        columns = ["subject", "predicate", "object"]
    solutions = _in_time(result, ends, timeout, text)
    found = list(solutions if limit is None else islice(solutions, limit + 1))
    notes = []
    if limit is not None and len(found) > limit:
        found = found[:limit]
        notes = [f"there are more than limit={limit} rows"]
    rows = (dict(zip(columns, map(value_of, row), strict=True)) for row in found)
    return Rows(rows, columns, notes)


def change(store: ox.Store, text: str) -> None:
    """Run an update, all or nothing. Raises `QueryError`, and `StoreError` when the disk fails."""
    try:
        store.update(text, prefixes=PREFIXES)
    except OSError as error:
        raise StoreError(f"the graph cannot be written ({error}): try again.") from error
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise _wrong(error, text) from error


def load(store: ox.Store, text: str) -> None:
    """Add N-Quads, all or nothing. Raises `StoreError` when the disk fails."""
    from pyoxigraph import RdfFormat

    try:
        store.load(input=text.encode(), format=RdfFormat.N_QUADS)
    except OSError as error:
        raise StoreError(f"the graph cannot be written ({error}): try again.") from error


def is_update(text: str) -> bool:
    """Return whether the text is an update, by running it on an empty graph."""
    from pyoxigraph import Store

    try:
        Store().update(text, prefixes=PREFIXES)
    except SyntaxError:
        return False
    except (RuntimeError, OSError, ValueError):
        return True
    return True


def summarise(store: ox.Store, *, union: bool) -> GraphSummary:
    """Return classes and predicates with their counts, named as queries write them.

    Predicates of things are relationships, predicates of literals properties.
    """
    labels = {
        shorten(row[0].value): int(row[1].value)
        for row in _solutions(store, _CLASSES, union)
        if hasattr(row[0], "value")
    }
    relationships: dict[str, int] = {}
    properties = set()
    for name, literal, count in _solutions(store, _PREDICATES, union):
        if literal.value == "true":
            properties.add(shorten(name.value))
        else:
            relationships[shorten(name.value)] = int(count.value)
    return GraphSummary(
        dict(sorted(labels.items())), dict(sorted(relationships.items())), tuple(sorted(properties))
    )


def value_of(term: Any) -> Any:
    """Return a term as a native value: an IRI as text, a triple as a tuple of its ends.

    >>> from pyoxigraph import Literal, NamedNode
    >>> value_of(NamedNode("http://example.org/a")), value_of(Literal(7)), value_of(None)
    ('http://example.org/a', 7, None)
    """
    from pyoxigraph import BlankNode, Literal, NamedNode

    if isinstance(term, Literal):
        return native(term)
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, BlankNode):
        return str(term)
    return None if term is None else tuple(map(value_of, term))


def _solutions(store: ox.Store, text: str, union: bool) -> Iterable[Any]:
    found: Any = store.query(text, use_default_graph_as_union=union)
    return list(found)


def _in_time(
    result: Iterator[Any], ends: float | None, timeout: float | None, text: str
) -> Iterator[Any]:
    while True:
        try:
            row = next(result, None)
        except (RuntimeError, OSError, ValueError) as error:
            raise _translated(error, text) from error
        if row is None:
            return
        if ends is not None and time.monotonic() > ends:
            raise QueryTimeout(
                f"the query ran longer than timeout={timeout:g} seconds and was stopped: "
                "narrow it, add LIMIT, or allow more time."
            )
        yield row


def _translated(error: Exception, text: str) -> KgkitError:
    if isinstance(error, SyntaxError) and is_update(text):
        return ReadOnlyError(
            "the query writes and queries only read: pass write=True to change the graph."
        )
    return _wrong(error, text)


def _wrong(error: Exception, text: str) -> QueryError:
    said = " ".join(str(error).split()).rstrip(".")
    place = _PLACE.search(said)
    if place is None:
        return QueryError(f"the query cannot run: {said}; check the query.")
    line, column, expected = int(place[1]), int(place[2]), _SETS.sub("", place[3])
    if "Prefix not found" in expected:
        expected = "a prefix is not declared"
    elif expected.strip(" ,") in ("expected", "expected one of"):
        expected = "no SPARQL goes on so"
    lines = text.splitlines() or [""]
    near = lines[min(line, len(lines)) - 1][max(0, column - 21) : column + 19].strip()
    said = f"line {line}, column {column}: {expected.strip(' ,')}"
    return QueryError(f"the query cannot run: {said}; check it near {near!r}.")
