"""What an expression may call: parts of dates, spans of time, units, texts and names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kgkit.errors import QueryError
from kgkit.facts import Entity, Literal
from reasoning.logic.times import Time, ordinal, time_of
from reasoning.logic.units import convert
from reasoning.logic.values import Cell, is_time, number, shown

__all__ = ["FUNCTIONS", "Function", "call"]


@dataclass(frozen=True, slots=True)
class Function:
    """A function: what it takes ("time", "number", "text", "entity", "any"), what it gives."""

    takes: tuple[str, ...]
    gives: str
    run: Callable[..., Cell]


def call(name: str, arguments: Sequence[Cell]) -> Cell:
    """Return what a function of `FUNCTIONS` gives. Raises `QueryError` for an unknown one, and for
    arguments that are not what it takes.

    >>> call("years", [Literal("1867-11-07", "date"), Literal("1934-07-04", "date")]).value
    66
    """
    function = FUNCTIONS.get(name)
    if function is None or len(function.takes) != len(arguments):
        raise QueryError(
            f"{name}() of {len(arguments)} arguments is no function; there are "
            f"{', '.join(FUNCTIONS)}."
        )
    return function.run(*arguments)


def _year(time: Cell) -> Literal:
    return Literal(_time("year", time).year, "gYear")


def _month(time: Cell) -> Literal:
    return Literal(_known("month", time, _time("month", time).month), "integer")


def _day(time: Cell) -> Literal:
    return Literal(_known("day", time, _time("day", time).day), "integer")


def _years(start: Cell, end: Cell) -> Literal:
    """Whole years from one time to another, as ages are counted; of bare years the difference."""
    first, second = _time("years", start), _time("years", end)
    years = second.year - first.year
    if first.month and second.month:
        precise = first.day and second.day
        a = (first.month, first.day if precise else 0)
        b = (second.month, second.day if precise else 0)
        years -= b < a
    return Literal(years, "integer")


def _days(start: Cell, end: Cell) -> Literal:
    first, second = _time("days", start), _time("days", end)
    for cell, time in ((start, first), (end, second)):
        _known("days", cell, time.day)
    return Literal(ordinal(*second.first) - ordinal(*first.first), "integer")


def _convert(value: Cell, unit: Cell) -> Literal:
    size = _number("convert", value)
    other = _text("convert", unit)
    own = value.unit if isinstance(value, Literal) else None
    if not own:
        raise QueryError(f"{shown(value)!r} has no unit; convert a quantity such as 5[km].")
    return Literal(convert(size, own, other), "decimal", unit=other)


def _absolute(value: Cell) -> Literal:
    return _same(value, abs(_number("abs", value)))


def _minus(value: Cell) -> Literal:
    return _same(value, -_number("minus", value))


def _rounded(value: Cell) -> Literal:
    return _same(value, round(_number("round", value)))


def _contains(whole: Cell, part: Cell) -> Literal:
    return Literal(_text("contains", part) in _text("contains", whole), "boolean")


def _starts(whole: Cell, part: Cell) -> Literal:
    return Literal(_text("starts", whole).startswith(_text("starts", part)), "boolean")


def _ends(whole: Cell, part: Cell) -> Literal:
    return Literal(_text("ends", whole).endswith(_text("ends", part)), "boolean")


def _lower(text: Cell) -> Literal:
    return Literal(_text("lower", text).lower())


def _length(text: Cell) -> Literal:
    return Literal(len(_text("length", text)), "integer")


def _name(entity: Cell) -> Literal:
    return Literal(_entity("name", entity).name)


def _type(entity: Cell) -> Literal:
    return Literal(_entity("type", entity).type)


_TWO_TIMES = ("time", "time")
_TWO_TEXTS = ("text", "text")

#: The functions by name.
FUNCTIONS: Mapping[str, Function] = {
    "year": Function(("time",), "number", _year),
    "month": Function(("time",), "number", _month),
    "day": Function(("time",), "number", _day),
    "years": Function(_TWO_TIMES, "number", _years),
    "days": Function(_TWO_TIMES, "number", _days),
    "convert": Function(("number", "text"), "number", _convert),
    "abs": Function(("number",), "number", _absolute),
    "minus": Function(("number",), "number", _minus),
    "round": Function(("number",), "number", _rounded),
    "contains": Function(_TWO_TEXTS, "truth", _contains),
    "starts": Function(_TWO_TEXTS, "truth", _starts),
    "ends": Function(_TWO_TEXTS, "truth", _ends),
    "lower": Function(("text",), "text", _lower),
    "length": Function(("text",), "number", _length),
    "name": Function(("entity",), "text", _name),
    "type": Function(("entity",), "text", _type),
}


def _time(function: str, cell: Cell) -> Time:
    time = time_of(cell.value) if isinstance(cell, Literal) and not cell.unit else None
    if time is None or (isinstance(cell, Literal) and not is_time(cell) and not _is_year(cell)):
        raise QueryError(f"{function}() takes a time; {shown(cell)!r} is none.")
    return time


def _is_year(literal: Literal) -> bool:
    return isinstance(literal.value, int) or time_of(literal.value) is not None


def _known(function: str, cell: Cell, part: int | None) -> int:
    if part is None:
        raise QueryError(f"{function}() takes a full date; {shown(cell)!r} leaves it open.")
    return part


def _number(function: str, cell: Cell) -> int | float:
    size = number(cell)
    if size is None:
        raise QueryError(f"{function}() takes a number; {shown(cell)!r} is none.")
    return size


def _text(function: str, cell: Cell) -> str:
    if isinstance(cell, Entity):
        return cell.name
    if not isinstance(cell.value, str):
        raise QueryError(f"{function}() takes a text; {shown(cell)!r} is none.")
    return cell.value


def _entity(function: str, cell: Cell) -> Entity:
    if not isinstance(cell, Entity):
        raise QueryError(f"{function}() takes an entity; {shown(cell)!r} is a value.")
    return cell


def _same(cell: Cell, value: int | float) -> Literal:
    return Literal(value, _numeric(value), unit=cell.unit if isinstance(cell, Literal) else None)


def _numeric(value: int | float) -> str:
    return "integer" if isinstance(value, int) else "decimal"
