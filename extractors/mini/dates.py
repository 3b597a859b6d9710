"""Dates and numbers in words as typed literals."""

from __future__ import annotations

import re
from datetime import date

from kgkit.facts import Literal

__all__ = ["number_literal", "time_literal"]

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = {name: i for i, name in enumerate(_MONTHS, 1)}
_MONTH |= {name[:3]: i for name, i in _MONTH.items()} | {"sept": 9}
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {name: i for i, name in enumerate(_ONES)} | {t: 20 + 10 * i for i, t in enumerate(_TENS)}
_SMALL |= {"a": 1, "an": 1, "dozen": 12}
_LARGE = {
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
}
_MONEY = {"$": "USD", "us$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR"}
_MONEY |= {"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pounds": "GBP"}
_MONEY |= {"usd": "USD", "eur": "EUR", "gbp": "GBP", "yen": "JPY", "rupees": "INR"}
_PERCENT = frozenset({"%", "percent", "pct"})
_PERIODS = {"year": "P{}Y", "month": "P{}M", "week": "P{}W", "day": "P{}D", "hour": "PT{}H"}
_PERIODS |= {"minute": "PT{}M", "second": "PT{}S"}
_FILLERS = frozenset(
    [
        "the",
        "of",
        "in",
        "on",
        "year",
        "about",
        "around",
        "circa",
        "c",
        "ca",
        "approximately",
        "some",
        "early",
        "late",
    ]
)
_WORDS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+\.?\$?|[$£€¥₹%]|[-–—/]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def time_literal(text: str) -> Literal:
    """Return the time that words name: date, gYearMonth ("1903-11"), gYear, duration or string.

    A full date is a `datetime.date`, a year an int (negative before Christ), a duration ISO 8601.
    What is none of these ("the 1990s", "last Tuesday") keeps its words, as a string.

    >>> time_literal("7 November 1867").value
    datetime.date(1867, 11, 7)
    >>> [(x.value, x.datatype) for x in map(time_literal, ("Nov. 1867", "1867", "44 BC"))]
    [('1867-11', 'gYearMonth'), (1867, 'gYear'), (-44, 'gYear')]
    """
    iso = _ISO.fullmatch(text.strip())
    if iso:
        year, month, day = (int(part) for part in iso.groups())
        return _date(year, month, day, text)
    words = [word.lower().rstrip(".") for word in _WORDS.findall(text)]
    plain = [word for word in words if word not in _FILLERS]
    months = [_MONTH[word] for word in plain if word in _MONTH]
    numbers = [int(word) for word in plain if word.isdecimal()]
    ordinals = [w for w in plain if w in ("st", "nd", "rd", "th")]
    if len(months) == 1 and len(plain) == 1 + len(numbers) + len(ordinals):
        found = _calendar(months[0], numbers, text)
        if found is not None:
            return found
    if len(numbers) == 1 and len(plain) == 1 and 100 <= numbers[0] <= 2200:
        return Literal(numbers[0], "gYear", text)
    if len(numbers) == 1 and len(plain) == 2 and plain[1] in ("bc", "bce", "ad", "ce"):
        return Literal(-numbers[0] if plain[1] in ("bc", "bce") else numbers[0], "gYear", text)
    return _duration(words, text) or _words_as_they_are(text)


def _words_as_they_are(text: str) -> Literal:
    """Return the words without an article, blanks made equal."""
    words = text.split()
    if len(words) > 1 and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    return Literal(" ".join(words), "string", text)


def number_literal(text: str, noun: str = "") -> Literal | None:
    """Return the number that words name, or None; `noun` is the unit that follows, if any.

    Money and percentages carry their own unit ("USD", "%").

    >>> number_literal("$ 4.25 million")
    Literal(value=4250000, datatype='integer', text='$ 4.25 million', unit='USD')
    >>> number_literal("twenty-five", "kilometres").value
    25
    """
    unit = noun or None
    value: float | None = None
    total = 0.0
    for word in _WORDS.findall(text.lower()):
        word = word.rstrip(".")
        if word in _MONEY:
            unit = _MONEY[word]
        elif word in _PERCENT or word == "cent":
            unit = "%"
        elif _PLAIN.fullmatch(word):
            if value is not None:
                return None
            value = float(word.replace(",", ""))
        elif word in _SMALL:
            value = (value or 0.0) + _SMALL[word] if word != "dozen" else (value or 1.0) * 12
        elif word in _LARGE:
            value = (1.0 if value is None else value) * _LARGE[word]
            if _LARGE[word] >= 1000:
                total, value = total + value, 0.0
        elif word not in ("-", "and", "of", "about", "some", "nearly", "over", "almost", "per"):
            return None
    if value is None:
        return None
    exact = round(total + value, 6)
    if exact == int(exact):
        return Literal(int(exact), "integer", text, unit)
    return Literal(exact, "decimal", text, unit)


def _calendar(month: int, numbers: list[int], text: str) -> Literal | None:
    years = [n for n in numbers if n >= 100]
    days = [n for n in numbers if n <= 31]
    if len(years) == 1 and len(numbers) == 2 and len(days) == 1:
        return _date(years[0], month, days[0], text)
    if len(years) == 1 and len(numbers) == 1:
        return Literal(f"{years[0]:04d}-{month:02d}", "gYearMonth", text)
    return None


def _date(year: int, month: int, day: int, text: str) -> Literal:
    try:
        value = date(year, month, day)
    except ValueError:  # no such day: the words are all there is
        return Literal(text, "string", text)
    return Literal(value, "date", text)


def _duration(words: list[str], text: str) -> Literal | None:
    if len(words) != 2:
        return None
    count, unit = words
    pattern = _PERIODS.get(unit.removesuffix("s"))
    amount = int(count) if count.isdecimal() else _SMALL.get(count)
    if pattern is None or amount is None:
        return None
    return Literal(pattern.format(amount), "duration", text)
