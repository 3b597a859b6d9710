"""Lengths of time as they are written."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.values.amounts import read_amount

__all__ = ["read_duration"]

#: How many of which ISO 8601 part each word means.
_UNITS = {
    "millennium": (1000, "Y"),
    "millennia": (1000, "Y"),
    "century": (100, "Y"),
    "centurie": (100, "Y"),
    "decade": (10, "Y"),
    "year": (1, "Y"),
    "yr": (1, "Y"),
    "month": (1, "M"),
    "fortnight": (14, "D"),
    "week": (7, "D"),
    "day": (1, "D"),
    "hour": (1, "h"),
    "hr": (1, "h"),
    "minute": (1, "m"),
    "min": (1, "m"),
    "second": (1, "s"),
    "sec": (1, "s"),
}
_UNIT = re.compile(rf"[\s-]?(?P<unit>{'|'.join(sorted(_UNITS, reverse=True))})s?\b", re.IGNORECASE)
_SHORT = re.compile(
    r"(?P<h>\d{1,3})\s?h\s?(?P<m>[0-5]?\d)\s?(?:m|min)\b(?:\s?(?P<s>[0-5]?\d)\s?s\b)?"
)
_ONE = re.compile(
    rf"(?P<half>half\s)?an?\s(?P<unit>{'|'.join(sorted(_UNITS, reverse=True))})\b", re.IGNORECASE
)
_AND_HALF = re.compile(r"\sand\sa\shalf\b", re.IGNORECASE)
_NEXT = re.compile(r"(?:,\s(?:and\s)?|\s(?:and\s)?)(?=[\w½])", re.IGNORECASE)
#: What a fraction of each part becomes: so many of the next smaller one.
_SMALLER = {"Y": ("M", 12), "D": ("h", 24), "h": ("m", 60), "m": ("s", 60)}
_ORDER = "YMDhms"
#: More of anything is no length of time that a text means.
_LONGEST = 10**12


def read_duration(text: str, start: int) -> tuple[str, int] | None:
    """Return the duration written from `start` on in ISO 8601, and where it ends, or None.

    >>> read_duration("two and a half hours", 0), read_duration("6 weeks later", 0)
    (('PT2H30M', 20), ('P42D', 7))
    """
    short = _SHORT.match(text, start)
    if short:
        parts = {name: Decimal(short[name] or 0) for name in "hms"}
        return _shown(parts), short.end()
    found = _part(text, start)
    if found is None:
        return None
    parts, end = found
    while (more := _following(text, end, parts)) is not None:
        added, end = more
        parts |= added
    return _shown(parts), end


def _following(
    text: str, end: int, parts: dict[str, Decimal]
) -> tuple[dict[str, Decimal], int] | None:
    joint = _NEXT.match(text, end)
    more = _part(text, joint.end()) if joint else None
    if more is None:
        return None
    # Only smaller parts belong to the same length of time.
    smaller = min(map(_ORDER.index, more[0])) > max(map(_ORDER.index, parts))
    return more if smaller else None


def _part(text: str, start: int) -> tuple[dict[str, Decimal], int] | None:
    one = _ONE.match(text, start)
    if one:
        half = _AND_HALF.match(text, one.end())
        if one["half"]:
            amount, end = Decimal("0.5"), one.end()
        elif half:
            amount, end = Decimal("1.5"), half.end()
        else:
            return None  # "a day" is a rate more often than a length
        parts = _parts(amount, one["unit"])
        return (parts, end) if parts else None
    number = read_amount(text, start)
    unit = _UNIT.match(text, number.end) if number and number.value >= 0 else None
    if number is None or unit is None:
        return None
    parts = _parts(number.value, unit["unit"])
    return (parts, unit.end()) if parts else None


def _parts(amount: Decimal, unit: str) -> dict[str, Decimal] | None:
    times, part = _UNITS[unit.lower()]
    if amount > _LONGEST:
        return None
    amount *= times
    parts: dict[str, Decimal] = {}
    while amount != amount.to_integral_value() and part in _SMALLER:
        whole = amount.to_integral_value(rounding="ROUND_FLOOR")
        if whole:
            parts[part] = whole
        part, factor = _SMALLER[part]
        amount = (amount - whole) * factor
    if amount != amount.to_integral_value() and part != "s":
        return None
    parts[part] = amount
    return parts


def _shown(parts: dict[str, Decimal]) -> str:
    days = "".join(f"{_plain(parts[p])}{p}" for p in "YMD" if parts.get(p))
    times = "".join(f"{_plain(parts[p])}{p.upper()}" for p in "hms" if parts.get(p))
    return f"P{days}" + (f"T{times}" if times else "") if days or times else "PT0S"


def _plain(value: Decimal) -> str:
    shown = f"{round(value, 6):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
