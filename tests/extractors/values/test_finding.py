"""Values in running text: what is found, what is left, and what always holds."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.values import find_values, is_approximate
from extractors.values.found import number


def told(text: str) -> list[tuple[str, str, object, str | None]]:
    """Return the words, kind, value and unit of each value in a text."""
    return [
        (text[v.start : v.end], v.kind, v.literal.value, v.literal.unit) for v in find_values(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It ran from 3 June 1911 to 9 May 1912.",
         ("3 June 1911 to 9 May 1912", "interval", "1911-06-03/1912-05-09", None)),
        ("Between 1871 and 1874 he wrote.", ("1871 and 1874", "interval", "1871/1874", None)),
        ("the 1st century BC", ("1st century BC", "interval", "-100/-1", None)),
        ("the twenty-first century", ("twenty-first century", "interval", "2001/2100", None)),
        ("open 09:15–16:45 daily", ("09:15–16:45", "interval", "09:15:00/16:45:00", None)),
        ("It cost 3-4 million dollars.",
         ("3-4 million dollars", "range", "3000000/4000000", "USD")),
        ("a 6.5-litre engine", ("6.5-litre", "quantity", 6.5, "l")),
        ("at 12 cubic metres per second",
         ("12 cubic metres per second", "quantity", 12, "m³/s")),
        ("lost 12 pounds of fat", ("12 pounds", "quantity", 12, "lb")),
        ("gave 12 pounds to the poor", ("12 pounds", "money", 12, "GBP")),
        ("a year and a half later", ("a year and a half", "duration", "P1Y6M", None)),
        ("three days, four hours and 2 minutes",
         ("three days, four hours and 2 minutes", "duration", "P3DT4H2M", None)),
        ("half a million books", ("half a million", "number", 500_000, None)),
        ("Two hundred and six bones", ("Two hundred and six", "number", 206, None)),
        ("two million three hundred thousand votes",
         ("two million three hundred thousand", "number", 2_300_000, None)),
        ("Sales fell in the third quarter of 1998.",
         ("third quarter of 1998", "interval", "1998-07/1998-09", None)),
        ("FY 2014 was good", ("FY 2014", "gYear", 2014, None)),
        ("the 2nd millennium", ("2nd millennium", "interval", "1001/2000", None)),
        ("from the 5th to the 3rd century BC",
         ("5th to the 3rd century BC", "interval", "-500/-201", None)),
        ("from 27 BC to 14 AD", ("27 BC to 14 AD", "interval", "-27/14", None)),
        ("the Song (960–1279) fell", ("960–1279", "interval", "960/1279", None)),
        ("May 30 to June 2, 1896",
         ("May 30 to June 2, 1896", "interval", "1896-05-30/1896-06-02", None)),
        ("since eighteen forty-eight", ("eighteen forty-eight", "gYear", 1848, None)),
        ("at ten past six", ("ten past six", "time", "06:10:00", None)),
        ("at a quarter past 12", ("quarter past 12", "time", "12:15:00", None)),
        ("at 7:30 in the evening", ("7:30 in the evening", "time", "19:30:00", None)),
        ("by 08:15 JST", ("08:15 JST", "time", "08:15:00+09:00", None)),
        ("by 08:15 UTC+5:30", ("08:15 UTC+5:30", "time", "08:15:00+05:30", None)),
        ("won in 1:02:03", ("1:02:03", "duration", "PT1H2M3S", None)),
        ("it lasts P1DT2H", ("P1DT2H", "duration", "P1DT2H", None)),
        ("a pause of 20 ms", ("20 ms", "duration", "PT0.02S", None)),
        ("for a decade", ("a decade", "duration", "P10Y", None)),
        ("five to ten minutes", ("five to ten minutes", "range", "5/10", "min")),
        ("12 stone 4 lb", ("12 stone 4 lb", "quantity", 172, "lb")),
        ("half a mile away", ("half a mile", "quantity", 0.5, "mi")),
        ("a density of 1.2 kg/m3", ("1.2 kg/m3", "quantity", 1.2, "kg/m³")),
        ("about 5 sq mi", ("about 5 sq mi", "quantity", 5, "mi²")),
        ("9.5 ± 0.2 km", ("9.5 ± 0.2 km", "quantity", 9.5, "km")),
        ("2 × 10³⁰ kg", ("2 × 10³⁰ kg", "quantity", 2e30, "kg")),
        ("12,34,567 people", ("12,34,567", "number", 1_234_567, None)),
        ("worth 99 cents", ("99 cents", "money", 0.99, "USD")),
        ("sold 2m copies", ("2m", "number", 2_000_000, None)),
    ],
)  # fmt: skip
def test_one_value(text: str, found: tuple[object, ...]) -> None:
    assert told(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On 30 February 1900 nothing happened.",
        "Due 05/06/2007.",
        "He flew a Boeing 747 over Route 66.",
        "See pages 12-14.",
        "The F16 and the A380 landed.",
        "Version 10.4.2 and 192.168.0.1",
        "May comes before June.",
        "one of the few",
        "They won 3-2 and lost 1–4.",
        "It ended 2–1–3.",
        "John 3:16 and clause 7(3)",
    ],
)
def test_no_value(text: str) -> None:
    assert told(text) == []


def test_separate_values_stay_apart() -> None:
    kinds = [(words, kind) for words, kind, *_ in told("two cats and three dogs, 5 kg and 1999")]
    assert kinds == [("two", "number"), ("three", "number"), ("5 kg", "quantity"),
                     ("1999", "gYear")]  # fmt: skip


def test_approximate_values_keep_the_word_that_says_so() -> None:
    (about,) = find_values("It weighs about 300 kg.")
    (exact,) = find_values("It weighs 300 kg.")
    assert (about.literal.text, about.literal.canonical()) == (
        "about 300 kg",
        exact.literal.canonical(),
    )
    assert (is_approximate(about.literal), is_approximate(exact.literal)) == (True, False)


def test_numbers_that_no_store_holds_exactly_become_decimals() -> None:
    (value,) = find_values("There are 6.02 × 10^23 of them.")
    assert (value.literal.value, value.literal.datatype) == (6.02e23, "decimal")
    assert find_values("9" * 400) == ()
    assert {v.literal.value for v in find_values("1e999 2 × 10^400")} <= {2, 10, 400}


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789 .,:-–/$€%½abhkmotweny’'\n", max_size=60) | st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    end = 0
    for value in find_values(text):
        assert end <= value.start < value.end <= len(text)
        assert value.literal.text == text[value.start : value.end]
        end = value.end


@given(
    st.dates(date(1000, 1, 1), date(2199, 12, 31)), st.sampled_from(["{d} {m} {y}", "{m} {d}, {y}"])
)
def test_dates_are_read_back(day: date, form: str) -> None:
    shown = form.format(d=day.day, m=f"{day:%B}", y=day.year)
    assert told(f"It was {shown}.") == [(shown, "date", day, None)]


_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def spelt(n: int) -> str:
    """Return a number from 1 to 999,999,999 in words."""
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            joint = " and " if size == 100 else " "
            return f"{spelt(n // size)} {name}" + (joint + spelt(rest) if rest else "")
    if n < 20:
        return _ONES.split()[n - 1]
    return _TENS.split()[n // 10 - 2] + (f"-{spelt(n % 10)}" if n % 10 else "")


@given(st.integers(2, 999_999_999))
def test_numbers_in_words_are_read_back(n: int) -> None:
    assert told(f"She saw {spelt(n)} birds.") == [(spelt(n), "number", n, None)]


@given(st.decimals(0, 10**9, places=3, allow_nan=False))
def test_numbers_in_digits_are_read_back(value: object) -> None:
    assert number(value)[0] == float(str(value))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["1 " * 5_000, "one hundred " * 3_000, "-" * 60_000, "1,000" * 5_000, "half a " * 5_000,
     "3 to " * 4_000, "12 January " * 2_000],
)  # fmt: skip
def test_long_texts_are_read_in_linear_time(text: str) -> None:
    begin = time.perf_counter()
    find_values(text)
    assert time.perf_counter() - begin < 20
