"""Fit how sure the built-in reader's answers are in slots.

`python -m extractors.slots.train [--data DIR] [--documents N] [--write]`. `DIR` holds
`extraction/redocred`; the last N of the first 400 documents of dev are asked about. Prints the
weights and, cross-validated by document, what they are worth; writes them with --write.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.mini.train.data import load_redocred
from extractors.slots.registry import open_mini_reader
from extractors.slots.train.fitting import Answered, answers, fit, held_out, logits

__all__ = ["main"]

#: Documents of dev that may be learnt from.
_LEARNT = 400


def main() -> None:
    """Fit, print and, if told, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--documents", type=int, default=30)
    parser.add_argument("--write", action="store_true", help="write the weights to the package")
    options = parser.parse_args()
    path = options.data / "extraction" / "redocred" / "dev_revised.json.gz"
    documents = load_redocred(path)[:_LEARNT][-options.documents :]
    found = answers(documents, open_mini_reader())
    right = np.array([each.right for each in found])
    _tell("the reader alone", np.array([each.score for each in found]), right, found)
    _tell("with the slot, held out", held_out(found), right, found)
    weights = fit(found)
    _tell("with the slot, fitted", 1 / (1 + np.exp(-logits(weights, found))), right, found)
    print(weights)
    if options.write:
        file = Path(str(files("extractors.slots").joinpath("confidence.json")))
        rounded = {name: round(value, 4) for name, value in asdict(weights).items()}
        file.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def _tell(
    name: str,
    scores: NDArray[np.float64],
    right: NDArray[np.bool_],
    found: list[Answered],
) -> None:
    """Print precision and recall over the best answer of each slot."""
    best: dict[tuple[int, str, str], int] = {}
    for i, each in enumerate(found):
        if each.slot not in best or scores[i] > scores[best[each.slot]]:
            best[each.slot] = i
    chosen = np.array(sorted(best.values()))
    wanted = found[0].wanted
    for threshold in (0.3, 0.5, 0.7):
        taken = chosen[scores[chosen] >= threshold]
        hits = int(right[taken].sum())
        precision = 100 * hits / max(1, len(taken))
        print(f"{name:26} at {threshold}: P {precision:5.1f} R {100 * hits / wanted:5.1f}")


if __name__ == "__main__":
    main()
