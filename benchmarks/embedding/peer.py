"""PyKEEN beside us: the same model, dimension, negatives and epochs, in its own environment.

PyKEEN sees each triple once an epoch, with its head or its tail replaced; ours sees it twice,
once in each direction. So that both learn from as many positives, ours gets half as many epochs;
`ratio` compares positives a processor second (and `ratio_clock` those by the clock).
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from reasoning.embeddings.evaluation import evaluate
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.training import train
from reasoning.embeddings.triples import Triples

__all__ = ["beside", "ours", "theirs"]

#: What the peer runs; it prints one line of JSON.
SCRIPT = Path(__file__).with_name("pykeen_script.py")


def beside(triples: Triples, folder: Path, python: Path, epochs: int) -> dict[str, object]:
    """Return the figures of the peer and of ours for the triples of a folder, and their ratios."""
    setting = {"dim": 128, "negatives": 256, "batch": 1024, "epochs": epochs, "seed": 0}
    peer = theirs(triples, folder, python, setting)
    own = ours(triples, setting)
    ratios = {
        name: round(float(str(own[key])) / float(str(peer[key])), 1)
        for name, key in (
            ("ratio", "positives_per_cpu_second"),
            ("ratio_clock", "positives_per_second"),
        )
    }
    return {"peer": peer, "ours": own, **ratios}


def ours(triples: Triples, setting: Mapping[str, int]) -> dict[str, object]:
    """Return the figures of ComplEx with shared uniform negatives."""
    preset = Preset(
        dim=setting["dim"],
        candidates="drawn",
        negatives=setting["negatives"],
        batch=setting["batch"],
        epochs=max(1, setting["epochs"] // 2),
        rate=0.1,
        decay=0.01,
    )
    bare = replace(triples, valid=triples.valid[:0])
    began, ticks = time.perf_counter(), time.process_time()
    trained = train(bare, negatives="uniform", preset=preset, seed=setting["seed"])
    ticks, seconds = time.process_time() - ticks, time.perf_counter() - began
    positives = 2 * len(triples.train) * preset.epochs
    return {
        "mrr": evaluate(trained.model, triples, "test").mrr,
        "positives_per_second": round(positives / seconds),
        "positives_per_cpu_second": round(positives / ticks),
        "seconds": round(seconds, 1),
    }


def theirs(
    triples: Triples, folder: Path, python: Path, setting: Mapping[str, int]
) -> dict[str, object]:
    """Return the figures of the peer, run by the interpreter of its environment."""
    asked = json.dumps({**setting, "folder": str(folder.resolve())})
    done = subprocess.run(
        [str(python), str(SCRIPT), asked], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"the peer failed:\n{done.stderr[-2000:]}")
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    positives = len(triples.train) * setting["epochs"]
    found["positives_per_second"] = round(positives / float(str(found["seconds"])))
    found["positives_per_cpu_second"] = round(positives / float(str(found["cpu_seconds"])))
    return found
