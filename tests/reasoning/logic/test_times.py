from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoning.logic.times import Time, days_in, ordinal, time_of


@given(st.dates(), st.dates())
def test_days_are_counted_as_the_calendar_does(a: date, b: date) -> None:
    found = ordinal(a.year, a.month, a.day) - ordinal(b.year, b.month, b.day)
    assert found == (a - b).days


@given(st.datetimes(min_value=datetime(2, 1, 1), timezones=st.just(UTC)))
def test_a_moment_is_read_as_it_is_written(moment: datetime) -> None:
    time = time_of(moment)
    assert time is not None
    assert time_of(str(time)) == time
    assert time_of(moment.isoformat()) == time


@given(st.integers(-4000, 4000), st.integers(1, 12))
def test_a_month_follows_the_one_before(year: int, month: int) -> None:
    later = (year, month + 1) if month < 12 else (year + 1, 1)
    assert ordinal(*later, 1) == ordinal(year, month, 1) + days_in(year, month)
    assert Time(*later).span[0] == Time(year, month).span[1] + 1


def test_zones_are_taken_out() -> None:
    zone = timezone(timedelta(hours=-5))
    assert time_of(datetime(1999, 12, 31, 20, tzinfo=zone)) == time_of("2000-01-01T01:00")
    assert time_of("2000-03-01T00:30+01:00") == time_of("2000-02-29T23:30")


@pytest.mark.parametrize(
    "value", ["", "May", "1990-13", "1990-02-29", "1990-01-01T25:00", "199", 1.5, None, True]
)
def test_what_is_no_time_is_none(value: object) -> None:
    assert time_of(value) is None


def test_before_christ() -> None:
    ides = time_of("-0043-03-15")
    assert ides == Time(-43, 3, 15)
    assert str(ides) == "-0043-03-15"
    assert Time(-43).span[1] < Time(-42).span[0]
