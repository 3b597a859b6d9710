"""Whether a graph survives being killed: nothing acknowledged lost, nothing half written.

`python -m benchmarks.faults [--kills N] [--neo4j N] [--json]` starts `benchmarks.victim`
(build, merge, remove, rebuild), kills it (SIGKILL) at a moment drawn at random, mostly inside an
open transaction, looks at what is on the disk, and starts it again until it is done; then the
graph must be the one that an undisturbed run makes. Counted are kills; `lost`, acknowledged
documents that are not there; `half_written`, ledgers that hold a part of a document; and
`different_after_resume`, finished graphs that are not the undisturbed one. With `--neo4j` the
same graph is kept on a Neo4j server, and it is the server that is killed (`benchmarks.outages`).
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.machine import emit, machine
from benchmarks.outages import outages
from benchmarks.victim import content, damage, keep, open_graph, start

__all__ = ["main"]

_OPENERS, _OF_GRAPH = b"LGB", b"GB"
_SPANS = (("ledger", b"L", b"l"), ("graph", b"G", b"g"), ("load", b"B", b"b"))


@dataclass(slots=True)
class _Count:
    kills: int = 0
    inside: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    half_written: int = 0
    different: int = 0
    rounds: int = 0


def main() -> None:
    """Print what was counted as one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--neo4j", type=int, default=0, metavar="N", help="ends of a server")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args()
    began = time.perf_counter()
    rng, count = random.Random(options.seed), _Count()
    with tempfile.TemporaryDirectory() as path:
        whole = _undisturbed(Path(path) / "whole")
        while count.kills < options.kills:
            folder = Path(path) / f"round{count.rounds}"
            _round(folder, options.kills, rng, count)
            count.different += _snapshot(folder) != whole
            count.rounds += 1
        ends = outages(options.neo4j, Path(path) / "outages", rng) if options.neo4j else None
    emit(
        {
            "kills": count.kills,
            "in_ledger_transaction": count.inside["ledger"],
            "in_graph_transaction": count.inside["graph"],
            "in_graph_load": count.inside["load"],
            "lost": count.lost,
            "half_written": count.half_written,
            "different_after_resume": count.different,
            "rounds": count.rounds,
            "neo4j": ends,
            "machine": machine(),
            "seed": options.seed,
            "seconds": round(time.perf_counter() - began, 1),
        }
    )


def _undisturbed(folder: Path) -> object:
    with open_graph(folder, "embedded") as kg:
        keep(kg, lambda _: None)
    return _snapshot(folder)


def _snapshot(folder: Path) -> object:
    """Return what the ledger exports, all nodes and relationships, and what the indexes hold."""
    with open_graph(folder, "embedded") as kg:
        graph = content(kg.projections.graph)
        chunks = sorted(id for id, _ in kg.projections.lexical.search("knows likes saw", 1000))
        vectors = sorted(kg.projections.vectors.index.matrix()[0])
        return list(kg.export()), graph, chunks, vectors


def _round(folder: Path, kills: int, rng: random.Random, count: _Count) -> None:
    """Start and kill until the victim comes to its end."""
    acknowledged = 0
    while True:
        # Counted in transactions begun: how long they take differs from run to run. There are
        # about 35, so that a graph is killed several times on its way; few are the graph store's,
        # so that every third kill looks for one of these.
        aim = rng.choice(((_OPENERS, 14), (_OPENERS, 14), (_OF_GRAPH, 6)))
        told, finished = _start(folder, aim if count.kills < kills else (b"", 1), rng)
        acknowledged = max(acknowledged, told.count(b"A"))
        if finished:
            return
        count.kills += 1
        for name, begin, end in _SPANS:
            count.inside[name] += told.count(begin) > told.count(end)
        lost, half = damage(folder / "ledger.db", acknowledged)
        count.lost += lost
        count.half_written += half


def _start(folder: Path, aim: tuple[bytes, int], rng: random.Random) -> tuple[bytes, bool]:
    """Run the victim and kill it when one of the first so many transactions of a kind begins.

    Return what it said, and whether it came to its end.
    """
    openers, most = aim
    left = rng.randrange(most) + 1
    victim, heard = start(folder, loads=rng.random() < 0.5)
    told = b""
    while part := os.read(heard.fileno(), 1):
        told += part
        left -= part in openers
        if part in openers and left == 0:
            # At the start of the transaction, a moment into it, or after it.
            time.sleep(rng.choice((0, 0, 0.001, 0.05)) * rng.random())
            victim.kill()
            break
    while rest := os.read(heard.fileno(), 4096):
        told += rest
    victim.join()
    heard.close()
    if victim.exitcode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"a victim ended with code {victim.exitcode} in {folder}")
    return told, victim.exitcode == 0


if __name__ == "__main__":
    main()
