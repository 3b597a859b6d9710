"""Loading an empty graph in bulk: the same graph, or none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgkit.errors import StoreError
from kgkit.facts import Entity, Fact
from stores.base import Loads
from stores.ledger import Batch
from stores.rdf import RdfGraph
from stores.rdf.loading import Load
from tests.stores.embedded.records import BORN, CURIE, batch, seen_again, world
from tests.stores.rdf.strategies import facts

ROOT = Path(__file__).parents[3]


def load(graph: RdfGraph, then: Callable[[], object]) -> None:
    """Load the small world, and do something before the load ends."""
    with graph.loading(9):
        graph.apply(world())
        then()


def stop() -> None:
    """Fail as what else happens in a block may fail."""
    raise KeyError


def refused(graph: RdfGraph) -> None:
    """Expect that a failed load takes nothing more."""
    for upto in (2, 3):
        with pytest.raises(StoreError, match="no space"):
            graph.apply(world(upto=upto))


def content(graph: RdfGraph) -> list[str]:
    """Return all that a graph says, in order."""
    return sorted(map(str, graph.quads()))


def test_a_loaded_graph_is_the_one_that_was_applied(tmp_path: Path) -> None:
    with RdfGraph.open(tmp_path / "a") as applied, RdfGraph.open(tmp_path / "b") as loaded:
        assert isinstance(loaded, Loads)
        applied.apply(world(upto=5))
        with loaded.loading(5):
            loaded.apply(world(upto=5))
            assert (loaded.watermark(), content(loaded)) == (0, [])
        assert content(loaded) == content(applied)
        assert loaded.watermark() == applied.watermark() == 5
    with RdfGraph.open(tmp_path / "b") as again:
        assert again.watermark() == 5
        assert [path.name for path in (tmp_path / "b").glob("oxigraph.*[0-9]")] == ["oxigraph.2"]


@given(made=facts(), size=st.integers(1, 3))
@settings(max_examples=20, deadline=None)
def test_any_facts_load_as_they_apply(made: list[Fact], size: int) -> None:
    parts = [
        batch(made[start : start + size], upto=start + 1) for start in range(0, len(made), size)
    ]
    with RdfGraph.open() as applied, RdfGraph.open() as loaded, loaded.loading(len(made)):
        for part in parts:
            applied.apply(part)
            loaded.apply(part)
        loaded.apply(Batch(len(made) + 1))
        assert content(loaded) == content(applied)
        assert loaded.watermark() == len(made) + 1


def test_what_lies_beyond_is_applied_in_the_usual_way() -> None:
    """A fact that changed while its ledger was loaded is told again after the load."""
    surer = seen_again(BORN)
    with RdfGraph.open() as graph, graph.loading(1):
        graph.apply(batch([BORN, *world().facts]))
        graph.apply(batch([surer], upto=2))
        assert graph.watermark() == 2
        assert [fact for fact in graph.facts() if fact.id == BORN.id] == [surer]
        graph.apply(Batch(3, gone=(("fact", BORN.id),)))
        assert all(fact.id != BORN.id for fact in graph.facts())


def test_a_graph_that_holds_something_is_not_loaded() -> None:
    with RdfGraph.open() as graph:
        graph.apply(batch([BORN]))
        with graph.loading(9):
            graph.apply(batch([BORN], upto=2))
            assert graph.watermark() == 2


def test_a_cleared_graph_is_loaded(tmp_path: Path) -> None:
    with RdfGraph.open(tmp_path / "g") as graph:
        graph.apply(world())
        before = content(graph)
        graph.clear()
        with graph.loading(1):
            graph.apply(world())
            assert graph.watermark() == 0
        assert content(graph) == before


def test_a_load_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with RdfGraph.open(tmp_path / "g") as graph:
        with pytest.raises(KeyError):
            load(graph, stop)
        assert (graph.watermark(), content(graph)) == (0, [])
        assert not (tmp_path / "g" / "oxigraph.part").exists()
        graph.apply(world())
        assert graph.watermark() == 1


def test_a_disk_that_fails_is_said_and_nothing_is_loaded_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("no space")

    with RdfGraph.open(tmp_path / "g") as graph:
        monkeypatch.setattr(Load, "_load", full)
        with pytest.raises(StoreError, match="no space"):
            load(graph, partial(refused, graph))
        assert (graph.watermark(), content(graph)) == (0, [])


def test_closing_gives_a_load_up(tmp_path: Path) -> None:
    graph = RdfGraph.open(tmp_path / "g")
    with graph.loading(9):
        graph.apply(world())
        graph.close()
    with RdfGraph.open(tmp_path / "g") as again:
        assert (again.watermark(), content(again)) == (0, [])


def test_a_load_that_is_killed_is_made_anew(tmp_path: Path) -> None:
    code = """if True:
        import os, sys
        from stores.rdf import RdfGraph
        from tests.stores.embedded.records import world
        block = (graph := RdfGraph.open(sys.argv[1])).loading(9)
        block.__enter__()
        graph.apply(world())
        graph._load._wait()
        os._exit(9)
    """
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "g")], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert (tmp_path / "g" / "oxigraph.part").is_dir()
    with RdfGraph.open(tmp_path / "g") as graph:
        assert (graph.watermark(), content(graph)) == (0, [])
        assert not (tmp_path / "g" / "oxigraph.part").exists()


def test_an_entity_that_comes_again_is_loaded_once() -> None:
    renamed = Entity(CURIE.id, "Somebody else", "Person")
    with RdfGraph.open() as graph, graph.loading(2):
        graph.apply(Batch(1, entities=(CURIE,)))
        graph.apply(Batch(2, entities=(renamed,)))
        graph.apply(Batch(3))
        assert graph.query("SELECT ?n { ?s rdfs:label ?n }") == [{"n": CURIE.name}]
