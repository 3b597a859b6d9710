"""Who may open what: servers that are not there, passwords, graphs of others, read-only, forks."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import traceback
from pathlib import Path

import pytest

from kgkit.errors import ClosedError, ReadOnlyError, StoreError
from stores.base import Place
from stores.neo4j import Neo4jGraph
from stores.neo4j.store import open_neo4j
from tests.neo4j_server import MISSING, own_server
from tests.stores.embedded.records import world
from tests.stores.neo4j.content import content

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "address", ["bolt://127.0.0.1:1", "neo4j://127.0.0.1:1", "bolt+s://127.0.0.1:1"]
)
def test_a_server_that_is_not_there(address: str) -> None:
    with (
        Neo4jGraph.open(address) as graph,
        pytest.raises(StoreError, match=r"no Neo4j server answers at .*127\.0\.0\.1:1.*start it"),
    ):
        graph.watermark()


def test_a_server_without_tls(url: str) -> None:
    address = "bolt+s://" + url.rpartition("//")[2]
    with Neo4jGraph.open(address) as graph, pytest.raises(StoreError, match="TLS"):
        graph.watermark()


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_database_that_is_not_there(url: str, scheme: str) -> None:
    address = f"{scheme}://{url.rpartition('//')[2]}?database=nowhere"
    with (
        Neo4jGraph.open(address) as graph,
        pytest.raises(StoreError, match="no database 'nowhere': SHOW DATABASES"),
    ):
        graph.describe()


def test_the_password_opens_and_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    server = own_server()
    if server is None:
        pytest.skip(MISSING)
    with Neo4jGraph.open(server.url.replace("bolt", "neo4j")) as graph:
        assert graph.query("RETURN 1 AS n") == [{"n": 1}]
    bare = f"bolt://{server.host}"
    monkeypatch.setenv("KGKIT_NEO4J_PASSWORD", server.password)
    with open_neo4j(bare, Place(Path())) as graph:
        assert graph.query("RETURN 1 AS n") == [{"n": 1}]
    monkeypatch.setenv("KGKIT_NEO4J_PASSWORD", "wrong horse")
    with Neo4jGraph.open(bare) as graph, pytest.raises(StoreError, match="'neo4j'") as caught:
        graph.watermark()
    assert "horse" not in "".join(traceback.format_exception(caught.value))
    monkeypatch.delenv("KGKIT_NEO4J_PASSWORD")
    with Neo4jGraph.open(bare) as graph, pytest.raises(StoreError, match="no user"):
        graph.watermark()


def test_a_graph_of_others_is_read_and_left_alone(graph: Neo4jGraph, url: str) -> None:
    graph.query("MATCH (n) DETACH DELETE n", write=True)
    graph.query(
        "CREATE (:City {name: 'Oslo'})-[:NEAR {km: 60}]->(:City {name: 'Moss'})", write=True
    )
    with Neo4jGraph.open(url, read_only=True) as reader:
        assert reader.describe().labels == {"City": 2}
        assert reader.describe().relationships == {"NEAR": 1}
        assert {"km", "name"} <= set(reader.describe().properties)
        assert reader.query("MATCH (c:City) RETURN count(c) AS n") == [{"n": 2}]
        assert reader.watermark() == 0
        before = content(reader)
        with pytest.raises(ReadOnlyError, match="read_only"):
            reader.apply(world())
        with pytest.raises(ReadOnlyError, match="read_only"):
            reader.clear()
        with pytest.raises(ReadOnlyError, match="read_only"):
            reader.query("CREATE (:City)", write=True)
    with Neo4jGraph.open(url) as writer:
        with pytest.raises(StoreError, match="a graph that kgkit did not write"):
            writer.apply(world())
        with pytest.raises(StoreError, match="a graph that kgkit did not write"):
            writer.clear()
        assert content(writer) == before


def test_what_is_written_first_is_not_taken_for_a_graph_of_others(
    graph: Neo4jGraph, url: str
) -> None:
    graph.query("MATCH (n) DETACH DELETE n", write=True)
    with Neo4jGraph.open(url) as first:
        first.query("CREATE (:Note {text: 'x'})", write=True)
        first.apply(world())
        assert first.describe().labels["Note"] == 1
        first.clear()
        first.query("CREATE (:Note {text: 'y'})", write=True)
    with Neo4jGraph.open(url) as again:
        again.apply(world())
        assert again.query("MATCH (n:Note) RETURN n.text AS text") == [{"text": "y"}]


def test_notes_of_others_beside_our_graph_stay(graph: Neo4jGraph, url: str) -> None:
    graph.apply(world())
    graph.query("CREATE (:Note {text: 'x'})", write=True)
    with Neo4jGraph.open(url) as again:
        again.apply(world(2))
        assert again.describe().labels["Note"] == 1


def test_a_closed_graph_says_so(url: str) -> None:
    graph = Neo4jGraph.open(url)
    graph.close()
    graph.close()
    for call in (graph.watermark, graph.describe, graph.clear, lambda: graph.apply(world())):
        with pytest.raises(ClosedError, match="open it again"):
            call()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_child_leaves_the_connection_to_its_parent(url: str) -> None:
    script = """
    import os, sys
    from kgkit.errors import ClosedError
    from stores.neo4j import Neo4jGraph
    graph = Neo4jGraph.open(sys.argv[1])
    graph.query("RETURN 1")
    child = os.fork()
    if child == 0:
        try:
            graph.watermark()
        except ClosedError as error:
            assert "open it again here" in str(error), error
            graph.close()
            with Neo4jGraph.open(sys.argv[1]) as own:
                own.query("RETURN 1")
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    graph.query("RETURN 1")
    graph.close()
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_the_driver_is_not_loaded_before_it_is_needed() -> None:
    script = "import sys, stores.neo4j.store; sys.exit('neo4j' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
