"""When a fact held, as its qualifiers say."""

from __future__ import annotations

from collections.abc import Iterable

from kgkit.errors import QueryError
from kgkit.facts import Literal, Qualifier
from reasoning.logic.times import Time, time_of
from reasoning.logic.values import Cell
from stores.property_graph.naming import property_name

__all__ = ["holds_at"]

_FROM, _TO = ("valid_from", "start", "start_time", "since"), ("valid_to", "end", "end_time")
_WHEN = ("time", "point_in_time", "at", "date", "year")


def holds_at(qualifiers: Iterable[Qualifier], cell: Cell) -> bool:
    """Return whether nothing says that a fact with these qualifiers did not hold at that time.

    Raises `QueryError` for a cell that holds no time.
    """
    time = time_of(cell.value) if isinstance(cell, Literal) else None
    if time is None:
        raise QueryError(f"'at' takes a time such as 1990 or 1990-05-01; {cell} is none.")
    for qualifier in qualifiers:
        value = qualifier.value
        other = time_of(value.value) if isinstance(value, Literal) else None
        if other is not None and not _allows(property_name(qualifier.role), other, time):
            return False
    return True


def _allows(role: str, known: Time, asked: Time) -> bool:
    if role in _FROM:
        return known.span[0] <= asked.span[1]
    if role in _TO:
        return asked.span[0] <= known.span[1]
    if role in _WHEN:
        return known.span[0] <= asked.span[1] and asked.span[0] <= known.span[1]
    return True
