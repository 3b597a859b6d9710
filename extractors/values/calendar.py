"""Days, months, years and decades as they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from extractors.values.lexicon import MONTHS

__all__ = ["REFUSED", "Moment", "read_day"]

#: The kind of what is written like a day and is none.
REFUSED = ""

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:[1-9]\d{2,3})(?![\d:]|[.,]\d)"
_TH = r"(?:st|nd|rd|th)?\b"
_ERA = r"(?:BCE?|B\.C\.(?:E\.)?|AD|A\.D\.|CE)(?![^\W_])"
_BIG = r"(?:\d{1,3}(?:,\d{3})+|\d{1,5})"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or year (or, as two ISO forms, a stretch of them) that ends at `end`."""

    kind: str
    value: str | int | date
    end: int


def read_day(text: str, start: int) -> Moment | None:
    """Return the date, month, year with its era, or decade written from `start` on.

    A bare year is left to who knows what stands around it; 31 February and 03/04/2005 are
    `REFUSED`. Years before Christ are negative: 44 BC is -44.

    >>> read_day("7th of March, 1902", 0).value, read_day("44 BC", 0).value
    (datetime.date(1902, 3, 7), -44)
    """
    for pattern, reader in _READERS:
        match = pattern.match(text, start)
        found = reader(match) if match else None
        if found is not None:
            return found
    return None


def _number(month: str) -> int:
    return MONTHS[month.rstrip(".").lower()]


def _full(match: re.Match[str]) -> Moment:
    month = match["month"]
    number = int(month) if month.isdecimal() else _number(month)
    return _date(match, number, int(match["day"]))


def _slashed(match: re.Match[str]) -> Moment:
    # Which of two small numbers is the month differs by country.
    first, second = int(match["first"]), int(match["second"])
    if first > 12 or first == second:
        return _date(match, second, first)
    return _date(match, first, second if second > 12 else 0)


def _date(match: re.Match[str], month: int, day: int) -> Moment:
    try:
        value = date(int(match["year"]), month, day)
    except ValueError:
        return Moment(REFUSED, "", match.end())
    return Moment("date", value, match.end())


def _month(match: re.Match[str]) -> Moment:
    month = match["month"]
    number = int(month) if month.isdecimal() else _number(month)
    return Moment("gYearMonth", f"{int(match['year']):04d}-{number:02d}", match.end())


def _era(match: re.Match[str]) -> Moment:
    number = int((match["before"] or match["after"]).replace(",", ""))
    before_christ = (match["era"] or "").upper().startswith("B")
    return Moment("gYear", -number if before_christ else number, match.end())


def _decade(match: re.Match[str]) -> Moment:
    first = int(match["year"])
    return Moment("interval", f"{first}/{first + 9}", match.end())


def _days(match: re.Match[str]) -> Moment | None:
    """3 to 5 May 1920; March 4-7, 1919."""
    month, year = _number(match["month"]), int(match["year"])
    try:
        first, last = (date(year, month, int(match[name])) for name in ("first", "last"))
    except ValueError:
        return None
    if first >= last:
        return None
    return Moment("interval", f"{first.isoformat()}/{last.isoformat()}", match.end())


def _months(match: re.Match[str]) -> Moment | None:
    """June to August 1944."""
    first, last, year = _number(match["first"]), _number(match["last"]), match["year"]
    if first >= last:
        return None
    return Moment("interval", f"{year}-{first:02d}/{year}-{last:02d}", match.end())


_TO = r"(?:\s?[-–—]\s?|\s(?:to|until|and)\s(?:the\s)?)"

_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Moment | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (
            rf"(?P<first>{_DAY}){_TH}{_TO}(?P<last>{_DAY}){_TH}\s(?:of\s)?(?P<month>{_MONTH}),?"
            rf"\s(?P<year>{_YEAR})",
            _days,
        ),
        (
            rf"(?P<month>{_MONTH})\s(?P<first>{_DAY}){_TH}{_TO}(?P<last>{_DAY}){_TH}\s?,?"
            rf"\s(?P<year>{_YEAR})",
            _days,
        ),
        (rf"(?P<first>{_MONTH}){_TO}(?P<last>{_MONTH}),?\s(?:of\s)?(?P<year>{_YEAR})", _months),
        (
            rf"(?P<day>{_DAY}){_TH}\s(?:of\s)?(?P<month>{_MONTH})\s?,?\s(?:of\s)?(?P<year>{_YEAR})",
            _full,
        ),
        (rf"(?P<month>{_MONTH})\s(?:the\s)?(?P<day>{_DAY}){_TH}\s?,?\s(?P<year>{_YEAR})", _full),
        (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])", _full),
        (r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>[12]\d{3})(?!\.?\d)", _full),
        (r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>[12]\d{3})(?![\d/])", _slashed),
        (r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])(?![\d-])", _month),
        (rf"(?P<month>{_MONTH})\s?,?\s(?:of\s)?(?P<year>{_YEAR})", _month),
        (r"(?P<year>[12]\d\d0)(?:'|’)?s\b", _decade),
        (
            rf"(?:(?P<before>{_BIG})\s?(?P<era>{_ERA})|(?:AD|A\.D\.)\s?(?P<after>\d{{1,4}}))"
            r"(?!\d)",
            _era,
        ),
    )
)
