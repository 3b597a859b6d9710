"""Numbers with a unit of measurement, and what a unit alone does not tell."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.values.amounts import Amount
from extractors.values.units import read_unit

__all__ = ["counts_millions", "read_quantity"]

#: "1.2m shares" are millions, "1.2 m wide" are metres.
_COUNTED = re.compile(
    r"""m\s(?:shares|people|users|customers|copies|viewers|votes|voters|jobs|homes|households|units|
        visitors|passengers|subscribers|members|followers|inhabitants|residents|workers)\b""",
    re.VERBOSE,
)
#: After what no clock shows, "pm" are picometres.
_PICOMETRES = re.compile(r"\s?pm\b")
#: The smaller unit that may follow, how many make one, and how it is written.
_SMALLER = {
    "ft": ("in", 12, re.compile(r"(?:inch(?:es)?|in)\b(?!\s(?:the|an?|\d))")),
    "lb": ("oz", 16, re.compile(r"(?:ounces?|oz)\b")),
    "stone": ("lb", 14, re.compile(r"(?:pounds?|lbs?)\b")),
}
_MORE = re.compile(r",?\s(?:and\s)?(?P<n>\d{1,2}(?:\.\d+)?)[\s-]?")


def counts_millions(text: str, end: int) -> bool:
    """Return whether the "m" after a number that ends here stands for millions.

    >>> counts_millions("1.2m shares", 3), counts_millions("1.2m wide", 3)
    (True, False)
    """
    return _COUNTED.match(text, end) is not None


def read_quantity(text: str, amount: Amount) -> tuple[Decimal, str, int] | None:
    """Return the value of a number with the unit after it, the unit and where it ends, or None.

    What is said in two units is given in the smaller one.

    >>> from extractors.values.amounts import read_amount
    >>> text = "5 ft 11 in"
    >>> read_quantity(text, read_amount(text, 0))
    (Decimal('71'), 'in', 10)
    """
    unit = read_unit(text, amount.end)
    whole = amount.value == amount.value.to_integral_value()
    if unit is None:
        small = _PICOMETRES.match(text, amount.end)
        if small is None or (whole and amount.value <= 12):
            return None
        return amount.value, "pm", small.end()
    symbol, end = unit
    more = _MORE.match(text, end) if whole and symbol in _SMALLER else None
    if more is not None:
        smaller, many, name = _SMALLER[symbol]
        named = name.match(text, more.end())
        if named and Decimal(more["n"]) < many:
            return amount.value * many + Decimal(more["n"]), smaller, named.end()
    return amount.value, symbol, end
