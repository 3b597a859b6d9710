from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kgkit.facts import Literal, Mention
from stores.property_graph.shape import (
    LiteralValue,
    edge_of,
    entity_row,
    literal_of,
    mention_edges,
    property_value,
    statement_of,
)
from tests.stores.embedded.records import (
    BIRTH_DATE,
    BORN,
    CHUNK,
    CURIE,
    MARRIED,
    MENTIONS,
    PAPER,
    WARSAW,
    WON,
)


def test_a_fact_becomes_an_edge_or_a_property() -> None:
    edge = edge_of(BORN)
    assert edge is not None
    assert (edge.start, edge.type, edge.end) == (CURIE.id, "BORN_IN", WARSAW.id)
    assert literal_of(BORN) is None
    assert edge_of(BIRTH_DATE) is None
    value = literal_of(BIRTH_DATE)
    assert value is not None
    assert isinstance(BIRTH_DATE.tail, Literal)
    assert (value.name, value.value) == ("birth_date", BIRTH_DATE.tail.value)


def test_only_a_third_entity_makes_a_statement() -> None:
    assert statement_of(MARRIED) is None
    assert statement_of(BORN) is None
    made = statement_of(WON)
    assert made is not None
    assert [edge.type for edge in made.roles] == ["HEAD", "TAIL", "PLACE"]


def test_spans_are_in_order_and_counted_once() -> None:
    twice = (*reversed(MENTIONS), MENTIONS[0])
    edges = {edge.start: edge for edge in mention_edges(twice)}
    assert edges[CURIE.id].properties == {"spans": ["0:11", "32:37"], "count": 2}
    assert edges[CURIE.id].end == CHUNK.id


def test_spans_count_numbers_and_not_letters() -> None:
    late = Mention(PAPER.id, CHUNK.id, 100, 104, "x", CURIE)
    early = Mention(PAPER.id, CHUNK.id, 9, 11, "x", CURIE)
    (edge,) = mention_edges((late, early))
    assert edge.properties["spans"] == ["9:11", "100:104"]


@pytest.mark.parametrize(
    ("values", "made"),
    [
        ([3], 3),
        ([10, 9, 9], [9, 10]),
        ([2, 1.5], [1.5, 2]),
        ([True, False], [False, True]),
        (["b", "a"], ["a", "b"]),
        ([date(2000, 1, 1), date(1999, 1, 1)], [date(1999, 1, 1), date(2000, 1, 1)]),
        ([1, "a"], ["1", "a"]),
        ([date(2000, 1, 1), datetime(2000, 1, 1)], ["2000-01-01", "2000-01-01T00:00:00"]),
        (
            [datetime(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)],
            ["2000-01-01T00:00:00", "2000-01-01T00:00:00+00:00"],
        ),
    ],
    ids=repr,
)
def test_a_property_of_several_values(values: list[Any], made: Any) -> None:
    found = [LiteralValue("x", "any", value, "") for value in values]
    assert property_value(found) == {"x": made}
    assert property_value(found[::-1]) == {"x": made}


def test_units_stand_beside_their_values() -> None:
    found = [LiteralValue("x", "decimal", 2.0, "km"), LiteralValue("x", "decimal", 1.0, "mi")]
    assert property_value(found) == {"x": [1.0, 2.0], "x_unit": ["mi", "km"]}
    assert property_value(found[:1]) == {"x": 2.0, "x_unit": "km"}


def test_an_entity_without_aliases_has_no_such_property() -> None:
    assert entity_row(CURIE)["aliases"] == ["Curie"]
    assert entity_row(WARSAW)["aliases"] is None
