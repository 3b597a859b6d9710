"""The values of a table's cells: when two are the same, and which comes first.

A cell holds an entity or a literal. Literals that print alike are one value whatever their
datatype, since graph stores do not keep it: 1979 is the year and the number.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kgkit.errors import QueryError
from kgkit.facts import Entity, Literal
from reasoning.logic.expressions import Constant
from reasoning.logic.times import Time, time_of
from reasoning.logic.units import convert, magnitude

__all__ = ["Cell", "compare", "is_time", "key", "literal", "number", "rank", "shown"]

#: What a row holds for a variable.
Cell = Entity | Literal

_TIMES = frozenset({"date", "dateTime", "gYear", "gYearMonth"})


def literal(constant: Constant) -> Literal:
    """Return a constant of the language as the literal that a fact would hold.

    >>> literal(Constant(Time(1979, 5, 25))).value, literal(Constant(Time(1979))).datatype
    (datetime.date(1979, 5, 25), 'gYear')
    """
    value = constant.value
    if isinstance(value, Time):
        return _time_literal(value)
    datatype = {bool: "boolean", int: "integer", float: "decimal"}.get(type(value), "string")
    return Literal(value, datatype, unit=constant.unit)


def key(cell: Cell) -> tuple[str, ...]:
    """Return what tells a cell from others.

    >>> key(Literal(1979, "gYear")) == key(Literal(1979.0, "decimal")) != key(Literal("1979"))
    True
    """
    if isinstance(cell, Entity):
        return "entity", cell.id
    value = cell.value
    if isinstance(value, bool):
        return "boolean", str(value)
    if isinstance(value, int | float):
        whole = int(value) if isinstance(value, float) and value.is_integer() else value
        return "number", repr(whole), cell.unit or ""
    if isinstance(value, date):
        return "time", str(time_of(value))
    return "text", value


def is_time(literal: Literal) -> bool:
    """Return whether a literal is a point in time."""
    return literal.datatype in _TIMES and time_of(literal.value) is not None


def number(cell: Cell) -> int | float | None:
    """Return the number that a cell holds, None for other cells."""
    value = cell.value if isinstance(cell, Literal) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value


def compare(sign: str, left: Cell, right: Cell) -> bool:
    """Return whether a comparison of two cells holds.

    Times are equal where one is part of the other (25 May 1979 is in 1979), and one is before the
    other where all of it is. Numbers are compared in one unit; one without a unit is taken in the
    unit of the other. Entities are equal to themselves and to their names. Raises `QueryError`
    for an order between things that have none.

    >>> compare("<", Literal(5, unit="km"), Literal(6000, unit="m"))
    True
    """
    if sign == "!=":
        return not compare("=", left, right)
    if sign == "=":
        return _are_equal(left, right)
    if sign in ("<=", ">=") and _are_equal(left, right):
        return True
    first, second = (left, right) if sign in ("<", "<=") else (right, left)
    return _is_before(first, second)


def rank(cell: Cell) -> tuple[int, tuple[Any, ...], tuple[str, ...]]:
    """Return what cells of any kinds are sorted by: numbers in base units, times, texts, entities
    by name."""
    if isinstance(cell, Entity):
        return 4, (cell.name,), key(cell)
    size = number(cell)
    if is_time(cell) and not isinstance(cell.value, int):
        time = time_of(cell.value)
        return 1, () if time is None else time.span, key(cell)
    if size is not None:
        kind, based = magnitude(size, cell.unit)
        return 0, (kind, based), key(cell)
    return (3 if isinstance(cell.value, bool) else 2), (str(cell.value),), key(cell)


def shown(cell: Cell) -> str:
    """Return a cell as people read it.

    >>> shown(Literal(84, unit="m")), shown(Entity.named("Alien"))
    ('84 m', 'Alien')
    """
    if isinstance(cell, Entity):
        return cell.name
    if isinstance(cell.value, bool):
        return "yes" if cell.value else "no"
    value = cell.value.isoformat() if isinstance(cell.value, date) else str(cell.value)
    return f"{value} {cell.unit}" if cell.unit else value


def _are_equal(left: Cell, right: Cell) -> bool:
    if isinstance(left, Entity) or isinstance(right, Entity):
        return (
            _names_of(left) == _names_of(right)
            if type(left) is not type(right)
            else (key(left) == key(right))
        )
    if key(left) == key(right):
        return True
    times = _times(left, right)
    if times is not None:
        (a, b), (c, d) = times[0].span, times[1].span
        return (a <= c and d <= b) or (c <= a and b <= d)
    sizes = _sizes(left, right)
    return sizes is not None and sizes[0] == sizes[1]


def _is_before(left: Cell, right: Cell) -> bool:
    if isinstance(left, Literal) and isinstance(right, Literal):
        times = _times(left, right)
        if times is not None:
            return times[0].span[1] < times[1].span[0]
        sizes = _sizes(left, right)
        if sizes is not None:
            return sizes[0] < sizes[1]
        texts = isinstance(left.value, str) and isinstance(right.value, str)
        if texts and not (is_time(left) or is_time(right)):
            return str(left.value) < str(right.value)
    raise QueryError(
        f"{shown(left)!r} and {shown(right)!r} have no order; compare two numbers, times or texts."
    )


def _times(left: Literal, right: Literal) -> tuple[Time, Time] | None:
    """Return both as times if one is known to be one and the other can be."""
    if not (is_time(left) or is_time(right)) or left.unit or right.unit:
        return None
    one, other = time_of(left.value), time_of(right.value)
    return None if one is None or other is None else (one, other)


def _sizes(left: Literal, right: Literal) -> tuple[float, float] | None:
    """Return both numbers in one unit. Raises `QueryError` where they have none in common."""
    one, other = number(left), number(right)
    if one is None or other is None:
        return None
    if left.unit and right.unit:
        return one, convert(other, right.unit, left.unit)
    return one, other


def _names_of(cell: Cell) -> str:
    return cell.name if isinstance(cell, Entity) else str(cell.value)


def _time_literal(time: Time) -> Literal:
    if time.month is None:
        return Literal(time.year, "gYear")
    if time.day is None:
        return Literal(str(time), "gYearMonth")
    if time.micros is None and 1 <= time.year <= 9999:
        return Literal(date(time.year, time.month, time.day), "date")
    return Literal(str(time), "date" if time.micros is None else "dateTime")
