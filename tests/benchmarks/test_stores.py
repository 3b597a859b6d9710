"""The benchmark of stores: every store loads the same, and says the same of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import stores
from benchmarks.loading import embedded, memory, rdf
from benchmarks.loading.figures import batches, parts
from benchmarks.table import as_facts, entity_id, rows
from kgkit.facts import Entity
from stores.embedded import EmbeddedGraph
from stores.ledger import Ledger
from stores.memory import MemoryGraph
from stores.rdf import RdfGraph
from stores.sync import follow

COUNT = 300


def test_ready_batches_are_what_a_ledger_gives() -> None:
    followed, given = MemoryGraph(), MemoryGraph()
    with Ledger.open(":memory:") as ledger:
        for part in parts(as_facts(rows(COUNT))):
            ledger.add_facts(part)
        follow(ledger, followed)
        for batch in batches(COUNT):
            given.apply(batch)
        assert given.watermark() == ledger.sequence() == followed.watermark()
    one, other = followed.to_networkx(), given.to_networkx()
    assert dict(one.nodes) == dict(other.nodes)
    assert {k for *_, k in one.edges(keys=True)} == {k for *_, k in other.edges(keys=True)}


def test_every_store_finds_the_same_neighbourhoods(tmp_path: Path) -> None:
    walked = MemoryGraph()
    with (
        EmbeddedGraph.open(tmp_path / "graph", heap_mb=256) as cypher,
        RdfGraph.open() as sparql,
    ):
        for batch in batches(COUNT):
            for store in (walked, cypher, sparql):
                store.apply(batch)
        graph = walked.to_networkx()
        sizes = set()
        for number in range(0, COUNT // 5, 7):
            id = entity_id(number)
            for steps in (1, 2):
                found = memory.around(graph, steps, id)
                assert rdf.around(sparql, steps, id) == [{"n": found}]
                # In Cypher a walk takes no edge twice.
                if (id, id) not in graph.edges():
                    assert embedded.around(cypher, steps, id) == [{"n": found}]
                sizes.add(found)
        assert len(sizes) > 3


@pytest.mark.parametrize("name", ["networkx", "rdf"])
def test_a_store_gives_its_figures(name: str, tmp_path: Path) -> None:
    found = stores.STORES[name](COUNT, tmp_path)
    hops = {f"hop{n}_ms_p{p}" for n in (1, 2, 3) for p in (50, 95)}
    assert found.keys() >= {"seconds", "upsert_ms_p50", "upsert_ms_p95", *hops}
    assert min(found.values()) > 0
    assert found["hop1_ms_p50"] <= found["hop1_ms_p95"]


def test_both_sides_of_the_ratio_hold_the_same_triples(tmp_path: Path) -> None:
    ours, floor = rdf.rdf(COUNT, tmp_path / "a"), rdf.rdf_raw(COUNT, _made(tmp_path / "b"))
    assert ours["triples"] == floor["triples"] > COUNT


def test_stores_without_a_server_are_null(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("KGKIT_NEO4J_URL", "KGKIT_NEO4J_SERVER"):
        monkeypatch.delenv(name, raising=False)
    only = ["neo4j", "neo4j_raw", "rdf", "rdf_raw"]
    monkeypatch.setattr(sys, "argv", ["stores", "--facts", "60", "--only", *only, "--json"])
    stores.main()
    said = json.loads(capsys.readouterr().out)
    assert said["stores"]["neo4j"] is said["stores"]["neo4j_raw"] is None
    assert said["facts_per_second"]["neo4j"] is said["neo4j_over_raw"] is None
    assert said["embedded_over_raw"] is None
    ratio = said["stores"]["rdf"]["seconds"] / said["stores"]["rdf_raw"]["seconds"]
    assert said["rdf_over_raw"] == pytest.approx(ratio, abs=0.3, rel=0.1)
    assert {"disk_mb", "peak_rss_mb"} <= said["stores"]["rdf"].keys()
    assert {"machine", "seed", "seconds"} <= said.keys()


def test_an_entity_without_edges_has_no_neighbours() -> None:
    with RdfGraph.open() as graph:
        assert rdf.around(graph, 2, Entity("x", "x").id) == [{"n": 0}]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
