"""What the words that a reader marks stand for: a date, a number, a name."""

from __future__ import annotations

import re

from kgkit.facts import Entity, Literal
from reasoning.answers.literals import is_date, is_number, literals
from reasoning.answers.words import fold, listed

__all__ = ["value_of"]

_TYPES = {"person": "Person", "place": "Location", "organization": "Organization", "thing": "Misc"}
_EDGE = re.compile(r"^[\s,;:.(\[\"“”'‘]+|[\s,;:(\[\"“”'‘]+$")
_LEAD = re.compile(r"^(?:in|on|at|by|from|since|during|near)\s+", re.IGNORECASE)


def value_of(text: str, kind: str) -> Entity | Literal | None:
    """Return what the words stand for as something of a kind, None where they cannot.

    >>> value_of("on 7 November 1867", "date")
    Literal(value=datetime.date(1867, 11, 7), datatype='date', text='7 November 1867', unit=None)
    >>> value_of("in Warsaw", "place").name, value_of("he", "person")
    ('Warsaw', None)
    """
    plain = _EDGE.sub("", text)
    found = literals(plain)
    if kind == "date":
        return next((value for _, _, value in found if is_date(value)), None)
    if kind == "number":
        number = next((value for _, _, value in found if is_number(value) or is_date(value)), None)
        return number if number is None else Literal(number.value, number.datatype, plain)
    if kind in _TYPES:
        plain = _LEAD.sub("", plain)
        if not plain or fold(plain) in _EMPTY:
            return None
        if kind != "thing" and (plain == plain.lower() or _only_values(plain)):
            return None
        return Entity.named(plain, _TYPES[kind])
    if len(found) == 1 and found[0][:2] == (0, len(plain)):
        return found[0][2]
    return Entity.named(plain) if plain and fold(plain) not in _EMPTY else None


_EMPTY = listed("he she it they him her his its their them who that this which the a an")


def _only_values(text: str) -> bool:
    """Return whether a text holds nothing but dates and numbers."""
    rest = text
    for start, end, _ in reversed(literals(text)):
        rest = rest[:start] + rest[end:]
    return not re.search(r"[^\W\d_]{2}", rest)
