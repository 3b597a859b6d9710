"""Times of day, and days with a time."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from extractors.values.calendar import Moment, read_day
from extractors.values.lexicon import ONES, TENS
from extractors.values.periods import read_period

__all__ = ["read_moment", "read_time"]

#: Hours ahead of UTC. What two countries use for different zones ("IST") is left out.
_ZONES = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "JST": 9,
    "KST": 9,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_CLOCK = re.compile(
    rf"""(?P<hour>[01]?\d|2[0-3])
        (?:  :(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?!\d)
             (?:\s?(?P<half>[ap]\.m\.|[ap]m\b))?
          |  (?:\.(?P<minutes>[0-5]\d))?\s?(?P<halves>[ap]\.m\.|[ap]m\b)
          |  \so['’]clock\b
        )
        (?:\sin\sthe\s(?P<part>morning|afternoon|evening)\b)?
        (?:\s?(?P<zone>(?-i:{"|".join(_ZONES)})\b)(?P<offset>[+-]\d{{1,2}}(?::?[0-5]\d)?(?!\d))?)?""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(r"(?P<name>noon|midday|midnight)\b", re.IGNORECASE)
_HOURS = "|".join([*list(ONES)[1:13], *(str(n) for n in range(12, 0, -1))])
_SPOKEN = re.compile(
    rf"(?:(?P<half>half)\s(?=past)|(?P<quarter>quarter)\s|(?P<minutes>ten|twenty)\s(?=past))"
    rf"(?P<side>past|to)\s(?P<hour>{_HOURS})\b(?!\s?[%\d])",
    re.IGNORECASE,
)
_HALVES = {"morning": "am", "afternoon": "pm", "evening": "pm"}
_STAMP = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?(?![\d:])"
)
_AT = re.compile(r"(?:,?\s(?:at\s)?|T)(?=\d)")
_ON = re.compile(r",?\s(?:on\s)?(?:the\s)?(?=\w)", re.IGNORECASE)


def read_time(text: str, start: int) -> Moment | None:
    """Return the time of day written from `start` on, "HH:MM:SS" and, where it
    names a zone, "Z" or how far that is ahead of UTC.

    >>> read_time("2:30 p.m. sharp", 0).value
    '14:30:00'
    """
    named = _NAMED.match(text, start)
    if named:
        hour = 0 if named["name"].lower() == "midnight" else 12
        return Moment("time", f"{hour:02d}:00:00", named.end())
    spoken = _SPOKEN.match(text, start)
    if spoken:
        return _spoken(spoken)
    match = _CLOCK.match(text, start)
    if match is None:
        return None
    half = (match["half"] or match["halves"] or "").lower()
    hour = int(match["hour"])
    if match["part"] and not half and hour <= 12:
        half = _HALVES[match["part"].lower()]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    minute = int(match["minute"] or match["minutes"] or 0)
    value = time(hour, minute, int(match["second"] or 0)).isoformat()
    return Moment("time", value + _zone(match["zone"], match["offset"] or ""), match.end())


def _zone(name: str | None, offset: str) -> str:
    """Return "Z", or how far ahead of UTC, of a zone as it is written ("CET", "UTC+5:30")."""
    if name is None:
        return ""
    hour, _, minute = offset.partition(":")
    if len(hour) > 3:  # +0530
        hour, minute = hour[:3], hour[3:]
    hours = _ZONES[name.upper()] + int(hour or 0)
    if abs(hours) > 14:
        return ""
    return f"{hours:+03d}:{minute or '00'}" if hours or int(minute or 0) else "Z"


def _spoken(match: re.Match[str]) -> Moment:
    """Half past nine; a quarter to six. The half of the day is not said."""
    word = match["hour"].lower()
    hour = int(word) if word.isdecimal() else ONES[word]
    minute = 30 if match["half"] else 15
    if match["minutes"]:
        minute = {**ONES, **TENS}[match["minutes"].lower()]
    if match["side"].lower() == "to":
        hour, minute = (hour - 1 or 12), 60 - minute
    return Moment("time", f"{hour:02d}:{minute:02d}:00", match.end())


def read_moment(text: str, start: int) -> Moment | None:
    """Return the day, time, or day with a time, written from `start` on.

    >>> read_moment("28 June 1914 at 10:50", 0).value
    datetime.datetime(1914, 6, 28, 10, 50)
    """
    stamp = _STAMP.match(text, start)
    if stamp:
        try:
            return Moment("dateTime", datetime.fromisoformat(stamp.group()), stamp.end())
        except ValueError:  # no such moment
            return None
    period = read_period(text, start)
    if period is not None:
        return period
    day = read_day(text, start)
    if day is not None:
        joint = _AT.match(text, day.end) if day.kind == "date" else None
        clock = read_time(text, joint.end()) if joint else None
        return _joined(day, clock, clock.end) if clock else day
    clock = read_time(text, start)
    joint = _ON.match(text, clock.end) if clock else None
    after = read_day(text, joint.end()) if joint else None
    if clock and after and after.kind == "date":
        return _joined(after, clock, after.end)
    return clock


def _joined(day: Moment, clock: Moment, end: int) -> Moment:
    shown = str(clock.value)
    at = time.fromisoformat(shown)
    assert isinstance(day.value, date)
    return Moment("dateTime", datetime.combine(day.value, at), end)
