"""How retrieval grows with the graph: from 6,000 passages to 60,000.

`python -m benchmarks.scale [--passages N N] [--questions N] [--seed N] [--json]` writes synthetic
worlds (`extractors.worlds`) with so many documents, a passage each, and asks questions about
them. Vectors are drawn, a unit vector a sentence near that of its passage, since encoding 60,000
passages would take an hour and changes nothing about the time of a search; the question is
encoded by the bundled encoder as always. Prints the median and the 95th percentile in
milliseconds of retrieving ten passages at each size, in rounds that alternate between the sizes so
that other work on the machine meets them alike; the share of the median that encoding the question
takes; the seconds to make the index, to keep it and to open the kept one; and `ratio`, the median
at the largest size beside that at the smallest.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import emit, machine, peak_rss_mb
from extractors.chunks import split
from extractors.worlds import World
from kgkit.models.encoder import Encoder, load_encoder
from reasoning.retrieval import Passage, RetrievalIndex, build_index, retrieve
from reasoning.retrieval.asked import understand
from reasoning.retrieval.keeping import load_index, save_index
from reasoning.retrieval.vector_rows import VectorRows

__all__ = ["Sized", "main", "measure", "sized"]

#: A world of so many people has about 1.6 documents a person.
_PEOPLE = 400
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Sized:
    """An index of so many passages, questions about them, and the seconds that it took."""

    index: RetrievalIndex
    questions: tuple[str, ...]
    seconds: float
    ids: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--passages", type=int, nargs=2, default=(6_000, 60_000))
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    figures = measure(options.passages, questions=options.questions, seed=options.seed)
    seconds = round(time.perf_counter() - began, 1)
    emit({**figures, "machine": machine(), "seed": options.seed, "seconds": seconds})


def measure(passages: Sequence[int], *, questions: int = 50, seed: int = 0) -> dict[str, object]:
    """Return the figures for these numbers of passages, the smallest first."""
    encoder = load_encoder()
    worlds = [sized(count, encoder.dim, questions=questions, seed=seed) for count in passages]
    times: list[list[float]] = [[] for _ in worlds]
    encoding: list[float] = []
    for round_ in range(_ROUNDS + 1):
        for own, world in zip(times, worlds, strict=True):
            for question in world.questions:
                taken, encoded = _timed(world.index, question, encoder)
                if round_:  # the first round fills caches
                    own.append(taken)
                    encoding.append(encoded)
    medians = [statistics.median(own) for own in times]
    sizes: dict[str, object] = {}
    for world, own, median in zip(worlds, times, medians, strict=True):
        kept, opened = _kept(world)
        sizes[str(len(world.index.passages))] = {
            "ms_p50": round(1000 * median, 1),
            "ms_p95": round(1000 * statistics.quantiles(own, n=20)[18], 1),
            "sentences": len(world.index.spans),
            "names": len(world.index.names.keys),
            "make_seconds": round(world.seconds, 1),
            "keep_seconds": round(kept, 2),
            "open_seconds": round(opened, 2),
        }
    return {
        "sizes": sizes,
        "ratio": round(medians[-1] / medians[0], 2),
        "understand_ms_p50": round(1000 * statistics.median(encoding), 1),
        "questions": questions,
        "peak_rss_mb": peak_rss_mb(),
    }


def sized(count: int, dim: int, *, questions: int, seed: int = 0) -> Sized:
    """Return an index of `count` passages with drawn vectors of `dim` numbers."""
    passages: list[Passage] = []
    asked: list[str] = []
    number = 0
    while len(passages) < count:
        world = World.make(seed + number, people=_PEOPLE)
        number += 1
        asked += [question.text for question in world.questions[:questions]]
        for document in world.documents:
            passages += [Passage.of(chunk, document.title) for chunk in split(document)]
    passages = sorted(passages[:count], key=lambda passage: passage.chunk_id)
    rng = np.random.default_rng(seed)
    whole = _units(rng.standard_normal((count, dim), dtype=np.float32))
    sizes = [len(passage.sentences) for passage in passages]
    noise = _units(rng.standard_normal((sum(sizes), dim), dtype=np.float32))
    parts = _units(np.repeat(whole, sizes, axis=0) + noise)
    ids = [p.chunk_id for p in passages]
    ids += [f"{p.chunk_id}#{i}" for p in passages for i in range(len(p.sentences))]
    rows = count + np.arange(len(parts))
    vectors = np.concatenate([whole, parts])
    began = time.perf_counter()
    index = build_index(
        passages, passage_vectors=whole, sentence_vectors=vectors, sentence_rows=rows
    )
    seconds = time.perf_counter() - began
    step = max(1, len(asked) // questions)
    return Sized(index, tuple(asked[::step][:questions]), seconds, tuple(ids))


def _timed(index: RetrievalIndex, question: str, encoder: Encoder) -> tuple[float, float]:
    """Return the seconds that a search takes, and those of understanding the question alone."""
    began = time.perf_counter()
    retrieve(index, question, encoder=encoder, k=10)
    searched = time.perf_counter()
    understand(index, question, encoder)
    return searched - began, time.perf_counter() - searched


def _kept(world: Sized) -> tuple[float, float]:
    """Return the seconds of keeping an index, and of opening the kept one."""
    rows = VectorRows(world.index.vectors, {id: row for row, id in enumerate(world.ids)})
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        save_index(world.index, Path(folder), "kept")
        saved = time.perf_counter()
        load_index(Path(folder), "kept", rows)
        return saved - began, time.perf_counter() - saved


def _units(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    units: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return units


if __name__ == "__main__":
    main()
