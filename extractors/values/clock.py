"""Times of day, and days with a time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from extractors.values.calendar import Moment, read_day

__all__ = ["read_moment", "read_time"]

_CLOCK = re.compile(
    r"""(?P<hour>[01]?\d|2[0-3])
        (?:  :(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?!\d)
             (?:\s?(?P<half>[ap]\.m\.|[ap]m\b))?
          |  (?:\.(?P<minutes>[0-5]\d))?\s?(?P<halves>[ap]\.m\.|[ap]m\b)
          |  \so['’]clock\b
        )
        (?:\s?(?P<zone>UTC|GMT|Z)\b)?""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED = re.compile(r"(?P<name>noon|midday|midnight)\b", re.IGNORECASE)
_STAMP = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?(?![\d:])"
)
_AT = re.compile(r"(?:,?\s(?:at\s)?|T)(?=\d)")
_ON = re.compile(r",?\s(?:on\s)?(?:the\s)?(?=\w)", re.IGNORECASE)


def read_time(text: str, start: int) -> Moment | None:
    """Return the time of day written from `start` on, "HH:MM:SS" and "Z" where it says UTC.

    >>> read_time("2:30 p.m. sharp", 0).value
    '14:30:00'
    """
    named = _NAMED.match(text, start)
    if named:
        hour = 0 if named["name"].lower() == "midnight" else 12
        return Moment("time", f"{hour:02d}:00:00", named.end())
    match = _CLOCK.match(text, start)
    if match is None:
        return None
    hour, half = int(match["hour"]), (match["half"] or match["halves"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    minute = int(match["minute"] or match["minutes"] or 0)
    value = time(hour, minute, int(match["second"] or 0)).isoformat()
    return Moment("time", value + ("Z" if match["zone"] else ""), match.end())


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
    at = time.fromisoformat(shown.removesuffix("Z"))
    zone = UTC if shown.endswith("Z") else None
    assert isinstance(day.value, date)
    return Moment("dateTime", datetime.combine(day.value, at, zone), end)
