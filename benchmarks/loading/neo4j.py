"""Neo4j: plain statements over its driver, and our projection; on a server that is named.

KGKIT_NEO4J_SERVER names a program that starts one with its data in a folder of ours, or
KGKIT_NEO4J_URL one that runs, whose database is emptied (`tests.neo4j_server`).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.loading.embedded import around
from benchmarks.loading.figures import Figures, batches, hops, load, timed, upserts
from benchmarks.table import RELATIONS, Row, entity_id, rows
from stores.neo4j import Neo4jGraph
from stores.neo4j.address import read_address
from tests.neo4j_server import Server

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

__all__ = ["has_server", "neo4j", "neo4j_raw"]

_ROWS = 10_000
_ALL = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"


def has_server() -> bool:
    """Whether a server, or a program that starts one, is named."""
    return bool(os.environ.get("KGKIT_NEO4J_URL") or os.environ.get("KGKIT_NEO4J_SERVER"))


def neo4j_raw(count: int, folder: Path) -> Figures:
    """Load with batched statements of the driver: nodes, then edges by type."""
    table = list(rows(count))
    with _running(folder) as server, server.session() as session:
        session.run("CREATE CONSTRAINT FOR (n:Entity) REQUIRE n.id IS UNIQUE").consume()
        seconds = timed(partial(_load_raw, session, table))
        return {"seconds": seconds, **server.end()}


def neo4j(count: int, folder: Path) -> Figures:
    """Project ready batches, without the cost of the ledger."""
    ready = list(batches(count))
    with _running(folder) as server, Neo4jGraph.open(server.url) as graph:
        graph.clear()  # makes keys and indexes too
        found = load(graph, ready)
        found |= hops(partial(around, graph), count)
        found |= upserts(graph.apply, ready[-1].upto)
        return found | server.end()


@dataclass(frozen=True, slots=True)
class _Running:
    """A server with an empty database, and the folder of its data where it is ours."""

    url: str
    home: Path | None

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session of the driver."""
        from neo4j import GraphDatabase

        at = read_address(self.url)
        auth = (at.user, at.password or "") if at.user else None
        with (
            GraphDatabase.driver(at.uri, auth=auth) as driver,
            driver.session(database=at.database) as session,
        ):
            yield session

    def end(self) -> Figures:
        """End a server that is ours; return the most memory it held and the size of its data."""
        if self.home is None:
            return {}
        found = {}
        status = Path("/proc", (self.home / "pid").read_text().strip(), "status")
        if status.exists():
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
            found["server_peak_rss_mb"] = int(lines["VmHWM"].split()[0]) / 1024
        # An orderly end writes everything to the data files.
        command = [os.environ["KGKIT_NEO4J_SERVER"], "stop", "--home", str(self.home)]
        subprocess.run(command, check=True)
        files = (file for file in (self.home / "data").rglob("*") if file.is_file())
        return {**found, "disk_mb": sum(file.stat().st_size for file in files) / 2**20}


@contextmanager
def _running(folder: Path) -> Iterator[_Running]:
    named = os.environ.get("KGKIT_NEO4J_URL")
    if named:
        running = _Running(named, None)
        _empty(running)
        yield running
        return
    server = Server(os.environ["KGKIT_NEO4J_SERVER"], folder / "server")
    server.start()
    try:
        yield _Running(server.url, server.home)
    finally:
        if (server.home / "pid").exists():
            server.kill()


def _empty(running: _Running) -> None:
    with running.session() as session:
        session.run(_ALL).consume()
        names = session.run("SHOW CONSTRAINTS YIELD name").value()
        for name in names:
            session.run(f"DROP CONSTRAINT `{name}`").consume()


def _load_raw(session: Session, table: Sequence[Row]) -> None:
    numbers = sorted({n for head, _, tail in table for n in (head, tail)})
    nodes = [{"id": entity_id(n), "name": f"entity {n}"} for n in numbers]
    _in_parts(session, "CREATE (n:Entity) SET n = r", nodes)
    by_type: dict[int, list[tuple[str, str]]] = {}
    for head, relation, tail in table:
        by_type.setdefault(relation, []).append((entity_id(head), entity_id(tail)))
    for relation, pairs in sorted(by_type.items()):
        text = (
            "MATCH (a:Entity {id: r[0]}) MATCH (b:Entity {id: r[1]}) "
            f"CREATE (a)-[:{RELATIONS[relation]} {{confidence: 1.0}}]->(b)"
        )
        _in_parts(session, text, pairs)


def _in_parts(session: Session, text: str, given: Sequence[Any]) -> None:
    def work(tx: ManagedTransaction, part: Sequence[Any]) -> None:
        tx.run(f"UNWIND $rows AS r {text}", rows=part).consume()

    for start in range(0, len(given), _ROWS):
        session.execute_write(work, given[start : start + _ROWS])
