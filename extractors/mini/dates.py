"""Dates and numbers in words, of which it is known that they are one, as typed literals."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.values.finding import read_value
from kgkit.facts import Literal

__all__ = ["number_literal", "time_literal"]

_TIMES = frozenset(["date", "gYearMonth", "gYear", "time", "dateTime", "duration", "interval"])
_NUMBERS = frozenset(["number", "range", "quantity", "money", "percent", "duration"])
#: What may stand before a time or a number and is no part of it.
_FILLERS = re.compile(
    r"(?:(?:the|of|in|on|by|year|years|early|late|mid|over|per|and|from)[\s-]+)*", re.IGNORECASE
)
#: Corpora cut into words have blanks before commas and points.
_BLANK = re.compile(r"\s+(?=[,.])")
_YEAR = re.compile(r"[1-9]\d{2,3}")


def time_literal(text: str) -> Literal:
    """Return the time that words name: date, gYearMonth ("1903-11"), gYear, time, dateTime,
    duration, interval or string.

    A full date is a `datetime.date`, a year an int (negative before Christ), a duration or
    interval ISO 8601. What is none of these ("last Tuesday") keeps its words, as a string.

    >>> time_literal("7 November 1867").value
    datetime.date(1867, 11, 7)
    >>> [(x.value, x.datatype) for x in map(time_literal, ("Nov. 1867", "1867", "44 BC"))]
    [('1867-11', 'gYearMonth'), (1867, 'gYear'), (-44, 'gYear')]
    """
    words = _BLANK.sub("", " ".join(text.split()))
    start = _start(words)
    if _YEAR.fullmatch(words, start) and int(words[start:]) <= 2200:
        return Literal(int(words[start:]), "gYear", text)
    found = read_value(words, start, year=True)
    if found is not None and found.kind in _TIMES and found.end == len(words):
        return replace(found.literal, text=text)
    return _words_as_they_are(text)


def number_literal(text: str, noun: str = "") -> Literal | None:
    """Return the number that words name, or None; `noun` is the unit that follows, if any.

    Money and percentages carry their own unit ("USD", "%"); units of measurement become symbols,
    and lengths of time durations.

    >>> number_literal("$ 4.25 million")
    Literal(value=4250000, datatype='integer', text='$ 4.25 million', unit='USD')
    >>> number_literal("twenty-five", "kilometres").unit
    'km'
    """
    words = _BLANK.sub("", " ".join(text.split()))
    start = _start(words)
    for whole in dict.fromkeys([f"{words} {noun}".strip(), words]):
        found = read_value(whole, start)
        if found is not None and found.kind in _NUMBERS and found.end == len(whole):
            unit = found.literal.unit or (noun or None if whole == words else None)
            return replace(found.literal, text=text, unit=unit)
    return None


def _start(words: str) -> int:
    match = _FILLERS.match(words)
    return match.end() if match else 0


def _words_as_they_are(text: str) -> Literal:
    """Return the words without an article, blanks made equal."""
    words = text.split()
    if len(words) > 1 and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    return Literal(" ".join(words), "string", text)
