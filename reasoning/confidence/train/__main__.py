"""Learn the confidence of answers: ``python -m reasoning.confidence.train --answers FILE
[--out FILE]``.

`answers` are what `python -m benchmarks.refusal --split dev --keep FILE` and the same with
`--worlds 3` write: one answer a line, with what was seen on it and whether it was right. Prints
what ten-fold cross-validation gives; the threshold is the least confidence at which answers are
given.

The weights in this release: 391 questions of 2WikiMultihopQA (Ho et al. 2020, Apache-2.0), the
dev half of the sample github.com/rkendev/kg-rag-multihop (MIT), asked of its 3,350 passages.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractors.calibration import reliability
from reasoning.confidence.settling import FILE, save_model
from reasoning.confidence.signs import SIGNS, Given
from reasoning.confidence.train.fit import Kept, fit, held_out_probabilities

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m reasoning.confidence.train")
    parser.add_argument("--answers", type=Path, nargs="+", required=True)
    parser.add_argument("--refuse-below", type=float, default=0.05)
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args(arguments)
    kept = [each for path in options.answers for each in _read(path)]
    model = replace(fit(kept), refuse_below=options.refuse_below)
    save_model(model, options.out)
    right = [one.right for one in kept]
    found = held_out_probabilities(kept)
    print(dict(zip(SIGNS, model.weights, strict=True)), model.bias)
    print(f"{len(kept)} answers, {sum(right)} of these right")
    print(reliability(found, right))


def _read(path: Path) -> Iterator[Kept]:
    """Yield the answers of a file that were given."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        given = record["given"]
        if given is not None:
            parts: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in given.items()
            }
            yield Kept(Given(**parts), record["right"])


if __name__ == "__main__":
    main()
