"""How fast facts get into each store and out again, beside the engine's own bulk load.

`python -m benchmarks.stores [--facts N] [--only NAME ...] [--resume FILE] [--json]` loads the same
table of N facts (`benchmarks.table`) in a process of its own for each of: `raw` (the embedded
engine's own bulk loader, without kgkit), `embedded` (our projection of ready batches),
`with_ledger` (the ledger, then the projection), `networkx` (the projection in memory), `rdf_raw`
(the bulk loader of the RDF engine, given a file of our triples), `rdf`, `neo4j_raw` (plain batches
over the driver) and `neo4j`, which are null where no server is named. Ratios are of one run, each
to the raw load of the store's own engine; with `--resume` a run that was cut short goes on, and
ratios across the cut are less exact. The clock starts when engine and server run and the input is
in memory (for `rdf_raw` in a file), and stops when all of it is committed. Upserts are single
facts, each a batch of its own (with the ledger: recorded there first); hops are the neighbourhoods
of entities.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.loading.embedded import embedded, raw, with_ledger
from benchmarks.loading.figures import Figures
from benchmarks.loading.memory import networkx
from benchmarks.loading.neo4j import has_server, neo4j, neo4j_raw
from benchmarks.loading.rdf import rdf, rdf_raw
from benchmarks.machine import emit, machine, peak_rss_mb

__all__ = ["STORES", "main"]

#: What is loaded, by the name that the figures bear.
STORES: dict[str, Callable[[int, Path], Figures]] = {
    "raw": raw,
    "embedded": embedded,
    "with_ledger": with_ledger,
    "networkx": networkx,
    "rdf_raw": rdf_raw,
    "rdf": rdf,
    "neo4j_raw": neo4j_raw,
    "neo4j": neo4j,
}

#: Whose own bulk load each is set against.
_FLOORS = {"embedded": "raw", "with_ledger": "raw", "rdf": "rdf_raw", "neo4j": "neo4j_raw"}


def main() -> None:
    """Print the figures of all stores as one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="+", choices=sorted(STORES), default=list(STORES))
    parser.add_argument(
        "--resume", type=Path, metavar="FILE", help="keep what is done in FILE, and go on from it"
    )
    parser.add_argument("--one", choices=sorted(STORES), help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args()
    if options.one:
        emit(_measure(options.one, options.facts))
        return
    began = time.perf_counter()
    kept = _kept(options.resume, options.facts)
    found: dict[str, Figures | None] = {}
    for name in options.only:
        found[name] = kept[name] if name in kept else _in_process(name, options.facts)
        sys.stderr.write(f"{name}: {json.dumps(found[name])}\n")
        if options.resume is not None:
            done = {"facts": options.facts, "stores": kept | found}
            options.resume.write_text(json.dumps(done), encoding="utf-8")
    emit(
        {
            "facts": options.facts,
            "facts_per_second": {
                name: figures and round(options.facts / figures["seconds"])
                for name, figures in found.items()
            },
            **{f"{name}_over_raw": _ratio(found, name) for name in _FLOORS},
            "stores": found,
            "machine": machine(),
            "seed": 0,
            "seconds": round(time.perf_counter() - began, 1),
        }
    )


def _kept(path: Path | None, facts: int) -> dict[str, Figures | None]:
    """Return the figures of an earlier run of as many facts that was cut short."""
    if path is None or not path.exists():
        return {}
    done = json.loads(path.read_text(encoding="utf-8"))
    return dict(done["stores"]) if done["facts"] == facts else {}


def _measure(name: str, count: int) -> Figures:
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        figures = STORES[name](count, folder)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    if "neo4j" not in name:
        # A server's data may be elsewhere, and it says itself what is data.
        figures["disk_mb"] = size / 2**20
    figures["peak_rss_mb"] = peak_rss_mb()
    return {key: round(value, 3) for key, value in figures.items()}


def _ratio(found: Mapping[str, Figures | None], name: str) -> float | None:
    ours, floor = found.get(name), found.get(_FLOORS[name])
    return round(ours["seconds"] / floor["seconds"], 2) if ours and floor else None


def _in_process(name: str, count: int) -> Figures | None:
    if name.startswith("neo4j") and not has_server():
        return None
    command = [sys.executable, "-m", "benchmarks.stores", "--facts", str(count), "--one", name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
