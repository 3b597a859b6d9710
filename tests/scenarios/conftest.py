"""The engines that scenarios run on, each with one database for all of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import pytest

from stores.embedded.columns import columns_of
from stores.neo4j.address import read_address
from stores.neo4j.connection import Connection
from stores.neo4j.reading import ask
from stores.neo4j.values import to_parameter
from stores.rows import Rows
from tests.neo4j_server import MISSING, server_url
from tests.scenarios.graphs import GRAPHS
from tests.scenarios.script import Scenario


class Asked(Protocol):
    """What answers Cypher: a store, or a server of which nothing else is asked."""

    def query(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, write: bool = False
    ) -> Rows:
        """Return the rows of a query."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that speaks Bolt and need not be Neo4j: the driver's part of `Neo4jGraph`."""

    connection: Connection

    def query(
        self, text: str, parameters: Mapping[str, Any] | None = None, *, write: bool = False
    ) -> Rows:
        """Return the rows of a query as native values, errors as kgkit's own."""
        given = to_parameter(parameters or {})
        run = self.connection.write if write else self.connection.read
        rows = run(lambda tx: ask(tx, text, given, None), text=text)
        # The embedded engine's server does not name the columns of a result without rows.
        return Rows(rows, rows.columns or columns_of(text))


@dataclass(slots=True)
class Engine:
    """A database for scenarios; `holds` is the graph in it, None when it was written to since."""

    name: str
    store: Asked
    holds: str | None = None

    def run(self, scenario: Scenario) -> Rows:
        """Return what a scenario's query returns; its graph is made first, where it is not."""
        if self.holds != scenario.graph:
            self.holds = None
            self.store.query("MATCH (n) DETACH DELETE n", write=True)
            for statement in GRAPHS[scenario.graph]:
                self.store.query(statement, write=True)
            self.holds = scenario.graph
        if scenario.given or scenario.writes:
            self.holds = None
        for statement in scenario.given:
            self.store.query(statement, scenario.parameters, write=True)
        return self.store.query(scenario.text, scenario.parameters, write=scenario.writes)


# Closed before the next module of this process is given the same server.
@pytest.fixture(scope="module", params=["embedded", "bolt", "neo4j"])
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """An engine; "bolt" is the embedded one behind a server of its own, asked through a driver."""
    folder = tmp_path_factory.mktemp(request.param)
    with {"embedded": _embedded, "bolt": _bolt, "neo4j": _neo4j}[request.param](folder) as store:
        yield Engine(request.param, store)


@contextmanager
def _embedded(folder: Path) -> Iterator[Asked]:
    from stores.embedded import EmbeddedGraph

    if find_spec("arcadedb_embedded") is None:
        pytest.skip("the graph engine is not installed")
    with EmbeddedGraph.open(folder / "graph", heap_mb=256) as graph:
        yield graph


@contextmanager
def _neo4j(folder: Path) -> Iterator[Asked]:
    from stores.neo4j import Neo4jGraph

    url = server_url()
    if url is None:
        pytest.skip(MISSING)
    with Neo4jGraph.open(url) as graph:
        graph.query("MATCH (n) DETACH DELETE n", write=True)
        yield graph
        # Other tests of this process are given the same database.
        graph.query("MATCH (n) DETACH DELETE n", write=True)
        for row in graph.query("SHOW CONSTRAINTS YIELD name WHERE name STARTS WITH 'trap_'"):
            graph.query(f"DROP CONSTRAINT {row['name']}", write=True)


@contextmanager
def _bolt(folder: Path) -> Iterator[Asked]:
    if find_spec("arcadedb_embedded") is None:
        pytest.skip("the graph engine is not installed")
    program = str(Path(__file__).with_name("bolt_server.py"))
    with (
        (folder / "output.txt").open("w") as log,
        # In a process of its own: with the server in it, this one could not end cleanly.
        subprocess.Popen(
            [sys.executable, program, str(folder)],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as server,
    ):
        try:
            yield from _answering(server, folder)
        finally:
            server.kill()


def _answering(server: subprocess.Popen[str], folder: Path) -> Iterator[Asked]:
    assert server.stdout is not None
    url = next((line for line in server.stdout if line.startswith("bolt://")), "")
    if not url:
        said = (folder / "output.txt").read_text().strip().splitlines()
        pytest.skip(f"the engine's server does not start here: {''.join(said[-1:])}")
    connection = Connection(read_address(url.strip()))
    yield Server(connection)
    connection.close()
