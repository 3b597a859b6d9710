"""Embedded graphs for tests: a small heap, one engine a worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stores.embedded import EmbeddedGraph
from tests.stores.embedded.records import world

HEAP = 256


@pytest.fixture(scope="module")
def curie(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedGraph]:
    """The small world, for tests that leave it as it is."""
    with EmbeddedGraph.open(tmp_path_factory.mktemp("curie") / "graph", heap_mb=HEAP) as graph:
        graph.apply(world())
        yield graph


@pytest.fixture(scope="module")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedGraph]:
    with EmbeddedGraph.open(tmp_path_factory.mktemp("empty") / "graph", heap_mb=HEAP) as graph:
        yield graph


@pytest.fixture
def graph(_shared: EmbeddedGraph) -> Iterator[EmbeddedGraph]:
    """An empty graph, for tests that write."""
    yield _shared
    _shared.clear()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place for a graph of the test's own."""
    return tmp_path / "graph"
