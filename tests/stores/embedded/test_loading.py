"""A graph that is loaded is the one that is told batch by batch."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest

import stores.sync
from kgkit.errors import StoreError
from kgkit.evidence import ImportEvidence, PersonEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier
from stores.embedded import EmbeddedGraph
from stores.ledger import Batch, Ledger
from stores.sync import follow
from tests.stores.embedded.records import content
from tests.stores.embedded.test_following import add

SURE = (PersonEvidence("Ada"),)
CURIE = Entity.named("Marie Curie", "Person", ("Maria Skłodowska", 'a "quoted" name'))
PIERRE = Entity.named("Pierre Curie", "Person")
PRIZE = Entity.named("Nobel Prize", "Award of Honour")


def facts() -> list[Fact]:
    """Facts of every shape: edges, literals of all kinds, statements, denied ones."""
    when = (Qualifier("time", Literal(date(1895, 7, 26), "date")),)
    moment = (Qualifier("time", Literal(datetime(1903, 12, 10, 9, 30), "dateTime")),)
    shared = (Qualifier("with", PIERRE), Qualifier("share", Literal(0.25, "decimal")))
    return [
        Fact(CURIE, "MARRIED", PIERRE, when, evidence=SURE),
        Fact(CURIE, "MET", PIERRE, moment, evidence=SURE),
        Fact(CURIE, "WON", PRIZE, shared, evidence=SURE),
        Fact(CURIE, "BORN", Literal(date(1867, 11, 7), "date"), evidence=SURE),
        Fact(CURIE, "NOTED", Literal("\u2028 é 😀 \\ \" '", "string"), evidence=SURE),
        Fact(CURIE, "SCORE", Literal(1.0, "decimal"), evidence=SURE),
        Fact(CURIE, "SCORE", Literal(2, "integer"), evidence=SURE),
        Fact(PIERRE, "AGE", Literal(46, "integer", unit="year"), evidence=SURE),
        Fact(PIERRE, "KNEW", CURIE, evidence=(ImportEvidence("t", "1"), *SURE)),
        Fact(PIERRE, "LIKED", Literal(True, "boolean"), evidence=SURE),
    ]


@contextmanager
def opened(folder: Path) -> Iterator[EmbeddedGraph]:
    with EmbeddedGraph.open(folder, heap_mb=256) as graph:
        yield graph


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with Ledger.open(":memory:") as ledger:
        run = ledger.add_run("test", "1", {}, 0)
        for person in ("Marie Curie", "Pierre Curie", "Irène Curie"):
            for place in ("a", "b"):
                text = f"{person} was born in Warsaw."
                add(ledger, run, person + place, text, Entity.named(person, "Person"))
        ledger.add_facts(facts())
        yield ledger


@pytest.mark.parametrize("size", [7, 10_000])
def test_it_is_the_graph_that_batches_make(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    with opened(tmp_path / "told") as told, opened(tmp_path / "loaded") as loaded:
        follow(ledger, told, size=size)
        monkeypatch.setattr(stores.sync, "_MANY", 1)
        follow(ledger, loaded, size=size)
        assert loaded.watermark() == told.watermark() == ledger.sequence()
        assert content(loaded) == content(told)
        assert loaded.describe() == told.describe()
        for graph in (told, loaded):
            ledger_changes(ledger)
            follow(ledger, graph)
        follow(ledger, told)
        assert content(loaded) == content(told)


def ledger_changes(ledger: Ledger) -> None:
    """Change, take back and add: what was loaded has to be found again."""
    ledger.remove_facts([fact.id for fact in facts()[1:8:2]])
    ledger.add_facts([Fact(CURIE, "MARRIED", PRIZE, evidence=SURE), facts()[2]])
    ledger.add_facts([facts()[8].with_evidence(ImportEvidence("u", "2"))])


def test_values_that_come_later_join_those_that_are_there(tmp_path: Path) -> None:
    first, second = (Literal(value, "integer") for value in (1, 2))
    batches = [
        Batch(1, entities=(CURIE,), facts=(Fact(CURIE, "SCORE", first, evidence=SURE),)),
        Batch(2, entities=(CURIE,), facts=(Fact(CURIE, "SCORE", second, evidence=SURE),)),
    ]
    with opened(tmp_path / "graph") as graph:
        with graph.loading(2):
            for batch in batches:
                graph.apply(batch)
        assert graph.query("MATCH (n) RETURN n.score AS score") == [{"score": [1, 2]}]
        assert graph.watermark() == 2


def test_what_lies_beyond_is_applied_in_the_usual_way(tmp_path: Path) -> None:
    edge = Fact(CURIE, "KNEW", PIERRE, evidence=SURE)
    with opened(tmp_path / "graph") as graph, graph.loading(1):
        graph.apply(Batch(1, entities=(CURIE, PIERRE), facts=(edge,)))
        graph.apply(Batch(2, gone=(("fact", edge.id),)))
        assert graph.watermark() == 2
        assert graph.query("MATCH ()-[r]->() RETURN r") == []
        assert graph.query("MATCH (n) RETURN count(n) AS n") == [{"n": 2}]


def test_a_graph_that_holds_something_is_not_loaded(tmp_path: Path) -> None:
    edge = Fact(CURIE, "KNEW", PIERRE, evidence=SURE)
    batch = Batch(1, entities=(CURIE, PIERRE), facts=(edge,))
    with opened(tmp_path / "graph") as graph:
        graph.apply(batch)
        with graph.loading(2):
            graph.apply(Batch(2, entities=(CURIE, PIERRE), facts=(edge,)))
        assert graph.query("MATCH ()-[r]->() RETURN count(r) AS n") == [{"n": 1}]


def test_a_load_that_fails_leaves_nothing(tmp_path: Path) -> None:
    edge = Fact(CURIE, "KNEW", PIERRE, evidence=SURE)
    batch = Batch(1, entities=(CURIE, PIERRE), facts=(edge,))
    with opened(tmp_path / "graph") as graph:
        with pytest.raises(RuntimeError, match="stopped"):
            _stop(graph, batch)
        assert graph.watermark() == 0
        assert content(graph) == ([], [])
        with graph.loading(2):
            graph.apply(batch)
        assert graph.query("MATCH ()-[r]->() RETURN count(r) AS n") == [{"n": 1}]


def test_a_load_that_is_closed_is_made_anew_and_not_read_half(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    batch = Batch(1, entities=(CURIE,))
    with opened(folder) as graph:
        block = graph.loading(2)
        block.__enter__()
        graph.apply(batch)
    with (
        EmbeddedGraph.open(folder, heap_mb=256, read_only=True) as reader,
        pytest.raises(StoreError, match="half loaded"),
    ):
        reader.watermark()
    with opened(folder) as graph:
        assert graph.watermark() == 0
        assert content(graph) == ([], [])


def test_a_load_that_is_killed_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    # A process that dies in the middle, without closing anything.
    program = (
        "import os, sys; from stores.embedded import EmbeddedGraph;"
        "from stores.ledger import Batch;"
        "from kgkit.facts import Entity; graph = EmbeddedGraph.open(sys.argv[1], heap_mb=256);"
        "block = graph.loading(9); block.__enter__();"
        "graph.apply(Batch(1, entities=(Entity.named('Ada', 'Person'),))); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder)], check=False)
    assert done.returncode == 9
    with opened(folder) as graph:
        assert graph.watermark() == 0
        assert content(graph) == ([], [])


def _stop(graph: EmbeddedGraph, batch: Batch) -> None:
    with graph.loading(2):
        graph.apply(batch)
        raise RuntimeError("stopped")
