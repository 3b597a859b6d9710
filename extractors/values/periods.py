"""Stretches of time that are written as one: quarters, reigns, spans of centuries, named years."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from extractors.values.calendar import Moment
from extractors.values.lexicon import MONTHS, ONES, ORDINALS, TENS

__all__ = ["read_period"]

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})(?![\d:]|[.,]\d)"
_TO = r"(?:\s?[-–—]\s?|\s(?:to|until|through|and)\s)(?:the\s)?"
_NTH = rf"(?:[12]?\d(?:st|nd|rd|th)|{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"
_BEFORE_CHRIST = r"(?:BCE?|B\.C\.(?:E\.)?)(?![^\W_])"
_AFTER_CHRIST = r"(?:AD|A\.D\.|CE)"
#: The hundreds of a year that is said in words.
_HUNDREDS = [word for word, n in ONES.items() if n >= 10] + ["twenty"]
_UNITS, _TEENS = "|".join(list(ONES)[1:10]), "|".join(list(ONES)[10:])
_REST = rf"(?:(?:{'|'.join(TENS)})(?:[\s-](?:{_UNITS}))?|{_TEENS})"
#: No text speaks of the 31st century, nor of the 11th millennium.
_FURTHEST = {100: 3000, 1000: 10000}
#: What such a stretch begins with; every token of a text is tried.
_OPENING = re.compile(
    rf"\d|Q[1-4]|FY|fiscal|financial|{_AFTER_CHRIST}\b|(?:{_MONTH}|{_NTH})\W|(?:{'|'.join(_HUNDREDS)})[\s-]",
    re.IGNORECASE,
)


def read_period(text: str, start: int) -> Moment | None:
    """Return the quarter, fiscal year, millennium, span of centuries, span before or after
    Christ, span of days, or year in words that is written from `start` on, or None.

    >>> read_period("Q3 2021", 0).value, read_period("264 to 146 BC", 0).value
    ('2021-07/2021-09', '-264/-146')
    >>> read_period("in nineteen sixty-nine", 3).value
    1969
    """
    if _OPENING.match(text, start) is None:
        return None
    for pattern, reader in _READERS:
        match = pattern.match(text, start)
        found = reader(match) if match else None
        if found is not None:
            return found
    return None


def _nth(word: str) -> int:
    return ORDINALS.get(word.lower()) or int(re.sub(r"\D", "", word))


def _quarter(match: re.Match[str]) -> Moment | None:
    nth = int(match["digit"] or 0) or _nth(match["nth"])
    if nth > 4:
        return None
    year = match["year"]
    return Moment("interval", f"{year}-{3 * nth - 2:02d}/{year}-{3 * nth:02d}", match.end())


def _fiscal(match: re.Match[str]) -> Moment:
    return Moment("gYear", int(match["year"]), match.end())


def _ages(match: re.Match[str]) -> Moment | None:
    """The 3rd millennium BC; the 9th to the 11th century."""
    length = 1000 if match["unit"].lower().startswith("m") else 100
    first, last = _nth(match["first"]), _nth(match["last"] or match["first"])
    before = match["era"] is not None
    if max(first, last) * length > _FURTHEST[length] or (first < last if before else last < first):
        return None
    if before:
        return Moment("interval", f"{-first * length}/{-(last - 1) * length - 1}", match.end())
    return Moment("interval", f"{(first - 1) * length + 1}/{last * length}", match.end())


def _reign(match: re.Match[str]) -> Moment | None:
    first, last = int(match["first"]), int(match["last"])
    if "before" in match.groupdict():
        return Moment("interval", f"-{first}/-{last}", match.end()) if first > last else None
    return Moment("interval", f"{first}/{last}", match.end()) if first < last else None


def _days(match: re.Match[str]) -> Moment | None:
    """12 March to 4 April 1966."""
    year = int(match["year"])
    try:
        first, last = (
            date(year, MONTHS[match[f"m{n}"].rstrip(".").lower()], _nth(match[f"d{n}"]))
            for n in (1, 2)
        )
    except ValueError:
        return None
    if first >= last:
        return None
    return Moment("interval", f"{first.isoformat()}/{last.isoformat()}", match.end())


def _said(match: re.Match[str]) -> Moment:
    """Nineteen sixty-nine; twenty twenty."""
    hundreds = {**ONES, **TENS}[match["hundreds"].lower()]
    rest = sum({**ONES, **TENS}[word] for word in re.split(r"[\s-]", match["rest"].lower()))
    return Moment("gYear", 100 * hundreds + rest, match.end())


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Moment | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (
            rf"(?:Q(?P<digit>[1-4])|(?P<nth>{_NTH})[\s-]quarter)\s(?:of\s)?(?:fiscal\s|FY\s?)?{_YEAR}",
            _quarter,
        ),
        (rf"(?:(?:fiscal|financial)(?:\syear)?|FY)\s?{_YEAR}(?![-–/]\d)", _fiscal),
        (
            rf"(?P<first>{_NTH})(?:(?:[\s-](?:century|millennium))?{_TO}(?P<last>{_NTH}))?[\s-]"
            rf"(?P<unit>centur(?:y|ies)|millenni(?:um|a))\b(?:\s(?P<era>{_BEFORE_CHRIST}))?",
            _ages,
        ),
        (rf"(?P<first>\d{{1,4}}){_TO}(?P<last>\d{{1,4}})\s?(?P<before>{_BEFORE_CHRIST})", _reign),
        (rf"{_AFTER_CHRIST}\s?(?P<first>\d{{1,4}}){_TO}(?P<last>\d{{1,4}})\b(?!\s?B)", _reign),
        (rf"(?P<first>\d{{1,4}}){_TO}(?P<last>\d{{1,4}})\s?{_AFTER_CHRIST}(?![^\W_])", _reign),
        (r"(?<=\()(?P<first>\d{3,4})\s?[-–]\s?(?P<last>\d{3}|1\d{3}|20\d\d)(?=[),;])", _reign),
        (
            rf"(?P<d1>{_DAY})\s(?P<m1>{_MONTH}){_TO}(?P<d2>{_DAY})\s(?P<m2>{_MONTH}),?\s{_YEAR}",
            _days,
        ),
        (
            rf"(?P<m1>{_MONTH})\s(?P<d1>{_DAY}){_TO}(?P<m2>{_MONTH})\s(?P<d2>{_DAY}),?\s{_YEAR}",
            _days,
        ),
        (
            r"(?:(?<=\bin\s)|(?<=\bof\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\bfrom\s)|(?<=\byear\s))"
            rf"(?P<hundreds>{'|'.join(_HUNDREDS)})[\s-](?P<rest>{_REST})\b(?![\s-](?:hundred|thou))",
            _said,
        ),
    )
)
