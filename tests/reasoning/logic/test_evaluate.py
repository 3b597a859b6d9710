from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings

from kgkit.errors import QueryError
from kgkit.facts import Entity, Literal
from reasoning.logic.evaluate import evaluate, is_true
from reasoning.logic.expressions import Expression
from reasoning.logic.forms import Filter, Let
from reasoning.logic.reading import parse
from reasoning.logic.values import Cell
from tests.reasoning.logic.forms import EXPRESSIONS

_ROW: dict[str, Cell] = {
    "born": Literal("1867-11-07", "date"),
    "died": Literal("1934-07-04", "date"),
    "year": Literal(1903, "gYear"),
    "long": Literal(84, "quantity", unit="m"),
    "who": Entity.named("Marie Curie", "Person"),
}


def _value(text: str) -> Cell:
    step = parse(f"?x = {text}").steps[0]
    assert isinstance(step, Let)
    return evaluate(step.value, _ROW)


def _holds(text: str) -> bool:
    step = parse(f"filter({text})").steps[0]
    assert isinstance(step, Filter)
    return is_true(step.test, _ROW)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("years(?born, ?died)", 66, None),
        ("years(?born, 1934-11-07)", 67, None),
        ("years(?born, 1900)", 33, None),
        ("years(-0043-03-15, 14-08-19)".replace("14-08", "0014-08"), 57, None),
        ("days(?born, ?died)", 24345, None),
        ("year(?died) - year(?born)", 67, None),
        ("month(?born) + day(?born) * 2", 25, None),
        ("?year + 10", 1913, None),
        ("?long + 16[m]", 100, "m"),
        ("1[km] - ?long", 0.916, "km"),
        ("?long / 2[s]", 42, "m/s"),
        ("?long / ?long", 1, None),
        ('convert(?long, "cm")', 8400, "cm"),
        ("abs(minus(3)) - -2", 5, None),
        ("round(7 / 2)", 4, None),
        ("length(name(?who))", 11, None),
    ],
)
def test_what_is_computed(text: str, value: float, unit: str | None) -> None:
    found = _value(text)
    assert isinstance(found, Literal)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        '?who = "Marie Curie" and type(?who) = "Person"',
        "not (?born > ?died) or 1 = 2",
        'contains(lower(name(?who)), "curie") and starts(?who, "Marie") and ends(?who, "e")',
        "?year = 1903 and ?year < 1904-01-01 and ?born < ?year",
        "?long >= 8400[cm] and ?long < 1[km]",
        "true != false",
    ],
)
def test_what_holds(text: str) -> None:
    assert _holds(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1 / 0", "divided by zero"),
        ("?long / (1 - 1)", "divided by zero"),
        ("?long + 3[kg]", "'kg'"),
        ("?long + 3", "mixes a number with a quantity"),
        ("?who + 1", "cannot be computed"),
        ("?nobody", "not bound"),
        ("days(?year, ?died)", "takes a full date; '1903' leaves it open"),
        ("month(1990)", "takes a full date"),
        ("year(?who)", "takes a time"),
        ('convert(3, "km")', "has no unit"),
        ('convert(3[frobs], "km")', "'frobs'"),
        ("name(3)", "takes an entity"),
        ("lower(3)", "takes a text"),
        ('minus("a")', "takes a number"),
        ("1e308 * 10", "too large"),
        ('?born < "x"', "no order"),
    ],
)
def test_what_has_no_value_is_said(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        _value(text)


def test_a_filter_needs_a_test() -> None:
    with pytest.raises(QueryError, match="expected a test that is true or false"):
        _holds("1 + 1")


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS)
def test_any_expression_has_a_value_or_a_query_error(expression: Expression) -> None:
    with suppress(QueryError):
        evaluate(expression, _ROW)
