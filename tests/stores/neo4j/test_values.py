from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgkit.errors import InputError, QueryError
from stores.neo4j import Neo4jGraph
from stores.neo4j.values import to_parameter, to_property

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text()
    | st.dates()
    | st.datetimes().map(lambda value: value.replace(fold=0))
    | st.datetimes(
        timezones=st.just(UTC) | st.just(timezone(timedelta(hours=-3, minutes=-30)))
    ).map(lambda value: value.replace(fold=0))
    | st.times().map(lambda value: value.replace(fold=0))
)
VALUES = st.recursive(
    SCALARS,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3),
    max_leaves=5,
)
AT_ONCE = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def shown(value: Any) -> str:
    """Return a value with its types; Neo4j keeps no order in a map."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {shown(value[key])}' for key in sorted(value))}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]"
    return repr(value)


@AT_ONCE
@given(VALUES)
def test_a_value_goes_to_the_server_and_back(curie: Neo4jGraph, value: Any) -> None:
    (row,) = curie.query("RETURN $x AS x", {"x": value})
    assert row["x"] == value
    assert shown(row["x"]) == shown(value)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("date('1867-11-07')", date(1867, 11, 7)),
        ("localdatetime('2020-01-02T03:04:05.000678')", datetime(2020, 1, 2, 3, 4, 5, 678)),
        ("datetime('2020-01-02T03:04:05Z')", datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (
            "datetime('2020-01-02T03:04:05[Europe/Warsaw]')",
            datetime(2020, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=1))),
        ),
        ("localtime('10:20:30.5')", time(10, 20, 30, 500000)),
        ("duration('P1DT2H')", timedelta(days=1, hours=2)),
        ("duration('P1M')", "P1M"),
        ("[1, 2.5, 'a', null, true]", [1, 2.5, "a", None, True]),
        ("{a: date('2000-01-01')}", {"a": date(2000, 1, 1)}),
        ("point({x: 1, y: 2})", {"x": 1.0, "y": 2.0, "srid": 7203}),
        (
            "point({longitude: 21, latitude: 52, height: 9})",
            {"longitude": 21.0, "latitude": 52.0, "height": 9.0, "srid": 4979},
        ),
        ("1 = 1", True),
        ("null", None),
    ],
)
def test_values_are_native(curie: Neo4jGraph, expression: str, value: object) -> None:
    (row,) = curie.query(f"RETURN {expression} AS x")
    assert repr(row["x"]) == repr(value)


def test_a_date_that_python_does_not_know_can_be_had_as_text(curie: Neo4jGraph) -> None:
    with pytest.raises(QueryError, match=r"toString\(\)"):
        curie.query("RETURN date('-0044-03-15') AS ides")
    rows = curie.query("RETURN toString(date('-0044-03-15')) AS ides")
    assert rows == [{"ides": "-0044-03-15"}]


@pytest.mark.parametrize("text", ["{x: 1, y: 2}", "{longitude: 21, latitude: 52, height: 9}"])
def test_a_point_can_be_given_back(curie: Neo4jGraph, text: str) -> None:
    (row,) = curie.query(f"RETURN point({text}) AS p")
    same = curie.query(f"RETURN point($p) = point({text}) AS same", {"p": row["p"]})
    assert same == [{"same": True}]


def test_sets_and_arrays_are_lists() -> None:
    assert to_parameter({"a": {1}, "b": np.array([1.5, 2.5])}) == {"a": [1], "b": [1.5, 2.5]}
    assert type(to_parameter(np.int64(7))) is int


@pytest.mark.parametrize(
    "value", [object(), b"bytes", 2**70, [object()]], ids=["object", "bytes", "big", "list"]
)
def test_a_parameter_that_no_graph_holds(value: object) -> None:
    with pytest.raises(InputError):
        to_parameter({"x": value})


@AT_ONCE
@given(st.lists(SCALARS.filter(lambda value: value is not None), max_size=4))
def test_any_list_can_be_stored(graph: Neo4jGraph, values: list[Any]) -> None:
    made = to_property(values)
    stored = graph.query("CREATE (n:Box {x: $x}) RETURN n.x AS x", {"x": made}, write=True)
    assert stored == [{"x": made}]
