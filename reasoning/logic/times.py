"""Points in time as texts give them: a year, a month, a day or a moment, before Christ too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

__all__ = ["Time", "days_in", "ordinal", "time_of"]

_TIME = re.compile(
    r"(-?\d{4,9})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?"
    r"(Z|[+-]\d\d:\d\d)?)?)?)?"
)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Time:
    """A stretch of the Gregorian calendar: a year, a month of it, a day, or a moment.

    Year 0 is 1 BC, as in ISO 8601. `micros` are the microseconds of the day, in UTC where the
    moment said its zone.

    >>> Time(1979, 5).first, Time(1979, 5).last
    ((1979, 5, 1), (1979, 5, 31))
    """

    year: int
    month: int | None = None
    day: int | None = None
    micros: int | None = None

    @property
    def first(self) -> tuple[int, int, int]:
        """The year, month and day with which it begins."""
        return self.year, self.month or 1, self.day or 1

    @property
    def last(self) -> tuple[int, int, int]:
        """The year, month and day with which it ends."""
        month = self.month or 12
        return self.year, month, self.day or days_in(self.year, month)

    @property
    def span(self) -> tuple[int, int]:
        """The first and last microsecond, counted from the beginning of the year 0."""
        if self.micros is not None:
            moment = ordinal(*self.first) * _DAY + self.micros
            return moment, moment
        return ordinal(*self.first) * _DAY, (ordinal(*self.last) + 1) * _DAY - 1

    def __str__(self) -> str:
        shown = f"{'-' if self.year < 0 else ''}{abs(self.year):04d}"
        for part in (self.month, self.day):
            shown += "" if part is None else f"-{part:02d}"
        if self.micros is None:
            return shown
        clock = str(timedelta(microseconds=self.micros))
        return f"{shown}T{clock.zfill(8) if '.' not in clock else clock.zfill(15)}"


def time_of(value: object) -> Time | None:
    """Return the time that a value of a literal or a text in ISO 8601 is; None if it is none.

    A whole number is a year.

    >>> time_of("1979-05-25"), time_of(date(1979, 5, 25)), time_of(-43), time_of("May")
    (Time(year=1979, month=5, day=25, micros=None), Time(year=1979, month=5, day=25, micros=None), \
Time(year=-43, month=None, day=None, micros=None), None)
    """
    match value:
        case Time():
            return value
        case bool():
            return None
        case int():
            return Time(value)
        case datetime():
            return _moment(value)
        case date():
            return Time(value.year, value.month, value.day)
        case str():
            return _read(value)
        case _:
            return None


def days_in(year: int, month: int) -> int:
    """Return how many days a month has.

    >>> days_in(2024, 2), days_in(-3, 2)
    (29, 28)
    """
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _DAYS[month - 1]


def ordinal(year: int, month: int, day: int) -> int:
    """Return the days from 1 January of the year 0 to a day, in any year before or after it.

    >>> ordinal(0, 1, 1), ordinal(1, 1, 1), ordinal(-1, 12, 31)
    (0, 366, -1)
    """
    eras, within = divmod(year, 400)
    before = 365 * within + (within + 3) // 4 - (within + 99) // 100 + (within + 399) // 400
    months = sum(days_in(year, m) for m in range(1, month))
    return 146_097 * eras + before + months + day - 1


def _read(text: str) -> Time | None:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (None if part is None else int(part) for part in found.groups()[:3])
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and month is not None and not 1 <= day <= days_in(year or 0, month):
        return None
    if found[4] is None:
        return Time(year or 0, month, day)
    hour, minute, second = (int(found[group] or 0) for group in (4, 5, 6))
    if hour > 23 or minute > 59 or second > 59:
        return None
    micros = ((hour * 60 + minute) * 60 + second) * 1_000_000 + int((found[7] or "").ljust(6, "0"))
    return _shifted(Time(year or 0, month, day, micros), _minutes(found[8]))


def _moment(value: datetime) -> Time:
    if value.tzinfo is not None:
        value = value.astimezone(UTC)
    clock = timedelta(
        hours=value.hour,
        minutes=value.minute,
        seconds=value.second,
        microseconds=value.microsecond,
    )
    return Time(value.year, value.month, value.day, clock // timedelta(microseconds=1))


def _minutes(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    sign = -1 if zone[0] == "-" else 1
    return sign * (int(zone[1:3]) * 60 + int(zone[4:6]))


def _shifted(time: Time, minutes: int) -> Time:
    """Return a moment without its zone, which was so many minutes ahead of UTC."""
    days, micros = divmod((time.micros or 0) - minutes * 60_000_000, _DAY)
    year, month, day = time.first
    day += days
    if day < 1:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        day = days_in(year, month)
    elif day > days_in(year, month):
        year, month, day = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    return Time(year, month, day, micros)
