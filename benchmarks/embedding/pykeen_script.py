"""Trains ComplEx with PyKEEN, whose environment runs this file, and prints one line of JSON."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
import tempfile
import time
from pathlib import Path

__all__ = ["main"]


def main(asked: str) -> None:
    """Train and evaluate as `asked` (JSON) says; a complex model has dim / 2 complex numbers."""
    setting = json.loads(asked)
    triples = importlib.import_module("pykeen.triples").TriplesFactory
    pipeline = importlib.import_module("pykeen.pipeline").pipeline
    with tempfile.TemporaryDirectory() as scratch:
        paths = [_plain(Path(setting["folder"]), part, Path(scratch)) for part in _PARTS]
        train = triples.from_path(paths[0])
        known = {
            "entity_to_id": train.entity_to_id,
            "relation_to_id": train.relation_to_id,
        }
        valid, test = (triples.from_path(path, **known) for path in paths[1:])
        began, ticks = time.perf_counter(), time.process_time()
        result = pipeline(
            training=train,
            validation=valid,
            testing=test,
            model="ComplEx",
            model_kwargs={"embedding_dim": setting["dim"] // 2},
            optimizer="Adagrad",
            optimizer_kwargs={"lr": 0.1},
            loss="crossentropy",
            training_loop="sLCWA",
            training_kwargs={
                "num_epochs": setting["epochs"],
                "batch_size": setting["batch"],
                "use_tqdm": False,
            },
            negative_sampler="basic",
            negative_sampler_kwargs={"num_negs_per_pos": setting["negatives"]},
            evaluation_kwargs={"use_tqdm": False},
            random_seed=setting["seed"],
            device="cpu",
        )
        whole, ticks = time.perf_counter() - began, time.process_time() - ticks
    share = result.train_seconds / whole
    figures = {
        "mrr": round(float(result.metric_results.get_metric("both.realistic.mrr")), 4),
        "seconds": round(float(result.train_seconds), 1),
        "cpu_seconds": round(ticks * share, 1),
        "version": importlib.import_module("pykeen.version").get_version(),
    }
    print(json.dumps(figures))


_PARTS = ("train", "valid", "test")


def _plain(folder: Path, part: str, scratch: Path) -> Path:
    """Return a plain text file of a part; PyKEEN reads no gzip by itself."""
    plain, packed = folder / f"{part}.txt", folder / f"{part}.txt.gz"
    if plain.exists():
        return plain
    path = scratch / f"{part}.txt"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


if __name__ == "__main__":
    main(sys.argv[1])
