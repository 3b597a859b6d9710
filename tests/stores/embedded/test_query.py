from __future__ import annotations

import os
import signal
import threading
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from typing import Any

import pytest

from kgkit.errors import InputError, QueryError, QueryTimeout, ReadOnlyError
from stores.base import Ability, GraphStore, Projection
from stores.embedded import EmbeddedGraph
from stores.rows import Node, Path, Relationship
from tests.stores.embedded.records import BIRTH, BORN, CURIE, NOBEL, WARSAW, batch

ENDLESS = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b < 0 "


def test_it_is_a_graph_store(curie: EmbeddedGraph) -> None:
    assert isinstance(curie, GraphStore)
    assert isinstance(curie, Projection)
    assert Ability.CYPHER in curie.abilities


def test_parameters_of_every_kind(curie: EmbeddedGraph) -> None:
    given: dict[str, Any] = {
        "text": 'Curie\'s "x"',
        "number": 7,
        "share": 0.5,
        "yes": True,
        "nothing": None,
        "day": date(1867, 11, 7),
        "moment": datetime(2020, 1, 2, 3, 4, 5, 678),
        "list": [1, "a", [date(2000, 1, 1)]],
        "map": {"a": {"b": [1, 2]}},
    }
    text = f"RETURN {', '.join(f'${name} AS {name}' for name in given)}"
    rows = curie.query(text, given)
    assert rows == [given]
    assert rows.columns == tuple(given)


def test_parameters_select(curie: EmbeddedGraph) -> None:
    rows = curie.query("MATCH (p:Person) WHERE p.birth_date = $d RETURN p.name AS n", {"d": BIRTH})
    assert rows == [{"n": "Marie Curie"}]
    rows = curie.query("MATCH (e) WHERE e.id IN $ids RETURN count(e) AS n", {"ids": [CURIE.id]})
    assert rows == [{"n": 1}]


@pytest.mark.parametrize(
    "value", [object(), b"bytes", 2**70, [object()]], ids=["object", "bytes", "big", "list"]
)
def test_a_parameter_that_no_graph_holds(curie: EmbeddedGraph, value: object) -> None:
    with pytest.raises(InputError):
        curie.query("RETURN $x AS x", {"x": value})


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("date('1867-11-07')", date(1867, 11, 7)),
        ("localdatetime('2020-01-02T03:04:05.000678')", datetime(2020, 1, 2, 3, 4, 5, 678)),
        ("datetime('2020-01-02T03:04:05Z')", datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("localtime('10:20:30.5')", clock(10, 20, 30, 500000)),
        ("duration('P1DT2H')", timedelta(days=1, hours=2)),
        ("duration('P1M')", "P1M"),
        ("[1, 2.5, 'a', null, true]", [1, 2.5, "a", None, True]),
        ("{a: date('2000-01-01')}", {"a": date(2000, 1, 1)}),
        ("1 = 1", True),
        ("null", None),
    ],
)
def test_values_are_native(curie: EmbeddedGraph, expression: str, value: object) -> None:
    (row,) = curie.query(f"RETURN {expression} AS x")
    assert row["x"] == value
    assert type(row["x"]) is type(value)


def test_nodes_relationships_and_paths_are_records(curie: EmbeddedGraph) -> None:
    (row,) = curie.query(
        "MATCH p = (a:Person)-[r:WON]->(b) RETURN p, a, r, [b] AS ends, {x: b} AS m"
    )
    a, r, b = row["a"], row["r"], row["ends"][0]
    assert isinstance(a, Node)
    assert isinstance(r, Relationship)
    assert (a.labels, a["name"], b["name"]) == (("Entity", "Person"), "Marie Curie", "Nobel Prize")
    assert (r.type, r.start, r.end) == ("WON", CURIE.id, NOBEL.id)
    assert row["m"] == {"x": b}
    assert row["p"] == Path((a, b), (r,))
    assert "#" not in repr(row)


def test_columns_of_a_query_without_rows_are_known(curie: EmbeddedGraph) -> None:
    rows = curie.query("MATCH (p:Person {name: 'Nobody'}) RETURN p.name AS name, p.id")
    assert list(rows) == []
    assert rows.columns == ("name", "p.id")


def test_rows_make_tables_and_graphs(curie: EmbeddedGraph) -> None:
    frame = curie.query("MATCH (e:Person) RETURN e.name AS name ORDER BY name").to_pandas()
    assert list(frame["name"]) == ["Marie Curie", "Pierre Curie"]
    graph = curie.query("MATCH (a)-[r:BORN_IN]->(b) RETURN a, r, b").to_networkx()
    assert graph.edges[CURIE.id, WARSAW.id, BORN.id]["type"] == "BORN_IN"
    assert graph.nodes[WARSAW.id]["name"] == "Warsaw"


def test_the_whole_graph_in_networkx(curie: EmbeddedGraph) -> None:
    graph = curie.to_networkx()
    summary = curie.describe()
    assert graph.number_of_nodes() == curie.query("MATCH (n) RETURN count(n) AS n")[0]["n"]
    assert graph.number_of_edges() == sum(summary.relationships.values())


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("CREATE (n:X)", "CREATE"),
        ("MATCH (n) DETACH DELETE n", "DETACH DELETE"),
        ("MATCH (n) SET n.name = 'x'", "SET"),
        ("MATCH (n) REMOVE n.name", "REMOVE"),
        ("MERGE (n:Person {name: 'SET'})", "MERGE"),
        ("MATCH (n) CALL (n) { CREATE (m:Y) } RETURN n", "CALL|CREATE"),
        ("FOREACH (x IN [1] | CREATE (:Z))", "FOREACH"),
        ("CALL db.createLabel('Zed')", "CALL"),
        ("CREATE INDEX FOR (n:Entity) ON (n.x)", "CREATE"),
        ("MATCH (n) CALL refactor.setType(n, 'x') YIELD input RETURN input", "CALL"),
    ],
)
def test_queries_only_read(curie: EmbeddedGraph, text: str, clause: str) -> None:
    before = curie.describe()
    with pytest.raises(ReadOnlyError, match=rf"({clause}).*write=True"):
        curie.query(text)
    assert curie.describe() == before


def test_a_word_in_a_string_is_not_a_clause(curie: EmbeddedGraph) -> None:
    assert curie.query("RETURN 'CREATE and DELETE' AS text // SET") == [
        {"text": "CREATE and DELETE"}
    ]


def test_write_is_asked_for(graph: EmbeddedGraph) -> None:
    graph.query("CREATE (:Note {text: 'x'})", write=True)
    assert graph.query("MATCH (n:Note) RETURN n.text AS text") == [{"text": "x"}]
    assert graph.describe().labels == {"Note": 1}


def test_a_failed_write_changes_nothing(graph: EmbeddedGraph) -> None:
    with pytest.raises(QueryError):
        graph.query("CREATE (n:Note {x: 1}) WITH n RETURN 1 / 0", write=True)
    assert graph.query("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (n:Entity RETURN n", r"1:16.*'RETURN'.*near '.*Entity RETURN n'"),
        ("MATCH (n)\nRETURN n ORDER BY", r"line 2.*near 'RETURN n ORDER BY'"),
        ("SELECT * FROM Entity", "SELECT"),
        ("MATCH (n) RETURN m", "'m'"),
        ("MATCH (n) RETURN foo(n)", "foo"),
        ("MATCH (n) WHERE n.id = $id RETURN n", r"\$id"),
        ("RETURN 1 / 0", "zero"),
        ("", "empty"),
        ("MATCH (n) RETURN n; MATCH (m) RETURN m", ";"),
        ("LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line", "disabled"),
    ],
)
def test_what_cannot_run_says_why_in_one_sentence(
    curie: EmbeddedGraph, text: str, said: str
) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        curie.query(text)
    message = str(caught.value)
    assert "com.arcadedb" not in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("MATCH (n:Persn) RETURN n", "no label :Persn; did you mean :Person?"),
        ("MATCH (:Entity|Persn)-->() RETURN 1", "no label :Persn"),
        (
            "MATCH ()-[r:BORN_AT]->() RETURN r",
            "no relationship type :BORN_AT; did you mean :BORN_IN?",
        ),
        ("MATCH (n:Person) RETURN n.nmae", "no property .nmae; did you mean .name?"),
        ("MATCH (n:Person {nme: 'x'}) RETURN n", "no property .nme; did you mean .name?"),
        ("MATCH (n:Qqqqq) RETURN n", "the graph has no label :Qqqqq"),
    ],
)
def test_an_unknown_name_is_noted(curie: EmbeddedGraph, text: str, note: str) -> None:
    rows = curie.query(text)
    assert any(note in line for line in rows.notes), rows.notes
    assert note in str(rows)


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n:Person {name: ':Persn .nme'}) RETURN n.name // :Persn",
        "MATCH (n) WHERE n.birth_date.year = 1867 RETURN point({x: 1, y: 2}) AS p",
        "MATCH (a)-[r:BORN_IN|WON]->(b:Location) RETURN r.predicate",
        "MATCH (n:Person) RETURN n {.name, far: 1} AS m",
        "WITH {a: 1} AS m RETURN m.a",
    ],
)
def test_known_names_are_not_noted(curie: EmbeddedGraph, text: str) -> None:
    assert curie.query(text).notes == ()


def test_limit_stops_fetching(curie: EmbeddedGraph) -> None:
    rows = curie.query("UNWIND range(1, 1000000) AS n RETURN n", limit=3)
    assert [row["n"] for row in rows] == [1, 2, 3]
    assert rows.notes == ("only the first 3 rows were fetched",)
    assert curie.query("UNWIND [1, 2] AS n RETURN n", limit=2).notes == ()
    assert list(curie.query("RETURN 1 AS n", limit=0)) == []


@pytest.mark.parametrize("bounds", [{"timeout": 0.0}, {"timeout": -1.0}, {"limit": -1}])
def test_unusable_bounds(curie: EmbeddedGraph, bounds: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        curie.query("RETURN 1", **bounds)


def test_timeout_stops_the_query(curie: EmbeddedGraph) -> None:
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"timeout=0\.3"):
        curie.query(f"{ENDLESS} RETURN count(*) AS n", timeout=0.3)
    assert time.monotonic() - start < 10.0
    assert curie.query("RETURN 1 AS n", timeout=30) == [{"n": 1}]


def test_a_write_that_was_stopped_is_undone(graph: EmbeddedGraph) -> None:
    graph.apply(batch([BORN]))
    with pytest.raises(QueryTimeout):
        graph.query(
            f"CREATE (:Note) WITH 1 AS x {ENDLESS} RETURN count(*)", write=True, timeout=0.3
        )
    assert graph.query("MATCH (n:Note) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_ctrl_c_stops_the_query(curie: EmbeddedGraph) -> None:
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("signals reach the main thread only")
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    start = time.monotonic()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(KeyboardInterrupt):
            curie.query(f"{ENDLESS} RETURN count(*) AS n")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - start < 10.0
    assert curie.query("RETURN 1 AS n") == [{"n": 1}]


def test_threads_ask_at_the_same_time(curie: EmbeddedGraph) -> None:
    found: list[int] = []

    def ask(n: int) -> None:
        found.append(curie.query("MATCH (p:Person) RETURN count(p) + $n AS n", {"n": n})[0]["n"])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(2, 10))
