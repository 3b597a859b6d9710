"""Lengths of time as they are written."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.values.amounts import Amount, read_amount

__all__ = ["read_duration", "read_run", "timed_unit"]

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
#: "A day" is a rate more often than a length, except after these.
_LASTING = re.compile(
    r"\b(?:for|after|within|over|than|about|nearly|almost|lasts?|lasted|takes?|took|during|least)\s\Z",
    re.IGNORECASE,
)
#: After digits and a blank, symbols are as good as words: "0.03 s", "5 ms".
_SYMBOL = re.compile(r"(?:\s|(?=[mh]))(?P<unit>ms|s|min|h)\b(?!['’])")
_SYMBOLS = {"h": ("1", "h"), "min": ("1", "m"), "s": ("1", "s"), "ms": ("0.001", "s")}
#: ISO 8601, as machines write it; "P5D" alone is as likely a name.
_ISO = re.compile(
    r"P(?=\d+[YMWD][\dT]|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?"
    r"(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?(?<=[YMWDHS])(?![^\W_])"
)
#: A time that was run: times of day take other prepositions.
_RUN = re.compile(r"(?:(?P<h>\d{1,2}):)?(?P<m>[0-5]?\d):(?P<s>[0-5]\d(?:\.\d{1,3})?)(?![\d:])")
_RUNNING = re.compile(r"\b(?:in|of|lasts|lasted)\s\Z", re.IGNORECASE)
#: Symbols of the ends of "3 to 4 hours".
_ENDS = {
    "year": "a", "yr": "a", "month": "month", "week": "week", "day": "d", "hour": "h", "hr": "h",
    "minute": "min", "min": "min", "second": "s", "sec": "s", "decade": "decade",
}  # fmt: skip
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
    written = _ISO.match(text, start)
    if written:
        return written.group(), written.end()
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


def read_run(text: str, start: int) -> tuple[str, int] | None:
    """Return the time that something took, as stop watches show it, or None.

    >>> read_run("won in 2:01:39", 7), read_run("at 2:01:39", 3)
    (('PT2H1M39S', 14), None)
    """
    run = _RUN.match(text, start)
    if run is None or not (run["h"] or "." in run["s"]):
        return None
    if _RUNNING.search(text, max(0, start - 9), start) is None:
        return None
    return _shown({name: Decimal(run[name] or 0) for name in "hms"}), run.end()


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
        elif _LASTING.search(text, max(0, start - 10), start):
            amount, end = Decimal(1), one.end()
        else:
            return None
        parts = _parts(amount, one["unit"])
        return (parts, end) if parts else None
    number = read_amount(text, start)
    if number is None or number.value < 0:
        return None
    unit = _UNIT.match(text, number.end)
    if unit is None:
        return _in_symbols(text, start, number)
    parts = _parts(number.value, unit["unit"])
    return (parts, unit.end()) if parts else None


def _in_symbols(text: str, start: int, number: Amount) -> tuple[dict[str, Decimal], int] | None:
    unit = _SYMBOL.match(text, number.end)
    year = number.digits and number.value >= 1000
    if unit is None or year or not text[start].isdecimal():
        return None
    times, part = _SYMBOLS[unit["unit"]]
    return {part: number.value * Decimal(times)}, unit.end()


def timed_unit(text: str, start: int) -> tuple[str, int] | None:
    """Return the symbol of the unit of time that follows a number, and where it ends, or None.

    >>> timed_unit(" hours", 0)
    ('h', 6)
    """
    unit = _UNIT.match(text, start)
    symbol = _ENDS.get(unit["unit"].lower()) if unit else None
    return (symbol, unit.end()) if unit and symbol else None


def _parts(amount: Decimal, unit: str) -> dict[str, Decimal] | None:
    times, part = _UNITS[unit.lower()]
    if amount > _LONGEST:
        return None
    amount *= times
    parts: dict[str, Decimal] = {}
    given = {part: amount}
    while amount != amount.to_integral_value() and part in _SMALLER:
        whole = amount.to_integral_value(rounding="ROUND_FLOOR")
        if whole:
            parts[part] = whole
        part, factor = _SMALLER[part]
        amount = (amount - whole) * factor
    if amount != amount.to_integral_value() and part != "s":
        return given  # "5.27 years" is no number of months
    parts[part] = amount
    return parts


def _shown(parts: dict[str, Decimal]) -> str:
    days = "".join(f"{_plain(parts[p])}{p}" for p in "YMD" if parts.get(p))
    times = "".join(f"{_plain(parts[p])}{p.upper()}" for p in "hms" if parts.get(p))
    return f"P{days}" + (f"T{times}" if times else "") if days or times else "PT0S"


def _plain(value: Decimal) -> str:
    shown = f"{round(value, 6):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
