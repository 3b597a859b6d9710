"""How fast the offline generator writes, and how well its plan foresees what it covers."""

from __future__ import annotations

import time
from itertools import islice

from extractors.entigraph import FactIndex, GraphView, OfflineGenerator, synthesise
from extractors.entigraph.generating.recipe import OFFLINE
from extractors.entigraph.planner import plan

__all__ = ["measure_coverage", "measure_speed"]


def measure_speed(view: GraphView, *, tokens: int, seed: int) -> dict[str, float]:
    """Return megabytes a second of processor time: of the whole corpus, and of each form alone."""
    began = time.process_time()
    corpus = synthesise(view, tokens=tokens, seed=seed)
    seconds = time.process_time() - began
    size = sum(len(text.text.encode()) for text in corpus)
    figures = {"offline_mb_per_s": size / seconds / 1e6}
    generator = OfflineGenerator(FactIndex.over(view), seed=seed)
    for form in OFFLINE.forms:
        stream = generator.texts(form)
        next(stream)
        began = time.process_time()
        size = sum(len(text.text.encode()) for text in islice(stream, 2000))
        figures[f"{form}_mb_per_s"] = size / (time.process_time() - began) / 1e6
    return {name: round(value, 2) for name, value in figures.items()}


def measure_coverage(view: GraphView, *, tokens: int, seed: int) -> dict[str, float]:
    """Return the coverage of pairs in percent as planned and as made, of the usual mix."""
    planned = plan(view, tokens=tokens, seed=seed)
    made = synthesise(view, tokens=tokens, seed=seed)
    return {
        "coverage_planned": round(100 * planned.coverage, 1),
        "coverage_made": round(100 * made.coverage, 1),
    }
