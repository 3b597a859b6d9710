"""Units after numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values.units import read_unit


@pytest.mark.parametrize(
    ("text", "symbol", "end"),
    [
        (" kilometres", "km", 11),
        (" Kilometers", "km", 11),
        (" km² of", "km²", 4),
        (" square miles", "mi²", 13),
        (" degrees Celsius", "°C", 16),
        (" °C", "°C", 3),
        (" kilowatt hours", "kWh", 15),
        ("kg", "kg", 2),
        (" light years away", "ly", 12),
        (" nautical miles", "nmi", 15),
        (" m/s", "m/s", 4),
    ],
)
def test_units(text: str, symbol: str, end: int) -> None:
    assert read_unit(text, 0) == (symbol, end)


@pytest.mark.parametrize(
    "text", ["", " men", " in London", " at noon", " as a rule", " points", " years", " Hg", " pm"]
)
def test_what_is_no_unit(text: str) -> None:
    assert read_unit(text, 0) is None


@given(st.text(max_size=20))
def test_any_text_is_read(text: str) -> None:
    found = read_unit(text, 0)
    assert found is None or 0 < found[1] <= len(text)
