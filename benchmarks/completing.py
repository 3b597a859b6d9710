"""What a trained model adds to a graph that lacks links: predicting, answering, retrieving.

`python -m benchmarks.completing --data DIR [--epochs N] [--dim N] [--questions N] [--seed N]
[--keep FOLDER] [--skip answers passages] [--json]`. `DIR` is a folder of benchmark triples with
texts (CoDEx-S). The test facts are the links that were removed; the model (ComplEx, one against
all) is trained on the rest and kept in FOLDER, from where a run that was stopped goes on.
Probabilities are fitted on validation facts, and so is the weight of the voice in retrieval.

- predicted_*: of questions (head, relation, ?) with a removed answer, how many have it first or
  among five; ece_*: how far the probabilities shown are from what comes true.
- text_* / model_* / both_*: the same questions answered by reading the text on the head, by the
  model, and by the noisy-or of both. The graph itself answers none.
- recall_5*: passages on the right answers among five, without and with predicted links.

The last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.completion.answers import answered
from benchmarks.completion.links import Removed, shown, trained
from benchmarks.completion.passages import passages_found
from benchmarks.machine import emit, machine, peak_rss_mb

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="triples with texts")
    parser.add_argument("--epochs", type=int, default=50)
    parser.add_argument("--dim", type=int, default=256)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=None, help="the folder of the model")
    parser.add_argument("--skip", nargs="*", default=[], choices=("answers", "passages"))
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    removed = Removed(options.data)
    with tempfile.TemporaryDirectory() as scratch:
        keep = options.keep or Path(scratch)
        model = trained(
            removed, epochs=options.epochs, dim=options.dim, seed=options.seed, keep=keep
        )
    asked = removed.questions(removed.whole.test, options.questions, seed=options.seed)
    figures: dict[str, object] = {"questions": len(asked), "mrr_valid": model.card.mrr}
    figures |= shown(model, removed.questions(removed.whole.test, 10**9, seed=options.seed))
    if "answers" not in options.skip:
        figures |= answered(removed, model, asked)
    if "passages" not in options.skip:
        tuning = removed.questions(removed.whole.valid, options.questions, seed=options.seed)
        figures |= passages_found(removed, model, tuning, asked)
    if not options.json:
        for key, value in figures.items():
            print(f"{key:28} {value:>10}")
    seconds = round(time.perf_counter() - began, 1)
    told = {"data": options.data.name, "peak_mb": peak_rss_mb(), "machine": machine()}
    emit({**figures, **told, "seed": options.seed, "seconds": seconds})


if __name__ == "__main__":
    main()
