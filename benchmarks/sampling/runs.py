"""One training of the comparison, and a record of those that are done."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from benchmarks.sampling.settings import Setting
from reasoning.embeddings.evaluation import evaluate
from reasoning.embeddings.training import train
from reasoning.embeddings.triples import Triples

__all__ = ["Record", "Run"]


@dataclass(frozen=True, slots=True)
class Run:
    """What one training found: MRR on validation and test, and the processor seconds of an
    epoch, validation included. `test` is None for a trial, which must not look at it."""

    valid: float
    test: float | None
    seconds_an_epoch: float
    epochs: int
    rejected: float


class Record:
    """Runs by what they were; with a file, each is written as a line and read back."""

    def __init__(self, triples: Triples, model: str, file: Path | None) -> None:
        self.triples, self.model, self.file = triples, model, file
        self._done: dict[str, Run] = {}
        if file is not None and file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                kept = json.loads(line)
                self._done[kept["key"]] = Run(**kept["run"])

    def run(self, setting: Setting, *, seed: int, epochs: int, is_trial: bool = False) -> Run:
        """Return what a setting gives, trained now unless it is on record."""
        preset = replace(setting.preset, epochs=epochs)
        said = [self.model, setting.sampler, setting.told, seed, epochs, is_trial]
        key = json.dumps([self.triples.fingerprint, *said, asdict(preset)], sort_keys=True)
        if key not in self._done:
            self._done[key] = self._train(replace(setting, preset=preset), seed, is_trial)
            if self.file is not None:
                with self.file.open("a", encoding="utf-8") as out:
                    out.write(json.dumps({"key": key, "run": asdict(self._done[key])}) + "\n")
        return self._done[key]

    def _train(self, setting: Setting, seed: int, is_trial: bool) -> Run:
        from reasoning.embeddings.negatives import load_negatives

        preset, negatives = setting.preset, setting.negatives
        if negatives != "all":  # encoding texts is done once and is no part of an epoch
            negatives = load_negatives(negatives, self.triples, preset.negatives)
        began = time.process_time()
        trained = train(
            self.triples, model=self.model, negatives=negatives, preset=preset, seed=seed
        )
        seconds = (time.process_time() - began) / len(trained.curve)
        test = None if is_trial else evaluate(trained.model, self.triples, "test").mrr
        rejected = 0.0 if isinstance(negatives, str) else _rejected(negatives)
        return Run(trained.mrr or 0.0, test, round(seconds, 3), len(trained.curve), rejected)


def _rejected(negatives: object) -> float:
    found = getattr(negatives, "rejected", None)
    return float(found.share) if found is not None else 0.0
