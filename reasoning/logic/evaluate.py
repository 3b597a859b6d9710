"""The value of an expression in one row."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from kgkit.errors import QueryError
from kgkit.facts import Literal
from reasoning.logic.expressions import Binary, Call, Constant, Expression, Not, Use
from reasoning.logic.functions import call
from reasoning.logic.units import convert, joined
from reasoning.logic.values import Cell, compare, is_time, literal, number, shown

__all__ = ["evaluate", "is_true"]

_OPERATIONS: Mapping[str, Callable[[int | float, int | float], int | float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def evaluate(expression: Expression, row: Mapping[str, Cell]) -> Cell:
    """Return the value of an expression, with variables from the row.

    Raises `QueryError` where it has none: division by zero, units that do not fit, an order
    between things that have none, a variable that is not bound.

    >>> evaluate(Binary("+", Constant(1, "km"), Constant(500, "m")), {})
    Literal(value=1.5, datatype='decimal', text='', unit='km')
    """
    match expression:
        case Use(variable):
            return _bound(variable, row)
        case Constant():
            return literal(expression)
        case Not(test):
            return Literal(not is_true(test, row), "boolean")
        case Call(function, arguments):
            return call(function, [evaluate(each, row) for each in arguments])
        case Binary("and", left, right):
            return Literal(is_true(left, row) and is_true(right, row), "boolean")
        case Binary("or", left, right):
            return Literal(is_true(left, row) or is_true(right, row), "boolean")
        case Binary(sign, left, right):
            one, other = evaluate(left, row), evaluate(right, row)
            if sign in ("+", "-", "*", "/"):
                return _computed(sign, one, other)
            return Literal(compare(sign, one, other), "boolean")


def is_true(expression: Expression, row: Mapping[str, Cell]) -> bool:
    """Return whether an expression holds in a row. Raises `QueryError` where it is no test."""
    value = evaluate(expression, row)
    if not isinstance(value, Literal) or not isinstance(value.value, bool):
        raise QueryError(
            f"{expression} is {shown(value)!r}; expected a test that is true or false."
        )
    return value.value


def _bound(variable: str, row: Mapping[str, Cell]) -> Cell:
    if variable not in row:
        raise QueryError(f"?{variable} is not bound; retrieve it before it is used.")
    return row[variable]


def _computed(sign: str, left: Cell, right: Cell) -> Literal:
    one, other = number(left), number(right)
    if (
        one is None
        or other is None
        or not isinstance(left, Literal)
        or (not isinstance(right, Literal))
    ):
        raise QueryError(
            f"{shown(left)!r} {sign} {shown(right)!r} cannot be computed; give two numbers "
            "(years(a, b) and days(a, b) are for times)."
        )
    unit = left.unit
    if sign in ("*", "/"):
        unit = joined(sign, left.unit, right.unit)
    elif left.unit and right.unit:
        other = convert(other, right.unit, left.unit)
    elif left.unit or right.unit:
        raise QueryError(
            f"{shown(left)!r} {sign} {shown(right)!r} mixes a number with a quantity; give both "
            "a unit."
        )
    if sign == "/" and other == 0:
        raise QueryError(f"{shown(left)!r} is divided by zero.")
    size = _size(sign, one, other, left, right)
    if is_time(left) and sign in ("+", "-") and not is_time(right):
        return Literal(size, "gYear")
    return Literal(size, "integer" if isinstance(size, int) else "decimal", unit=unit)


def _size(sign: str, one: int | float, other: int | float, left: Cell, right: Cell) -> int | float:
    try:
        size = float(_OPERATIONS[sign](one, other))
    except OverflowError:
        size = math.inf
    if not math.isfinite(size):
        raise QueryError(f"{shown(left)!r} {sign} {shown(right)!r} is too large a number.")
    return _OPERATIONS[sign](one, other)
