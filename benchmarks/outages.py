"""Whether a graph on a Neo4j server survives that the server is killed and started again.

The server ends as in a power cut, mostly while a batch is written, and comes back after a moment.
What keeps the graph either waits for it, or is told by an error of kgkit's and goes on later.
Counted are `restarts` of the server, those that were `ridden_out` and those that gave an error
(`errors`); `half_written`, graphs that hold a part of a batch; `lost` and
`different_after_resume` as in `benchmarks.faults`.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.victim import content, damage, keep, open_graph
from kgkit.errors import KgkitError
from stores.ledger.batch import Batch
from stores.neo4j import Neo4jGraph, connection
from tests.neo4j_server import Server

__all__ = ["outages"]

#: Seconds for which the driver waits for the server: mostly until it is back, or hardly.
_PATIENCE = (60.0, 60.0, 0.5)


@dataclass(slots=True)
class _Killer:
    """Ends the server a moment after a number of writes have begun, and starts it again."""

    server: Server
    rng: random.Random
    left: int = 0
    restarts: int = 0
    inside: int = 0
    is_writing: bool = False
    #: The batches that were written, or should have been, by their sequence number.
    tried: dict[int, Batch] = field(default_factory=dict)
    _thread: threading.Thread | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Surround one write."""
        self.left -= 1
        if self.left == 0:
            delay = self.rng.choice((0.05, 0.3, 1.5)) * self.rng.random()
            pause = self.rng.random()
            self._thread = threading.Thread(target=self._end, args=(delay, pause))
            self._thread.start()
        self.is_writing = True
        try:
            yield
        finally:
            self.is_writing = False

    def wait(self) -> bool:
        """Wait until the server is back; return whether it was away."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()
        return thread is not None

    def _end(self, delay: float, pause: float) -> None:
        time.sleep(delay)
        self.inside += self.is_writing
        self.server.kill()
        time.sleep(pause)
        self.server.start()
        self.restarts += 1


class _Watched(Neo4jGraph):
    """The store, telling the killer of each write."""

    killer: _Killer

    def apply(self, batch: Batch) -> None:
        self.killer.tried[batch.upto] = batch
        with self.killer.writing():
            super().apply(batch)

    def clear(self) -> None:
        with self.killer.writing():
            super().clear()


def outages(count: int, folder: Path, rng: random.Random) -> dict[str, int] | None:
    """Kill the server `count` times; return the figures, None where no program starts one."""
    program = os.environ.get("KGKIT_NEO4J_SERVER")
    if not program:
        return None
    server = Server(program, folder / "server")
    server.start()
    try:
        return _outages(count, folder, _Killer(server, rng))
    finally:
        server.kill()


def _outages(count: int, folder: Path, killer: _Killer) -> dict[str, int]:
    names = ("ridden_out", "errors", "lost", "half_written", "different_after_resume", "rounds")
    found = dict.fromkeys(names, 0)
    _keep(folder / "whole", killer)
    whole = _snapshot(folder / "whole", killer)
    while killer.restarts < count:
        own = folder / f"round{found['rounds']}"
        with Neo4jGraph.open(killer.server.url) as graph:
            graph.clear()
        killer.tried.clear()
        finished = False
        while not finished:
            killer.left = killer.rng.randrange(1, 7) if killer.restarts < count else 0
            finished, acknowledged = _attempt(own, killer)
            if killer.wait():
                found["ridden_out" if finished else "errors"] += 1
            elif not finished:
                raise RuntimeError(f"the graph in {own} failed while the server was there")
            lost, half = damage(own / "ledger.db", acknowledged)
            found["lost"] += lost
            found["half_written"] += half or _is_half_written(killer)
        found["different_after_resume"] += _snapshot(own, killer) != whole
        found["rounds"] += 1
    return {"restarts": killer.restarts, "in_graph_transaction": killer.inside, **found}


def _attempt(folder: Path, killer: _Killer) -> tuple[bool, int]:
    """Keep the graph until it is done or fails; return whether it is, and what was recorded."""
    plain = connection._RETRIES
    connection._RETRIES = killer.rng.choice(_PATIENCE)
    acknowledged: list[int] = [0]
    try:
        _keep(folder, killer, acknowledged)
    except KgkitError:
        return False, acknowledged[0]
    finally:
        connection._RETRIES = plain
    return True, acknowledged[0]


def _keep(folder: Path, killer: _Killer, acknowledged: list[int] | None = None) -> None:
    with _Watched.open(killer.server.url) as graph:
        graph.killer = killer
        with open_graph(folder, graph) as kg:
            told = acknowledged if acknowledged is not None else [0]
            keep(kg, lambda e: told.__setitem__(0, told[0] + (e.stage == "extract")))


def _snapshot(folder: Path, killer: _Killer) -> object:
    with _Watched.open(killer.server.url) as graph:
        graph.killer = killer
        with open_graph(folder, graph) as kg:
            return list(kg.export()), content(kg.projections.graph)


def _is_half_written(killer: _Killer) -> bool:
    """Whether the batch that was written last is there in part: a whole one changes nothing when
    it is applied again."""
    with Neo4jGraph.open(killer.server.url) as graph:
        mark = graph.query("MATCH (m:KgkitMeta) RETURN m.kgkit_clearing AS clearing")
        if any(row["clearing"] for row in mark):
            return False  # said to be so, and the next write goes on with it
        reached, before = graph.watermark(), content(graph)
        if not reached:
            return any(before)
        graph.apply(killer.tried[reached])
        return content(graph) != before
