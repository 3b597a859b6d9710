"""Dates and numbers in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.dates import number_literal, time_literal


@pytest.mark.parametrize(
    "text",
    ["7 November 1867", "November 7, 1867", "Nov. 7 , 1867", "the 7th of November 1867",
     "1867-11-07"],
)  # fmt: skip
def test_full_dates(text: str) -> None:
    found = time_literal(text)
    assert (found.value, found.datatype, found.text) == (date(1867, 11, 7), "date", text)


@pytest.mark.parametrize(
    ("text", "value", "datatype"),
    [
        ("November 1867", "1867-11", "gYearMonth"),
        ("1867", 1867, "gYear"),
        ("the year 1867", 1867, "gYear"),
        ("44 BC", -44, "gYear"),
        ("three years", "P3Y", "duration"),
        ("10 days", "P10D", "duration"),
        ("the 1990s", "1990/1999", "interval"),
        ("1914-1918", "1914/1918", "interval"),
        ("the late 19th century", "1801/1900", "interval"),
        ("476", 476, "gYear"),
        ("noon", "12:00:00", "time"),
        ("last Tuesday", "last Tuesday", "string"),
        ("31 February 1900", "31 February 1900", "string"),
        ("March 3", "March 3", "string"),
    ],
)
def test_other_times(text: str, value: object, datatype: str) -> None:
    found = time_literal(text)
    assert (found.value, found.datatype) == (value, datatype)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$ 4.25", 4.25, "USD"),
        ("US$ 3 million", 3_000_000, "USD"),
        ("25 %", 25, "%"),
        ("25 percent", 25, "%"),
        ("1,234", 1234, None),
        ("1.5 billion", 1_500_000_000, None),
        ("twenty-five", 25, None),
        ("three hundred and five thousand", 305_000, None),
        ("two dozen", 24, None),
        ("2½", 2.5, None),
        ("about 300", 300, None),
    ],
)
def test_numbers(text: str, value: float, unit: str | None) -> None:
    found = number_literal(text)
    assert found is not None
    assert (found.value, found.unit, found.text) == (value, unit, text)


@pytest.mark.parametrize(
    ("noun", "value", "datatype", "unit"),
    [
        ("km", 170, "integer", "km"),
        ("kilometre", 170, "integer", "km"),
        ("inhabitant", 170, "integer", "inhabitant"),
        ("year", "P170Y", "duration", None),
    ],
)
def test_the_noun_that_follows_is_the_unit(
    noun: str, value: object, datatype: str, unit: str | None
) -> None:
    found = number_literal("170", noun)
    assert found is not None
    assert (found.value, found.datatype, found.unit) == (value, datatype, unit)


@pytest.mark.parametrize("text", ["many", "", "10 20", "several"])
def test_what_is_no_number(text: str) -> None:
    assert number_literal(text) is None


@given(st.integers(0, 10**12))
def test_digits_with_separators_are_read_back(value: int) -> None:
    found = number_literal(f"{value:,}")
    assert found is not None
    assert found.value == value


@given(st.text(max_size=40))
def test_any_text_gives_a_time_with_its_words(text: str) -> None:
    assert time_literal(text).text == text


@given(st.dates(date(1000, 1, 1), date(2200, 12, 31)))
def test_dates_are_read_back(day: date) -> None:
    assert time_literal(f"{day.day} {day:%B} {day.year}").value == day
