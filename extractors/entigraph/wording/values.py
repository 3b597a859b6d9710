"""How entities and literal values are written in a text."""

from __future__ import annotations

import re
from datetime import date

from kgkit.facts import Entity, Literal

__all__ = ["comparable", "kind_of", "written"]

_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_MONTHS: tuple[str, ...] = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def kind_of(value: Entity | Literal) -> str:
    """Return "entity", "day", "period" (a month or year) or "value".

    >>> kind_of(Literal(1903, "gYear"))
    'period'
    """
    if isinstance(value, Entity):
        return "entity"
    if isinstance(value.value, date):
        return "day"
    return "period" if value.datatype in ("gYear", "gYearMonth") else "value"


def written(value: Entity | Literal) -> tuple[str, ...]:
    """Return the ways a value may be written, one or more.

    >>> written(Literal(date(1903, 3, 7), "date"))
    ('7 March 1903', 'March 7, 1903')
    >>> written(Literal(12500, "integer", unit="km"))
    ('12,500 km', '12500 km')
    """
    if isinstance(value, Entity):
        return (" ".join(value.name.split()) or value.id,)
    shown = value.value
    if isinstance(shown, date):
        month = _MONTHS[shown.month - 1]
        ways = [f"{shown.day} {month} {shown.year}", f"{month} {shown.day}, {shown.year}"]
    elif isinstance(shown, bool):
        ways = ["true" if shown else "false"]
    elif isinstance(shown, int) and value.datatype != "gYear":
        ways = list(dict.fromkeys((f"{shown:,}", str(shown))))
    elif value.datatype == "gYearMonth" and (found := _MONTH.match(str(shown))):
        ways = [f"{_MONTHS[(int(found[2]) - 1) % 12]} {found[1]}"]
    else:
        ways = [" ".join(str(shown).split()) or "(empty)"]
    unit = f" {value.unit}" if value.unit else ""
    return tuple(f"{way}{unit}" for way in ways)


def comparable(value: Entity | Literal) -> tuple[str, float] | None:
    """Return a measure and a number that a value of this measure is ordered by, or None.

    >>> comparable(Literal(1903, "gYear")), comparable(Literal("red"))
    (('gYear', 1903.0), None)
    """
    if isinstance(value, Entity) or isinstance(value.value, bool):
        return None
    if isinstance(value.value, date):
        return "day", float(value.value.toordinal())
    if isinstance(value.value, int | float):
        return f"{value.datatype if kind_of(value) == 'period' else 'number'}{value.unit or ''}", (
            float(value.value)
        )
    return None
