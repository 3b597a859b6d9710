"""How fast a graph is built, how much of that is encoding, and how memory grows.

`python -m benchmarks.build [--data DIR] [--passages N M] [--json]` builds from the first N and
the first M passages of `multihop/2wikimultihopqa/hippo_corpus.json.gz` below DIR, each in a
process of its own, and sets the time of the larger build against one pass of the encoder over
the same chunks in the same process.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import emit, machine, peak_rss_mb
from kgkit.facts import Document

__all__ = ["main", "measure"]

CORPUS = "multihop/2wikimultihopqa/hippo_corpus.json.gz"


def passages(data: Path, count: int) -> list[Document]:
    """Return the first `count` passages of the corpus as documents."""
    rows = json.loads(gzip.decompress((data / CORPUS).read_bytes()))[:count]
    return [Document(f"passage/{row['id']}", row["text"], row["title"]) for row in rows]


def measure(data: Path, count: int) -> dict[str, float]:
    """Build from `count` passages in a folder that is thrown away; return the figures."""
    import kgkit
    from extractors.chunks import split
    from kgkit.models.encoder import load_encoder

    documents = passages(data, count)
    load_encoder().encode(["warm"])
    with tempfile.TemporaryDirectory() as folder, kgkit.open(Path(folder) / "bench.kg") as kg:
        began = time.perf_counter()
        kg.build(*documents)
        kg.query("MATCH (n:Entity) RETURN count(n) AS n")
        build_seconds = time.perf_counter() - began
        peak = peak_rss_mb()
    chunks = [f"{d.title}. {chunk.text}" for d in documents for chunk in split(d)]
    began = time.perf_counter()
    load_encoder().encode(chunks)
    encoder_seconds = time.perf_counter() - began
    return {
        "passages": count,
        "characters": sum(len(d.text) for d in documents),
        "build_seconds": round(build_seconds, 2),
        "encoder_seconds": round(encoder_seconds, 2),
        "peak_rss_mb": round(peak, 1),
    }


def main() -> None:
    """Print the figures of both builds as one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--passages", type=int, nargs=2, default=(1000, 6000))
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args()
    if options.one:
        emit(measure(options.data, options.one))
        return
    began = time.perf_counter()
    small, large = (_in_process(options.data, count) for count in options.passages)
    emit(
        {
            "characters_per_second": round(large["characters"] / large["build_seconds"]),
            "encoder_share": round(100 * large["encoder_seconds"] / large["build_seconds"], 1),
            "build_seconds": large["build_seconds"],
            "passages": options.passages,
            "peak_rss_mb": [small["peak_rss_mb"], large["peak_rss_mb"]],
            "peak_rss_ratio": round(large["peak_rss_mb"] / small["peak_rss_mb"], 2),
            "machine": machine(),
            "seed": 0,
            "seconds": round(time.perf_counter() - began, 1),
        }
    )


def _in_process(data: Path, count: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.build", "--data", str(data), "--one", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    main()
