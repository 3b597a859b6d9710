"""Every value in a text, from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from extractors.values.amounts import read_amount
from extractors.values.calendar import REFUSED
from extractors.values.clock import read_moment
from extractors.values.durations import read_duration, read_run, timed_unit
from extractors.values.found import APPROXIMATELY, FoundValue, number
from extractors.values.money import coin_after, currency_after, currency_before
from extractors.values.naming import is_label, is_year
from extractors.values.opening import may_open
from extractors.values.quantities import counts_millions, read_quantity
from kgkit.facts import Literal, Value

__all__ = ["find_values", "read_value"]

_START = re.compile(r"[^\W_]+|[$£€¥₹₽₩₺₪₴½¼¾⅓⅔⅛⅜⅝⅞~]|(?<![\w)])[-−](?=[\d$£€])")
_PERCENT = re.compile(r"\s?%|[\s-](?:per\s?cent|percent|pct)\b", re.IGNORECASE)
_YEAR = re.compile(r"[1-9]\d{3}(?![\d:]|[.,]\d)\b")
_TO = re.compile(
    r"\s?[–—]\s?|(?<=[\w%])-(?=[\d$£€])|\s(?P<word>to|or|and|until|till|through)\s", re.IGNORECASE
)
_BETWEEN = re.compile(r"\bbetween\s\Z", re.IGNORECASE)
#: "Rose from 4 to 5" names two values, no range.
_CHANGED = re.compile(
    r"""\b(?:rose|risen|rises?|rising|fell|fallen|falls?|falling|gr[eo]w\w*|increas\w+|decreas\w+|
        drop\w*|declin\w+|climb\w*|jump\w*|went|chang\w+|widen\w*|narrow\w*|shr[aiu]nk\w*|cut|
        rais\w+|reduc\w+|up|down)(?:\s\w+){0,2}\sfrom\s\Z""",
    re.IGNORECASE | re.VERBOSE,
)
#: "3–1" is a score; what rises ("1–3") is one beside words of games.
_SCORE = re.compile(
    r"(?P<own>\d{1,3})[-–](?P<other>\d{1,3})(?P<more>[-–]\d{1,3})?(?![-–\w%]|[.,]\d)"
)
_GAME = re.compile(
    r"\b(?:won|win|lost|lose|loss|beat\w*|defeat\w*|drew|draw|victory|score\w*)\b", re.IGNORECASE
)
_HALVED = re.compile(r"half\s+an?", re.IGNORECASE)
_TWO = re.compile(r"\d\d(?!\d)")
#: Words between the ends of an interval of time only.
_UNTIL = ("until", "till", "through")


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read up to `end`: a value of time (`value` set) or a number (`amount` set)."""

    kind: str
    end: int
    value: Value | None = None
    amount: Decimal = Decimal(0)
    scale: int = 1
    unit: str | None = None


def find_values(text: str) -> tuple[FoundValue, ...]:
    """Return the values in a text, in order; no two overlap.

    A word such as "about" is part of the value's span; "over" and "at least" are not. Digits in
    names and numbers of pages, rooms and versions are no values. Days and months without a year
    are none either, nor is "03/04/2005", which two countries read differently.

    >>> [(v.kind, v.literal.value, v.literal.unit) for v in find_values("It rose 3 km in 1999.")]
    [('quantity', 3, 'km'), ('gYear', 1999, None)]
    """
    return tuple(_found(text))


def read_value(text: str, start: int, *, year: bool = False) -> FoundValue | None:
    """Return the value written from `start` on; with `year`, four bare digits are a year."""
    said = APPROXIMATELY.match(text, start)
    begin = said.end() if said else start
    first = _one(text, begin, year=year)
    if first is None:
        return None
    read = _spread(text, begin, first) or first
    words = text[start : read.end]
    if read.value is not None:
        literal = Literal(read.value, read.kind, words, read.unit)
        return FoundValue(start, read.end, read.kind, literal)
    value, datatype = number(read.amount)
    return FoundValue(start, read.end, read.kind, Literal(value, datatype, words, read.unit))


def _found(text: str) -> Iterator[FoundValue]:
    done = 0
    for match in _START.finditer(text):
        if match.start() < done or not may_open(text, match.start()):
            continue
        value = read_value(text, match.start())
        if value is None or value.literal.text.lower() == "one":
            continue
        done = value.end
        if value.kind != REFUSED and not is_label(text, value):
            yield value


def _one(text: str, start: int, *, year: bool) -> _Read | None:
    run = read_run(text, start)
    if run is not None:
        return _Read("duration", run[1], run[0])
    moment = read_moment(text, start)
    if moment is not None:
        return _Read(moment.kind, moment.end, moment.value)
    money = currency_before(text, start)
    if money is not None:
        code, negative, end = money
        amount = read_amount(text, end)
        if amount is None:
            return None
        million = re.compile(r"[mMbB]\b").match(text, amount.end) if amount.scale == 1 else None
        scale = amount.scale
        if million:
            scale = 10**6 if million.group() in "mM" else 10**9
        value = amount.value * (scale // amount.scale) * (-1 if negative else 1)
        end = million.end() if million else amount.end
        return _Read("money", end, amount=value, scale=scale, unit=code)
    lasting = read_duration(text, start)
    if lasting is not None:
        return _Read("duration", lasting[1], lasting[0])
    if (score := _SCORE.match(text, start)) and _is_score(text, score):
        return _Read(REFUSED, score.end(), "")
    return _number(text, start, year=year)


def _is_score(text: str, score: re.Match[str]) -> bool:
    """Whether two numbers with a dash between them count goals or points."""
    if len(score["own"]) == 3 and len(score["other"]) == 2:
        return False
    around = text[max(0, score.start() - 40) : score.end() + 20]
    if score["more"] is not None:
        return True
    return int(score["own"]) >= int(score["other"]) or _GAME.search(around) is not None


def _number(text: str, start: int, *, year: bool) -> _Read | None:
    amount = read_amount(text, start)
    if amount is None:
        return None
    read = _Read("number", amount.end, amount=amount.value, scale=amount.scale)
    percent = _PERCENT.match(text, amount.end)
    if percent:
        return replace(read, kind="percent", end=percent.end(), unit="%")
    money = currency_after(text, amount.end)
    if money:
        return replace(read, kind="money", end=money[1], unit=money[0])
    if (coin := coin_after(text, amount.end)) is not None:
        code, many, end = coin
        return replace(read, kind="money", end=end, unit=code, amount=amount.value / many)
    if amount.scale == 1 and counts_millions(text, amount.end):
        return replace(read, end=amount.end + 1, amount=amount.value * 10**6, scale=10**6)
    measured = read_quantity(text, amount)
    if measured is not None:
        value, unit, end = measured
        return replace(read, kind="quantity", end=end, unit=unit, amount=value)
    if _HALVED.fullmatch(text, start, amount.end):
        return None
    if amount.digits and _YEAR.match(text, start) and (year or is_year(text, start, amount.end)):
        return _Read("gYear", amount.end, int(amount.value))
    return read


def _spread(text: str, start: int, first: _Read) -> _Read | None:
    """Return the interval or range that begins with this value, or None."""
    joint = _TO.match(text, first.end)
    if joint is None or first.kind in ("interval", "duration", REFUSED):
        return None
    word = (joint["word"] or "").lower()
    if word == "and" and not _BETWEEN.search(text, max(0, start - 10), start):
        return None
    timed = first.value is not None or _YEAR.fullmatch(text, start, first.end) is not None
    last = _one(text, joint.end(), year=timed)
    if last is None:
        return None
    if first.unit is not None and _CHANGED.search(text, max(0, start - 40), start):
        return None
    if first.kind == "number" and last.kind == "duration":
        last = _timed(text, joint.end()) or last
    if first.value is not None or last.kind == "gYear":
        return _interval(text, start, first, last, joint.end())
    if last.value is not None or word in _UNTIL:
        return None
    return _range(first, last, tight=not word, either=word == "or")


def _timed(text: str, start: int) -> _Read | None:
    """Return "four hours" as the end of a range."""
    amount = read_amount(text, start)
    unit = timed_unit(text, amount.end) if amount else None
    if amount is None or unit is None:
        return None
    return _Read("number", unit[1], amount=amount.value, scale=amount.scale, unit=unit[0])


def _interval(text: str, start: int, first: _Read, last: _Read, at: int) -> _Read | None:
    if first.value is None:
        if _YEAR.fullmatch(text, start, first.end) is None:
            return None
        first = _Read("gYear", first.end, int(first.amount))
    value, end, kind = last.value, last.end, last.kind
    short = _TWO.match(text, at)
    if first.kind == "gYear" and short and short.end() == end and last.kind == "number":
        value, kind = int(str(first.value)[:2] + short.group()), "gYear"  # 1939-45
    times = ("time",), ("date", "gYear", "gYearMonth", "dateTime")
    if value is None or not any(first.kind in group and kind in group for group in times):
        return None
    if first.kind == kind == "gYear" and int(str(first.value)) >= int(str(value)):
        return None
    return _Read("interval", end, f"{_iso(first.value)}/{_iso(value)}")


def _iso(value: Value | None) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _range(first: _Read, last: _Read, *, tight: bool, either: bool) -> _Read | None:
    low, high = first.amount, last.amount
    if first.unit is None and first.scale == 1 and last.scale > 1 and low < last.scale:
        low *= last.scale  # "2 and 3 million euros"
    if first.unit not in (None, last.unit) or not low < high:
        return None
    if either and high - low != 1 and high < 20:
        return None  # "two or ten" names two numbers
    least, most = number(low)[0], number(high)[0]
    return _Read("range", last.end, f"{least}/{most}", unit=last.unit)
