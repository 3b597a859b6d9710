"""Does LEMON help? Samplers of negatives against each other, on equal terms.

`python -m benchmarks.lemon --data DIR [--samplers NAME ...] [--model NAME] [--dim N]
[--negatives K] [--batch B] [--epochs E] [--trials T] [--seeds N] [--resume FILE] [--json]`

Every sampler gets the same number of tuning trials, judged on validation by MRR with seed 100 and
never on the test. The best setting is then trained with seeds 0 to N-1, twice: for the same number
of epochs, so that positives and negatives are equal (`equal_positives`); and for as many epochs as
take the processor time of the uniform sampler's (`equal_time`; processor and not wall-clock
seconds, so that other work on the machine does not decide). "all" is 1-vs-all and stands beside:
it has no draws and takes no part in the verdict. MRR is filtered, realistic, both sides, test.

The full comparisons, on a machine of their own:

    python -m benchmarks.lemon --data DIR/codex-s --dim 256 --epochs 60 --trials 6 --seeds 5 \
        --resume codex.jsonl
    python -m benchmarks.lemon --data DIR/wn18rr --dim 256 --negatives 256 --epochs 40 --trials 3 \
        --seeds 3 --resume wn18rr.jsonl
    python -m benchmarks.lemon --data DIR/fb15k-237 --dim 256 --negatives 256 --epochs 20 \
        --trials 3 --seeds 3 --samplers uniform eans lemon --resume fb15k.jsonl
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import emit, machine, peak_rss_mb
from benchmarks.sampling.runs import Record, Run
from benchmarks.sampling.settings import SAMPLERS, Setting, settings
from benchmarks.sampling.verdict import row, verdict
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.triples import Triples

__all__ = ["compare", "main"]

_TRIAL_SEED = 100
_USUAL = ("uniform", "bernoulli", "eans", "self-adversarial", "lemon", "all")


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lemon")
    parser.add_argument("--data", type=Path, required=True, help="a folder of triples with texts")
    parser.add_argument("--samplers", nargs="+", default=_USUAL, choices=SAMPLERS)
    parser.add_argument("--model", default="complex")
    parser.add_argument("--dim", type=int, default=128)
    parser.add_argument("--negatives", type=int, default=64)
    parser.add_argument("--batch", type=int, default=512)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--trials", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--cache", type=Path, help="a folder that keeps text vectors")
    parser.add_argument("--resume", type=Path, help="a file of the runs that are done")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    base = Preset(
        dim=options.dim,
        negatives=options.negatives,
        batch=options.batch,
        candidates="drawn",
        every=max(1, options.epochs // 10),
        patience=100,
        epochs=options.epochs,
    )
    record = Record(Triples.read(options.data), options.model, options.resume)
    tried = {name: settings(name, base, options.trials, options.cache) for name in options.samplers}
    found = compare(record, tried, options.epochs, range(options.seeds))
    emit(
        {
            **found,
            "data": options.data.name,
            "model": options.model,
            "dim": options.dim,
            "negatives": options.negatives,
            "epochs": options.epochs,
            "trials": options.trials,
            "machine": machine(),
            "peak_mb": peak_rss_mb(),
            "seed": 0,
            "seconds": round(time.perf_counter() - began, 1),
        }
    )


def compare(
    record: Record, tried: dict[str, list[Setting]], epochs: int, seeds: Sequence[int]
) -> dict[str, object]:
    """Return the figures of samplers with the settings that each is tried with."""
    chosen: dict[str, Setting] = {}
    costs: dict[str, float] = {}
    told: dict[str, object] = {}
    for name, candidates in tried.items():
        runs = [
            record.run(one, seed=_TRIAL_SEED, epochs=epochs, is_trial=True) for one in candidates
        ]
        best = max(range(len(runs)), key=lambda i: runs[i].valid)
        chosen[name] = candidates[best]
        costs[name] = sum(run.seconds_an_epoch for run in runs) / len(runs)
        told[name] = _told(candidates[best], runs[best], costs[name])
    budget = epochs * costs.get("uniform", min(costs.values()))
    equal = {name: _tests(record, one, epochs, seeds) for name, one in chosen.items()}
    timed = {
        name: _tests(record, one, max(1, round(budget / costs[name])), seeds)
        for name, one in chosen.items()
    }
    return {
        "samplers": told,
        "equal_positives": {name: row(values) for name, values in equal.items()},
        "equal_positives_verdict": verdict(equal, beside=("all",)),
        "equal_time": {name: row(values) for name, values in timed.items()},
        "equal_time_verdict": verdict(timed, beside=("all",)),
    }


def _tests(record: Record, setting: Setting, epochs: int, seeds: Sequence[int]) -> list[float]:
    return [record.run(setting, seed=seed, epochs=epochs).test or 0.0 for seed in seeds]


def _told(setting: Setting, run: Run, cost: float) -> dict[str, object]:
    return {
        "setting": setting.told,
        "valid_mrr": run.valid,
        "seconds_an_epoch": round(cost, 2),
        "rejected": run.rejected,
    }


if __name__ == "__main__":
    main()
