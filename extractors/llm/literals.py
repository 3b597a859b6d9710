"""Values as a schema wants them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kgkit.facts import Literal

__all__ = ["as_datatype"]


def as_datatype(literal: Literal, datatype: str) -> Literal | None:
    """Return a literal as one of this datatype, None where it is none.

    A date may be known to the year or month only. Every value is a string if that is asked for.

    >>> as_datatype(Literal(1979, "gYear", "1979"), "date").datatype
    'gYear'
    >>> as_datatype(Literal(1979, "gYear", "1979"), "duration") is None
    True
    """
    if literal.datatype == datatype:
        return literal
    reader = _READERS.get(datatype)
    return reader(literal) if reader else None


def _string(literal: Literal) -> Literal:
    text = literal.text or str(literal.value)
    return Literal(text, "string", text)


def _partial_date(literal: Literal) -> Literal | None:
    return literal if literal.datatype in ("gYear", "gYearMonth", "dateTime") else None


def _year(literal: Literal) -> Literal | None:
    if isinstance(literal.value, date):
        return replace(literal, value=literal.value.year, datatype="gYear")
    if literal.datatype == "gYearMonth":
        return replace(literal, value=int(str(literal.value)[:4]), datatype="gYear")
    return None


def _decimal(literal: Literal) -> Literal | None:
    if literal.datatype != "integer":
        return None
    return replace(literal, value=float(str(literal.value)), datatype="decimal")


def _quantity(literal: Literal) -> Literal | None:
    return literal if literal.datatype in ("integer", "decimal") else None


def _boolean(literal: Literal) -> Literal | None:
    word = str(literal.value).strip().lower()
    if word not in ("true", "yes", "false", "no"):
        return None
    return Literal(word in ("true", "yes"), "boolean", literal.text)


_READERS: dict[str, Callable[[Literal], Literal | None]] = {
    "string": _string,
    "date": _partial_date,
    "gYear": _year,
    "decimal": _decimal,
    "quantity": _quantity,
    "boolean": _boolean,
}
