"""Graphs on a real server: each test that writes finds the one database empty."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stores.neo4j import Neo4jGraph
from tests.neo4j_server import MISSING, server_url
from tests.stores.embedded.records import world


@pytest.fixture(scope="session")
def url() -> str:
    """The address of a server whose database may be emptied."""
    found = server_url()
    if found is None:
        pytest.skip(MISSING)
    return found


@pytest.fixture(scope="session")
def _shared(url: str) -> Iterator[Neo4jGraph]:
    with Neo4jGraph.open(url) as graph:
        yield graph


@pytest.fixture
def graph(_shared: Neo4jGraph) -> Neo4jGraph:
    """An empty graph, for tests that write."""
    _shared.query("MATCH (n) DETACH DELETE n", write=True)
    _shared.clear()
    return _shared


@pytest.fixture
def curie(_shared: Neo4jGraph) -> Neo4jGraph:
    """The small world, for tests that leave it as it is."""
    marked = _shared.query("MATCH (m:KgkitMeta) RETURN m.kgkit_watermark AS n") == [{"n": 1867}]
    if not marked:
        _shared.query("MATCH (n) DETACH DELETE n", write=True)
        _shared.clear()
        _shared.apply(world(1867))
    return _shared
