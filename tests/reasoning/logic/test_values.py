from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.errors import QueryError
from kgkit.facts import Entity, Literal
from reasoning.logic.expressions import Constant
from reasoning.logic.times import Time
from reasoning.logic.values import compare, key, literal, number, rank, shown

_MAY = Literal(date(1979, 5, 25), "date")


def test_a_day_is_in_its_year_and_before_none_of_it() -> None:
    year = Literal(1979, "gYear")
    assert compare("=", _MAY, year)
    assert compare("<=", _MAY, year)
    assert not compare("<", _MAY, year)
    assert compare("<", _MAY, Literal(1980, "integer"))
    assert compare(">", _MAY, literal(Constant(Time(1979, 4))))


@pytest.mark.parametrize("sign", ["=", "<", ">"])
def test_exactly_one_sign_holds_between_numbers(sign: str) -> None:
    for a, b in ((1, 2.0), (2, 2.0), (3, 2.0)):
        holding = [s for s in ("=", "<", ">") if compare(s, Literal(a), Literal(b))]
        assert len(holding) == 1
        assert compare("<=", Literal(a), Literal(b)) == (holding[0] != ">")


def test_units_are_converted_and_kinds_are_not_mixed() -> None:
    assert compare("=", Literal(1, unit="km"), Literal(1000, unit="m"))
    assert compare(">", Literal(30, unit="degC"), Literal(50, unit="degF"))
    assert compare("<", Literal(5, unit="km"), Literal(6))
    for other in (Literal(5, unit="kg"), Literal("x"), Entity.named("Alien")):
        with pytest.raises(QueryError):
            compare("<", Literal(5, unit="km"), other)


def test_money_is_compared_in_one_currency() -> None:
    assert compare("<", Literal(5, unit="USD"), Literal(6, unit="USD"))
    with pytest.raises(QueryError, match="USD"):
        compare("<", Literal(5, unit="USD"), Literal(6, unit="EUR"))


def test_an_entity_equals_itself_and_its_name() -> None:
    alien = Entity.named("Alien", "Film")
    assert compare("=", alien, Entity("other", "Alien", "Film")) is False
    assert compare("=", alien, Literal("Alien"))
    assert compare("!=", Literal("Aliens"), alien)


def test_datatypes_do_not_tell_values_apart() -> None:
    assert key(Literal(1979, "gYear")) == key(Literal(1979.0, "decimal"))
    assert len({key(Literal(v)) for v in (True, 1, "1", 1.5)}) == 4
    assert key(Literal(1, unit="km")) != key(Literal(1, unit="m"))


_CELLS = st.one_of(
    st.integers().map(Literal),
    st.floats(allow_nan=False, allow_infinity=False).map(Literal),
    st.text().map(Literal),
    st.booleans().map(lambda value: Literal(value, "boolean")),
    st.dates().map(lambda value: Literal(value, "date")),
    st.text(min_size=1).map(Entity.named),
    st.sampled_from(["km", "kg", "USD", "frobs"]).map(lambda unit: Literal(3, unit=unit)),
)


@given(st.lists(_CELLS))
def test_anything_can_be_sorted(cells: list[Entity | Literal]) -> None:
    ordered = sorted(cells, key=rank)
    assert [rank(cell) for cell in ordered] == sorted(map(rank, cells))


def test_what_people_read() -> None:
    assert [
        shown(Literal(v, u, unit=w))
        for v, u, w in (
            (84, "quantity", "m"),
            (True, "boolean", None),
            (date(1979, 5, 25), "date", None),
        )
    ] == ["84 m", "yes", "1979-05-25"]
    assert number(Literal(True, "boolean")) is None
