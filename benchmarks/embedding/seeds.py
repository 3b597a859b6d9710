"""One training a seed, on record so that a run that was cut off goes on."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from reasoning.embeddings.evaluation import evaluate
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.training import Epoch, Run, train
from reasoning.embeddings.triples import Triples

__all__ = ["Asked", "Seeds"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is trained: a scorer and negatives by name, a preset, minutes (0: no limit), device."""

    model: str
    negatives: str | None
    preset: Preset
    minutes: float = 0.0
    device: str = "cpu"

    def key(self, triples: Triples, seed: int) -> str:
        """Return a line that tells this training from others."""
        what = [self.model, self.negatives, asdict(self.preset), self.minutes, seed]
        return json.dumps([triples.fingerprint, *what])


class Seeds:
    """Trains with one seed after another; with a file, what is done is not done again, and the
    training under way goes on from its checkpoint beside the file."""

    def __init__(self, triples: Triples, asked: Asked, file: Path | None) -> None:
        self.triples, self.asked, self.file = triples, asked, file
        self._done: dict[str, dict[str, object]] = {}
        if file is not None and file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                kept = json.loads(line)
                self._done[kept["key"]] = kept["figures"]

    def figures(self, seed: int) -> dict[str, object]:
        """Return the figures of one seed."""
        key = self.asked.key(self.triples, seed)
        if key not in self._done:
            self._done[key] = self._train(seed)
            if self.file is not None:
                with self.file.open("a", encoding="utf-8") as out:
                    out.write(json.dumps({"key": key, "figures": self._done[key]}) + "\n")
        return self._done[key]

    def _train(self, seed: int) -> dict[str, object]:
        asked = self.asked
        folder = self.file.with_name(f"{self.file.name}.{seed}") if self.file else None
        began, ticks = time.perf_counter(), time.process_time()
        trained = train(
            self.triples,
            model=asked.model,
            negatives=asked.negatives,
            preset=asked.preset,
            seed=seed,
            progress=_tell,
            run=Run(device=asked.device, folder=folder, minutes=asked.minutes),
        )
        ticks, seconds = time.process_time() - ticks, time.perf_counter() - began
        positives = 2 * len(self.triples.train) * len(trained.curve)
        return {
            "test": evaluate(trained.model, self.triples, "test").as_dict(),
            "valid_mrr": trained.mrr,
            "epochs": len(trained.curve),
            "best_epoch": trained.best,
            "stopped": trained.stopped,
            "positives_per_second": round(trained.positives_per_second),
            "positives_per_cpu_second": round(positives / ticks),
            "train_seconds": round(trained.curve[-1].seconds, 1),
            "seconds_with_validation": round(seconds, 1),
        }


def _tell(epoch: Epoch) -> None:
    mrr = "" if epoch.mrr is None else f"  valid MRR {epoch.mrr:.4f}"
    line = f"epoch {epoch.number:4}  loss {epoch.loss:.4f}{mrr}"
    print(f"{line}  {epoch.positives_per_second:,.0f}/s  {epoch.seconds:.0f} s", file=sys.stderr)
