"""Cells as literals: numbers, dates, booleans and text, stated or inferred."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from extractors.imports.names import shown, words
from kgkit.errors import InputError
from kgkit.facts import Literal, Value

__all__ = ["DATATYPES", "is_missing", "make_literal", "stated_literal"]

_INTEGER = re.compile(r"([+-]?\d+)(\.0*)?")
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
_YEAR = re.compile(r"-?\d{1,4}")
_YEAR_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DURATION = re.compile(r"-?P(?=.)[\dYMWD.]*(T[\dHMS.]+)?")
_BOOLEANS = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}

# What is taken for a number where no datatype is stated: "007" and 30-digit codes stay text.
_PLAIN_INTEGER = re.compile(r"[+-]?(0|[1-9]\d{0,17})")
_PLAIN_DECIMAL = re.compile(r"[+-]?(0|[1-9]\d*)\.\d+([eE][+-]?\d{1,3})?")


def is_missing(cell: object) -> bool:
    """Whether a cell holds nothing: None, NaN, pandas' NaT and NA, or blank text."""
    if cell is None or type(cell).__name__ in ("NaTType", "NAType"):
        return True
    if isinstance(cell, str):
        return not cell.strip()
    return isinstance(cell, float) and math.isnan(cell)


def make_literal(cell: object, datatype: str = "", unit: str | None = None) -> Literal:
    """Return the literal that a cell holds, of an XSD datatype, or of the one that fits best.

    Text without a stated datatype is a number, date or boolean only where it is written as
    `str` would write it. Raises `InputError` for a cell that does not fit.

    >>> make_literal("1979-05-25").value, make_literal("007").value
    (datetime.date(1979, 5, 25), '007')
    >>> make_literal("1979", "gYear").value
    1979
    """
    value = _native(cell)
    text = value if isinstance(value, str) else ""
    datatype = datatype or (_inferred(text.strip()) if text else _datatype_of(value))
    if datatype not in DATATYPES:
        raise InputError(f"{datatype!r} is no datatype; known are {', '.join(sorted(DATATYPES))}")
    held = text.strip() if text else value
    read = _read(held, DATATYPES[datatype])
    if read is None:
        raise InputError(f"{shown(cell)} is no {datatype}; mend it or map it as string")
    return Literal(read, datatype, words(held)[:200] if datatype != "string" else "", unit)


def stated_literal(shown: str, datatype: str, unit: str | None = None, text: str = "") -> Literal:
    """Return the literal that an export of kgkit shows so (`kgkit.facts.Literal.canonical`).

    It is the same literal: where its value cannot be read as its datatype, it stays text.

    >>> stated_literal("1979-05-25", "date").value, stated_literal("soon", "date").value
    (datetime.date(1979, 5, 25), 'soon')
    """
    reader = DATATYPES.get(datatype)
    value = _read(shown, reader) if reader is not None and datatype != "string" else None
    if value is not None:
        made = Literal(value, datatype, text, unit)
        if made.canonical()[2] == shown:
            return made
    return Literal(shown, datatype, text, unit)


def _read(value: Value, reader: Callable[[Value], Value | None]) -> Value | None:
    try:
        return reader(value)
    except ValueError:
        return None


def _native(cell: object) -> Value:
    """Return a cell of pandas, numpy or pyarrow as a Python value."""
    if hasattr(cell, "to_pydatetime"):
        cell = cell.to_pydatetime(warn=False)
    elif hasattr(cell, "item") and not isinstance(cell, str):
        cell = cell.item()
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, timedelta):
        return f"PT{cell.total_seconds():g}S"
    if isinstance(cell, time):
        return cell.isoformat()
    if not isinstance(cell, str | int | float | bool | date):
        raise InputError(
            f"{shown(cell)} is a {type(cell).__name__}; expected text, number, date or boolean"
        )
    return cell


def _datatype_of(value: Value) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "boolean"),
        (int, "integer"),
        (float, "decimal"),
        (datetime, "dateTime"),
        (date, "date"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "string")


def _inferred(text: str) -> str:
    if _PLAIN_INTEGER.fullmatch(text):
        return "integer"
    if _PLAIN_DECIMAL.fullmatch(text):
        return "decimal"
    if text.lower() in ("true", "false"):
        return "boolean"
    if _DATE.fullmatch(text) and _read(text, _date) is not None:
        return "date"
    if _DATETIME.fullmatch(text) and _read(text, _datetime) is not None:
        return "dateTime"
    return "string"


def _string(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _integer(value: Value) -> int | None:
    if isinstance(value, str):
        match = _INTEGER.fullmatch(value)
        return int(match[1]) if match else None
    # A column of integers with gaps comes as floats.
    whole = isinstance(value, int | float) and math.isfinite(value) and value == int(value)
    return int(value) if whole and not isinstance(value, bool | date | str) else None


def _decimal(value: Value) -> float | None:
    if isinstance(value, date | bool) or (isinstance(value, str) and not _DECIMAL.fullmatch(value)):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _boolean(value: Value) -> bool | None:
    return _BOOLEANS.get(str(value).lower())


def _date(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else None
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) and _DATE.fullmatch(value) else None


def _datetime(value: Value) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _year(value: Value) -> int | None:
    if isinstance(value, date):
        return value.year
    number = _integer(value)
    return number if number is not None and _YEAR.fullmatch(str(number)) else None


def _matching(pattern: re.Pattern[str]) -> Callable[[Value], str | None]:
    return lambda value: str(value) if pattern.fullmatch(str(value)) else None


#: The datatypes that a cell can be read as (XSD local names), each with its reader, which
#: returns None or raises `ValueError` for a value that does not fit.
DATATYPES: dict[str, Callable[[Value], Value | None]] = {
    "string": _string,
    "integer": _integer,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "dateTime": _datetime,
    "gYear": _year,
    "gYearMonth": _matching(_YEAR_MONTH),
    "duration": _matching(_DURATION),
}
