"""The graph and a real ledger: the same graph as the embedded store's, whatever happened."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import kgkit
from kgkit.errors import StoreError
from stores.embedded import EmbeddedGraph
from stores.ledger import Ledger
from stores.neo4j import Neo4jGraph
from stores.sync import follow, rebuild
from tests.kgkit.worlds import ADA, BOB, CID, Words
from tests.neo4j_server import MISSING, own_server
from tests.stores.embedded.conftest import HEAP
from tests.stores.embedded.test_following import CURIE, MARIA, add
from tests.stores.ledger.worlds import read
from tests.stores.neo4j.content import content


def fill(ledger: Ledger, documents: int) -> list[str]:
    """Add documents about people who meet and are born; return their ids."""
    run = ledger.add_run("test", "1", {}, 0)
    for number in range(documents):
        clauses = [
            (f"Ada {number}", "met", f"Bob {number % 7}"),
            (f"Ada {number}", "born", str(1900 + number)),
            (f"Bob {number % 7}", f"did {number % 40}", f"Ada {number // 2}"),
        ]
        ledger.add_document(*read(f"{number}.txt", *clauses, title=f"No. {number}"), run)
    return [document.id for document in ledger.documents()]


def test_it_holds_what_the_embedded_store_holds(graph: Neo4jGraph, tmp_path: Path) -> None:
    embedded = EmbeddedGraph.open(tmp_path / "graph", heap_mb=HEAP)
    with embedded, Ledger.open(":memory:") as ledger:
        run = ledger.add_run("test", "1", {}, 0)

        def step() -> int:
            follow(ledger, embedded, graph, size=12)
            assert graph.watermark() == embedded.watermark() == ledger.sequence()
            nodes, edges = content(graph)
            assert (nodes, edges) == content(embedded)
            assert dict(graph.describe().labels) == dict(embedded.describe().labels)
            assert dict(graph.describe().relationships) == dict(embedded.describe().relationships)
            return len(nodes)

        documents = fill(ledger, 3)
        first = add(ledger, run, "a", "Marie Curie was born in Warsaw.", CURIE)
        alone = step()
        second = add(ledger, run, "b", "Maria Skłodowska was born in Warsaw.", MARIA)
        both = step()
        assert both > alone
        merge = ledger.merge(CURIE.id, MARIA.id)
        assert step() == both - 2, "one person less, and one statement"
        ledger.unmerge(merge)
        assert step() == both
        ledger.remove_document(second)
        assert step() == alone
        ledger.remove_document(documents[1])
        assert step() < alone
        followed = content(graph)
        rebuild(ledger, graph)
        assert content(graph) == followed
        for id in (first, *documents):
            ledger.remove_document(id)
        assert step() == 0


@pytest.mark.slow
def test_a_server_that_is_killed_and_comes_back_loses_nothing(tmp_path: Path) -> None:
    """Killed in the midst of a follow: the follow waits for it and goes on."""
    server = own_server()
    if server is None:
        pytest.skip(MISSING)
    killed = threading.Event()
    back: list[threading.Thread] = []

    def restart() -> None:
        server.kill()
        server.start()

    def kill_once(reached: int, last: int) -> None:
        if not killed.is_set() and reached > last // 3:
            killed.set()
            # While the next batch is on its way.
            back.append(threading.Timer(0.2, restart))
            back[0].start()

    with Ledger.open(tmp_path / "ledger.db") as ledger, Neo4jGraph.open(server.url) as graph:
        fill(ledger, 15)
        graph.query("MATCH (n) DETACH DELETE n", write=True)
        follow(ledger, graph, size=30, progress=kill_once)
        assert killed.is_set()
        back[0].join()
        assert graph.watermark() == ledger.sequence()
        followed = content(graph)
        rebuild(ledger, graph)
        assert content(graph) == followed
        assert len(followed[0]) > 30


def test_two_ledgers_do_not_follow_each_other(url: str, graph: Neo4jGraph, tmp_path: Path) -> None:
    graph.query("MATCH (n) DETACH DELETE n", write=True)
    with kgkit.open(tmp_path / "a.kg", extractor=Words(), store=url) as kg:
        kg.build(ADA, BOB)
        before = graph.describe().labels
    for _ in range(2):
        with kgkit.open(tmp_path / "a.kg", extractor=Words(), store=url) as kg:
            assert kg.query("MATCH (d:Document) RETURN count(d) AS n") == [{"n": 2}]
    with kgkit.open(tmp_path / "b.kg", extractor=Words(), store=url) as kg:
        with pytest.raises(StoreError, match="follows another graph's ledger"):
            kg.build(ADA)
        for use in (kg.rebuild, lambda: kg.query("MATCH (n) RETURN n", write=True)):
            with pytest.raises(StoreError, match="follows another graph's ledger"):
                use()
    with (
        kgkit.open(tmp_path / "b.kg", store=url, read_only=True) as kg,
        pytest.raises(StoreError, match="follows another graph's ledger"),
    ):
        kg.query("MATCH (n) RETURN n")
    assert graph.describe().labels == before
    with (
        Ledger.open(tmp_path / "a.kg" / "ledger.db", read_only=True) as source,
        Ledger.open(tmp_path / "c.kg" / "ledger.db") as target,
    ):
        source.copy_to(target)
    with (
        kgkit.open(tmp_path / "c.kg", extractor=Words(), store=url) as kg,
        pytest.raises(StoreError, match="follows another graph's ledger"),
    ):
        kg.build(CID)
    assert graph.describe().labels == before
    graph.query("MATCH (n) DETACH DELETE n", write=True)
