"""How well and how fast links are predicted by embeddings.

`python -m benchmarks.embeddings --data DIR [--model complex] [--negatives NAME] [--seeds N]
[--preset NAME] [--set FIELD=VALUE ...] [--minutes M] [--resume FILE] [--json]` trains on the
triples of a folder (`../shared/data/kge/codex-s`) and ranks its test triples: filtered, both
sides, realistic ranks, entities unseen in training included. `--negatives all` is 1-vs-all; without
it the preset for a graph of this size decides. `--set rate=0.05` changes one hyper-parameter. With
`--resume FILE` seeds that are done are read from it, and one under way goes on from its last
checkpoint. `positives_per_second` is by the clock, `positives_per_cpu_second` by processor time
with validation included.

`--speed` measures d = 128 with 256 shared uniform negatives instead; `--peer pykeen` sets ComplEx
beside PyKEEN's with the same dimension, negatives and positives (`make peers` makes its
environment, which `--peer-python` names; `--epochs` is the peer's).

Full settings, for a GPU or a night: WN18RR `--set dim=1000 --set batch=100 --set decay=0.1 --set
epochs=100 --device cuda`, FB15k-237 the same with `decay=0.05` (Lacroix et al., 2018). The last
line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from benchmarks.embedding.peer import beside
from benchmarks.embedding.seeds import Asked, Seeds
from benchmarks.embedding.speed import speed
from benchmarks.machine import emit, machine, peak_rss_mb
from reasoning.embeddings.presets import PRESETS, Preset, preset_for
from reasoning.embeddings.triples import Triples

__all__ = ["changed", "main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embeddings")
    parser.add_argument("--data", type=Path, default=Path("../shared/data/kge/codex-s"))
    parser.add_argument("--model", default="complex")
    parser.add_argument("--negatives", help="a sampler, or 'all'")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--preset", choices=sorted(PRESETS))
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE")
    parser.add_argument("--minutes", type=float, default=0.0, help="end a training after so many")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--resume", type=Path, metavar="FILE", help="keep and read what is done")
    parser.add_argument("--speed", action="store_true", help="measure throughput only")
    parser.add_argument("--peer", choices=["pykeen"])
    parser.add_argument("--peer-python", type=Path, default=Path(".venv-peers/bin/python"))
    parser.add_argument("--epochs", type=int, default=10, help="of the peer")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    triples = Triples.read(options.data)
    figures: dict[str, object] = {"data": options.data.name}
    if options.speed:
        figures |= speed(triples, model=options.model)
    elif options.peer:
        figures |= beside(triples, options.data, options.peer_python, options.epochs)
    else:
        figures |= _train(triples, options)
    seconds = round(time.perf_counter() - began, 1)
    rest = {"peak_mb": peak_rss_mb(), "machine": machine(), "seed": 0, "seconds": seconds}
    emit({**figures, **rest})


def changed(preset: Preset, settings: Sequence[str]) -> Preset:
    """Return a preset with fields set as "name=value" says.

    >>> changed(Preset(), ["rate=0.05", "grouped=no"]).grouped
    False
    """
    kinds = {field.name: type(field.default) for field in fields(Preset)}
    found: dict[str, object] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in kinds:
            raise SystemExit(f"--set {setting}: known are {', '.join(kinds)}")
        kind = kinds[name]
        is_number = kind in (int, float, type(None))
        found[name] = value in ("yes", "true", "1") if kind is bool else value
        if is_number:
            found[name] = int(value) if kind is int else float(value)
    return replace(preset, **found)  # type: ignore[arg-type]


def _train(triples: Triples, options: argparse.Namespace) -> dict[str, object]:
    drawn = options.negatives not in (None, "all")
    preset = preset_for(triples, model=options.model, drawn=drawn)
    if options.preset:
        preset = PRESETS[options.preset]
    preset = changed(preset, options.set)
    asked = Asked(options.model, options.negatives, preset, options.minutes, options.device)
    seeds = Seeds(triples, asked, options.resume)
    runs = [seeds.figures(seed) for seed in range(options.seeds)]
    values = [float(run["test"]["mrr"]) for run in runs]  # type: ignore[index]
    spread = statistics.stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0.0
    return {
        "model": options.model,
        "negatives": options.negatives or preset.candidates,
        "mrr": round(statistics.mean(values), 4),
        "mrr_standard_error": round(spread, 4),
        "runs": runs,
    }


if __name__ == "__main__":
    main()
