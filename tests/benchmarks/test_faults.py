"""The benchmark of faults: its graph, and that it would see the damage that it looks for."""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import kgkit
from benchmarks import faults, outages
from benchmarks.victim import Hashed, Lines, content, damage, documents, keep, open_graph
from extractors.chunks import split
from stores.ledger import Ledger
from tests.neo4j_server import MISSING, own_server


def kept(folder: Path) -> kgkit.KnowledgeGraph:
    """Return the graph, kept in memory."""
    encoder: Any = Hashed()
    return kgkit.open(folder, extractor=Lines(), encoder=encoder, store="networkx")


def test_what_is_done_can_be_done_again(tmp_path: Path) -> None:
    with kept(tmp_path / "g") as kg:
        keep(kg, lambda _: None)
        once = list(kg.export())
        keep(kg, lambda _: None)
        assert list(kg.export()) == once
        assert kg.stats()["documents"] == len(documents()) - 3
        assert len(kg.decisions()) == 1


def test_a_whole_ledger_shows_no_damage(tmp_path: Path) -> None:
    with kept(tmp_path) as kg:
        kg.build(*documents()[:5])
    assert damage(tmp_path / "ledger.db", 5) == (0, False)
    assert damage(tmp_path / "ledger.db", 3) == (0, False)


def test_documents_that_are_not_there_are_lost(tmp_path: Path) -> None:
    with kept(tmp_path) as kg:
        kg.build(*documents()[:5])
    # Two of the missing are among those that are removed in the end.
    assert damage(tmp_path / "ledger.db", 13) == (6, False)
    assert damage(tmp_path / "none.db", 2) == (2, False)


def test_a_document_without_its_facts_is_half_written(tmp_path: Path) -> None:
    extractor, document = Lines(), documents()[0]
    found = extractor.extract(document, split(document))
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        run = ledger.add_run(extractor.name, extractor.version, {}, 0)
        ledger.add_document(document, split(document), found.mentions, found.facts[:-1], run)
    assert damage(tmp_path / "ledger.db", 1) == (0, True)


class _Server:
    def __init__(self) -> None:
        self.done: list[str] = []

    def kill(self) -> None:
        self.done.append("kill")

    def start(self) -> None:
        self.done.append("start")


def test_the_server_is_killed_in_the_write_that_was_chosen() -> None:
    server: Any = _Server()
    killer = outages._Killer(server, random.Random(3), left=2)
    with killer.writing():
        pass
    assert not killer.wait()
    with killer.writing():
        while not server.done:
            time.sleep(0.01)
    assert killer.wait()
    assert (server.done, killer.restarts, killer.inside) == (["kill", "start"], 1, 1)
    with killer.writing():
        pass
    assert not killer.wait(), "once only"


def test_without_a_program_that_starts_servers_there_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KGKIT_NEO4J_SERVER", raising=False)
    assert outages.outages(3, tmp_path, random.Random(0)) is None


def test_a_batch_that_is_there_in_part_is_seen(tmp_path: Path) -> None:
    server = own_server()
    if server is None:
        pytest.skip(MISSING)
    with outages._Watched.open(server.url) as graph:
        graph.query("MATCH (n) DETACH DELETE n", write=True)
        graph.killer = killer = outages._Killer(server, random.Random(0))
        with open_graph(tmp_path / "g", graph) as kg:
            kg.build(*documents()[:3])
            assert any(content(kg.projections.graph))
        assert not outages._is_half_written(killer)
        graph.query("MATCH (n:Entity) WITH n LIMIT 1 DETACH DELETE n", write=True)
        assert outages._is_half_written(killer)


@pytest.mark.slow
def test_killed_graphs_come_back(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["faults", "--kills", "4", "--json"])
    faults.main()
    said = json.loads(capfd.readouterr().out.splitlines()[-1])
    assert said["kills"] == 4
    assert said["lost"] == said["half_written"] == said["different_after_resume"] == 0
