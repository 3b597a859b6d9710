from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import pytest

from kgkit.errors import InputError, QueryError, QueryTimeout, ReadOnlyError
from stores.base import Ability, GraphStore, Projection
from stores.neo4j import Neo4jGraph
from stores.rows import Node, Path, Relationship
from tests.stores.embedded.records import BIRTH, BORN, CURIE, NOBEL, WARSAW, batch

ENDLESS = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b < 0 "


def running(graph: Neo4jGraph) -> int:
    """Return how many transactions the server runs besides the one that asks."""
    text = "SHOW TRANSACTIONS YIELD currentQuery AS q WHERE q STARTS WITH 'UNWIND' RETURN q"
    return len(graph.query(text))


def test_it_is_a_graph_store(curie: Neo4jGraph) -> None:
    assert isinstance(curie, GraphStore)
    assert isinstance(curie, Projection)
    assert Ability.CYPHER in curie.abilities


def test_parameters_select(curie: Neo4jGraph) -> None:
    rows = curie.query("MATCH (p:Person) WHERE p.birth_date = $d RETURN p.name AS n", {"d": BIRTH})
    assert rows == [{"n": "Marie Curie"}]
    rows = curie.query("MATCH (e) WHERE e.id IN $ids RETURN count(e) AS n", {"ids": [CURIE.id]})
    assert rows == [{"n": 1}]


def test_nodes_relationships_and_paths_are_records(curie: Neo4jGraph) -> None:
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


def test_a_relationship_alone_names_its_ends(curie: Neo4jGraph) -> None:
    (row,) = curie.query("MATCH (:Person)-[r:WON]->() RETURN [{x: r}] AS found")
    edge = row["found"][0]["x"]
    assert (edge.start, edge.end) == (CURIE.id, NOBEL.id)


def test_nodes_without_id_are_known_by_their_content(graph: Neo4jGraph) -> None:
    graph.query("CREATE (:City {name: 'Oslo'})-[:NEAR]->(:City {name: 'Moss'})", write=True)
    (row,) = graph.query("MATCH (:City {name: 'Oslo'})-[r]->() RETURN r")
    assert row["r"].start == Node(("City",), {"name": "Oslo"}).id
    assert row["r"].end == Node(("City",), {"name": "Moss"}).id


def test_columns_of_a_query_without_rows_are_known(curie: Neo4jGraph) -> None:
    rows = curie.query("MATCH (p:Person {name: 'Nobody'}) RETURN p.name AS name, p.id")
    assert list(rows) == []
    assert rows.columns == ("name", "p.id")


def test_rows_make_tables_and_graphs(curie: Neo4jGraph) -> None:
    frame = curie.query("MATCH (e:Person) RETURN e.name AS name ORDER BY name").to_pandas()
    assert list(frame["name"]) == ["Marie Curie", "Pierre Curie"]
    graph = curie.query("MATCH (a)-[r:BORN_IN]->(b) RETURN a, r, b").to_networkx()
    assert graph.edges[CURIE.id, WARSAW.id, BORN.id]["type"] == "BORN_IN"
    assert graph.nodes[WARSAW.id]["name"] == "Warsaw"


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:X)",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n) SET n.name = 'x'",
        "MATCH (n) REMOVE n.name",
        "MERGE (n:Person {name: 'SET'})",
        "MATCH (n) CALL (n) { CREATE (m:Y) } RETURN n",
        "FOREACH (x IN [1] | CREATE (:Z))",
        "CALL db.createLabel('Zed')",
        "CREATE INDEX FOR (n:Entity) ON (n.x)",
    ],
)
def test_queries_only_read(curie: Neo4jGraph, text: str) -> None:
    before = curie.describe()
    with pytest.raises(ReadOnlyError, match="write=True"):
        curie.query(text)
    assert curie.describe() == before


def test_a_word_in_a_string_is_not_a_clause(curie: Neo4jGraph) -> None:
    rows = curie.query("RETURN 'CREATE and DELETE' AS text // SET")
    assert rows == [{"text": "CREATE and DELETE"}]


def test_write_is_asked_for(graph: Neo4jGraph) -> None:
    graph.query("CREATE (:Note {text: 'x'})", write=True)
    assert graph.query("MATCH (n:Note) RETURN n.text AS text") == [{"text": "x"}]
    assert graph.describe().labels == {"Note": 1}


def test_a_failed_write_changes_nothing(graph: Neo4jGraph) -> None:
    with pytest.raises(QueryError, match="zero"):
        graph.query("CREATE (n:Note {x: 1}) WITH n RETURN 1 / 0", write=True)
    assert graph.query("MATCH (n:Note) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (n:Entity RETURN n", r"'RETURN'.*line 1 near '.*Entity RETURN n'"),
        ("MATCH (n)\nRETURN n ORDER BY", r"line 2 near 'RETURN n ORDER BY'"),
        ("SELECT * FROM Entity", "SELECT"),
        ("MATCH (n) RETURN m", "`m`"),
        ("MATCH (n) RETURN foo(n)", "foo"),
        ("MATCH (n) WHERE n.id = $id RETURN n", r"\$id: pass"),
        ("RETURN $a + $b", r"\$a, \$b: pass"),
        ("RETURN 1 / 0", "zero"),
        ("", "empty"),
        ("MATCH (n) RETURN n; MATCH (m) RETURN m", "one statement"),
        ("CALL no.such.procedure()", "no.such.procedure"),
    ],
)
def test_what_cannot_run_says_why_in_one_sentence(curie: Neo4jGraph, text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        curie.query(text)
    message = str(caught.value)
    assert "Neo." not in message
    assert "\n" not in message


def test_a_broken_rule_of_the_database_is_an_error_of_the_query(graph: Neo4jGraph) -> None:
    graph.query("CREATE (:Entity {id: 'x'})", write=True)
    with pytest.raises(QueryError, match="already exists"):
        graph.query("CREATE (:Entity {id: 'x'})", write=True)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("MATCH (n:Persn) RETURN n", "no label :Persn; did you mean :Person?"),
        ("MATCH ()-[r:BORN_AT]->() RETURN r", "no relationship type :BORN_AT; did you mean"),
        ("MATCH (n:Person) RETURN n.nmae", "no property .nmae; did you mean .name?"),
        ("MATCH (n:Qqqqq) RETURN n", "the graph has no label :Qqqqq"),
    ],
)
def test_an_unknown_name_is_noted(curie: Neo4jGraph, text: str, note: str) -> None:
    rows = curie.query(text)
    assert any(note in line for line in rows.notes), rows.notes


def test_what_others_bring_is_not_noted(graph: Neo4jGraph, url: str) -> None:
    with Neo4jGraph.open(url) as other:
        assert other.query("MATCH (n:Lately) RETURN n").notes != ()
        graph.query("CREATE (:Lately)", write=True)
        assert other.query("MATCH (n:Lately) RETURN n").notes == ()


def test_limit_stops_fetching(curie: Neo4jGraph) -> None:
    start = time.monotonic()
    rows = curie.query("UNWIND range(1, 2000000000) AS n RETURN n", limit=3)
    assert time.monotonic() - start < 10.0
    assert [row["n"] for row in rows] == [1, 2, 3]
    assert rows.notes == ("only the first 3 rows were fetched",)
    assert curie.query("UNWIND [1, 2] AS n RETURN n", limit=2).notes == ()
    assert list(curie.query("RETURN 1 AS n", limit=0)) == []


@pytest.mark.parametrize("bounds", [{"timeout": 0.0}, {"timeout": -1.0}, {"limit": -1}])
def test_unusable_bounds(curie: Neo4jGraph, bounds: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        curie.query("RETURN 1", **bounds)


def test_timeout_stops_the_query(curie: Neo4jGraph) -> None:
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"timeout=0\.3"):
        curie.query(f"{ENDLESS} RETURN count(*) AS n", timeout=0.3)
    assert time.monotonic() - start < 10.0
    assert running(curie) == 0
    assert curie.query("RETURN 1 AS n", timeout=30) == [{"n": 1}]


def test_a_write_that_was_stopped_is_undone(graph: Neo4jGraph) -> None:
    graph.apply(batch([BORN]))
    text = f"CREATE (:Note) WITH 1 AS x {ENDLESS} RETURN count(*)"
    with pytest.raises(QueryTimeout):
        graph.query(text, write=True, timeout=0.3)
    assert graph.query("MATCH (n:Note) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
def test_ctrl_c_stops_the_query(curie: Neo4jGraph) -> None:
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
    assert running(curie) == 0
    assert curie.query("RETURN 1 AS n") == [{"n": 1}]


def test_threads_ask_at_the_same_time(curie: Neo4jGraph) -> None:
    found: list[int] = []

    def ask(n: int) -> None:
        found.append(curie.query("MATCH (p:Person) RETURN count(p) + $n AS n", {"n": n})[0]["n"])

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(2, 10))


def test_threads_that_write_the_same_node_wait_for_each_other(graph: Neo4jGraph) -> None:
    graph.query("CREATE (:Counter {n: 0})", write=True)

    def count() -> None:
        for _ in range(10):
            graph.query("MATCH (c:Counter) SET c.n = c.n + 1", write=True)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert graph.query("MATCH (c:Counter) RETURN c.n AS n") == [{"n": 40}]
