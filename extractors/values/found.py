"""A value found in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kgkit.facts import Literal, Value

__all__ = ["APPROXIMATELY", "FoundValue", "is_approximate", "number"]

#: Words before a value that say it is not exact.
APPROXIMATELY = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|nearly|almost|circa|ca\.|c\.|some|~)\s*+",
    re.IGNORECASE,
)
#: The integers that every store holds exactly.
_LARGEST = 2**63 - 1
#: Digits that a text writes out.
_DIGITS = 15


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value at `text[start:end]`: what kind it is, and the literal that it says.

    `kind` is date, gYearMonth, gYear, time, dateTime, duration, interval (of time), number, range
    (of numbers), quantity, money or percent. An interval's value is "first/last" in ISO 8601, a
    range's "least/most"; units are symbols ("km"), ISO 4217 codes ("EUR") or "%".
    """

    start: int
    end: int
    kind: str
    literal: Literal


def is_approximate(literal: Literal) -> bool:
    """Return whether the words of a literal say that it is not exact.

    >>> is_approximate(Literal(300, "integer", "about 300"))
    True
    """
    return APPROXIMATELY.match(literal.text) is not None


def number(value: Decimal) -> tuple[Value, str]:
    """Return a number as Python's int or float, fractions cut at six decimals, with its datatype.

    >>> number(Decimal("2.50")), number(Decimal("3e2"))
    ((2.5, 'decimal'), (300, 'integer'))
    """
    if value == value.to_integral_value():
        return (int(value), "integer") if abs(value) <= _LARGEST else (float(value), "decimal")
    exact = len(value.as_tuple().digits) <= _DIGITS  # thirds and the like are cut
    return float(value) if exact else round(float(value), 6), "decimal"
