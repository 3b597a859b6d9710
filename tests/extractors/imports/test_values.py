"""Cells as literals, and names as kgkit writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.imports.names import entity_of, keyed_entity, relation_name
from extractors.imports.values import is_missing, make_literal
from kgkit.errors import InputError
from kgkit.facts import Value


@pytest.mark.parametrize(
    ("cell", "value", "datatype"),
    [
        ("42", 42, "integer"),
        ("-7", -7, "integer"),
        ("007", "007", "string"),
        ("1" * 30, "1" * 30, "string"),
        ("3.50", 3.5, "decimal"),
        ("TRUE", True, "boolean"),
        ("yes", "yes", "string"),
        ("2024-02-29", date(2024, 2, 29), "date"),
        ("2023-02-29", "2023-02-29", "string"),
        ("2024-02-29T10:00:00", datetime(2024, 2, 29, 10), "dateTime"),
        ("1.2.3", "1.2.3", "string"),
        (True, True, "boolean"),
        (Decimal("2.50"), 2.5, "decimal"),
        (timedelta(minutes=1), "PT60S", "string"),
    ],
)
def test_a_datatype_is_inferred(cell: object, value: Value, datatype: str) -> None:
    literal = make_literal(cell)
    assert (literal.value, literal.datatype) == (value, datatype)
    assert type(literal.value) is type(value)


@pytest.mark.parametrize(
    ("cell", "datatype", "value"),
    [
        ("007", "integer", 7),
        (3.0, "integer", 3),
        ("3.0", "integer", 3),
        ("5", "string", "5"),
        (5, "string", "5"),
        ("yes", "boolean", True),
        (0, "boolean", False),
        (datetime(2020, 1, 2), "date", date(2020, 1, 2)),
        ("1979", "gYear", 1979),
        ("1979-05", "gYearMonth", "1979-05"),
        ("PT2H", "duration", "PT2H"),
    ],
)
def test_a_datatype_is_stated(cell: object, datatype: str, value: Value) -> None:
    assert make_literal(cell, datatype).value == value


@pytest.mark.parametrize(
    ("cell", "datatype"),
    [
        ("x", "integer"),
        (2.5, "integer"),
        ("9" * 5000, "integer"),
        ("inf", "decimal"),
        (float("inf"), ""),
        ("maybe", "boolean"),
        ("2023-02-29", "date"),
        ("soon", "dateTime"),
        ("P", "duration"),
        ("5", "number"),
        (b"bytes", ""),
        ({"a": 1}, ""),
    ],
)
def test_what_does_not_fit_is_refused(cell: object, datatype: str) -> None:
    with pytest.raises(InputError):
        make_literal(cell, datatype)


@given(st.one_of(st.integers(-(10**17), 10**17), st.booleans(), st.dates()))
def test_what_str_writes_is_read_back(value: int | bool | date) -> None:
    assert make_literal(str(value)) == make_literal(value)


@given(st.text())
def test_any_text_is_a_literal(text: str) -> None:
    if not is_missing(text) and "\0" not in text:
        assert make_literal(text).datatype != ""


def test_missing_is_none_nan_and_blank() -> None:
    assert all(map(is_missing, (None, float("nan"), "", " \t")))
    assert not any(map(is_missing, (0, False, "x", 0.0)))


def test_names_that_are_none_are_refused() -> None:
    for cell in ("", "  ", "x" * 1001, "a\0b"):
        with pytest.raises(InputError):
            entity_of(cell)
    with pytest.raises(InputError, match="is no key"):
        keyed_entity(" ", "Ada", "Person")
    with pytest.raises(InputError, match="is no relation"):
        relation_name("!!")


def test_lone_surrogates_are_replaced() -> None:
    assert entity_of("a\ud800b").name == "a\ufffdb"
