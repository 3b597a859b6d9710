"""How many positives a second are trained with shared negatives, by the clock and by processor."""

from __future__ import annotations

import time
from dataclasses import replace

import torch

from reasoning.embeddings.presets import Preset
from reasoning.embeddings.training import train
from reasoning.embeddings.triples import Triples

__all__ = ["speed"]


def speed(
    triples: Triples, *, model: str = "complex", dim: int = 128, negatives: int = 256
) -> dict[str, float | int]:
    """Return positives a second of training without validation: the best of three epochs by the
    clock, and all three by processor time, which other work on the machine changes little."""
    preset = Preset(
        dim=dim, candidates="drawn", negatives=negatives, batch=2048, decay=0.0, epochs=3
    )
    bare = replace(triples, valid=triples.valid[:0])
    ticks = time.process_time()
    trained = train(bare, model=model, negatives="uniform", preset=preset)
    ticks = time.process_time() - ticks
    return {
        "dim": dim,
        "negatives": negatives,
        "batch": preset.batch,
        "threads": torch.get_num_threads(),
        "positives_per_second": round(max(e.positives_per_second for e in trained.curve)),
        "positives_per_cpu_second": round(6 * len(triples.train) / ticks),
    }
