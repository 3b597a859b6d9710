"""Dates and numbers in a sentence, and how values are written in an answer."""

from __future__ import annotations

import re
from datetime import date

from kgkit.facts import Entity, Literal

__all__ = ["is_date", "is_number", "literals", "written", "year"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH = "(" + "|".join(m.capitalize() for m in _MONTHS) + ")"
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH},? (\d{{3,4}})\b"
    rf"|\b{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{3,4}})\b"
    rf"|\b{_MONTH},? (\d{{4}})\b"
    r"|(?<![\d.,/-])(1\d{3}|20\d{2})(?!\s*(?:km|m|kg|people|metres|feet|ft)\b)(?![\d/]|[.,]\d)\b"
)
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d-])(?:\s(million|billion|thousand))?"
    r"|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
_SMALL = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMERALS = {word: i for i, word in enumerate(_SMALL, start=2)}
_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_LEAD = re.compile(r"^(?:in|on|at|by|since|until|from|about|around|circa|c\.)\s+", re.IGNORECASE)


def literals(text: str) -> list[tuple[int, int, Literal]]:
    """Return the dates and numbers of a text with their [start, end), in order.

    >>> [(found[2].datatype, found[2].text) for found in literals("Born 7 November 1867; 3 sons")]
    [('date', '7 November 1867'), ('integer', '3')]
    """
    found = [(m.start(), m.end(), _date(m)) for m in _DATE.finditer(text)]
    taken = [(start, end) for start, end, _ in found]
    found += [
        (m.start(), m.end(), _number(m))
        for m in _NUMBER.finditer(text)
        if not any(m.start() < end and start < m.end() for start, end in taken)
    ]
    return sorted(found, key=lambda item: item[0])


def is_date(literal: Literal) -> bool:
    """Return whether the literal is a point in time."""
    return literal.datatype in ("date", "dateTime", "gYear", "gYearMonth")


def is_number(literal: Literal) -> bool:
    """Return whether the literal is a quantity."""
    return literal.datatype in ("integer", "decimal")


def year(literal: Literal) -> int | None:
    """Return the year of a date, None where there is none.

    >>> year(Literal("1898-07", "gYearMonth"))
    1898
    """
    if isinstance(literal.value, date):
        return literal.value.year
    found = re.search(r"\d{3,4}", str(literal.value)) if is_date(literal) else None
    return int(found[0]) if found else None


def written(value: Entity | Literal) -> str:
    """Return the value as an answer writes it: as its text does, without the preposition.

    >>> written(Literal(1903, "gYear", text="in 1903"))
    '1903'
    """
    if isinstance(value, Entity):
        return value.name
    text = _LEAD.sub("", value.text).strip()
    if text:
        return text
    shown = value.value.isoformat() if isinstance(value.value, date) else str(value.value)
    return f"{shown} {value.unit}" if value.unit else shown


def _date(m: re.Match[str]) -> Literal:
    day, month, full = (m[1], m[2], m[3]) if m[1] else (m[5], m[4], m[6])
    if full:
        try:
            value = date(int(full), _MONTHS.index(month.lower()) + 1, int(day))
        except ValueError:
            return Literal(int(full), "gYear", m[0])
        return Literal(value, "date", m[0])
    if m[8]:
        return Literal(f"{m[8]}-{_MONTHS.index(m[7].lower()) + 1:02d}", "gYearMonth", m[0])
    return Literal(int(m[9]), "gYear", m[0])


def _number(m: re.Match[str]) -> Literal:
    if m[4]:
        return Literal(_NUMERALS[m[4].lower()], "integer", m[0])
    value: int | float = int(m[1].replace(",", ""))
    if m[2]:
        value = float(f"{value}{m[2]}")
    if m[3]:
        value = value * _SCALE[m[3]]
    return Literal(value, "integer" if isinstance(value, int) else "decimal", m[0])
