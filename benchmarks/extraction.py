"""How well the built-in extractor reads: clauses, entity mentions, trees, pronouns.

`python -m benchmarks.extraction --set carb|redocred|ewt|gap [--data DIR] [--json]`; `DIR` holds
`extraction/{carb,redocred,ud_english_ewt,gap}`. The last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.machine import emit, machine

__all__ = ["SETS", "main", "measure"]

#: The module of `benchmarks.scoring` that scores each set.
SETS = {"carb": "carb", "redocred": "entities", "ewt": "attachment", "gap": "gap"}


def measure(name: str, data: Path) -> dict[str, float]:
    """Return the figures of one set, in percent."""
    score: Callable[[Path], dict[str, float]] = import_module(
        f"benchmarks.scoring.{SETS[name]}"
    ).score
    return score(data)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of the set named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=sorted(SETS), required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    figures = measure(options.set, options.data)
    if not options.json:
        for key, value in figures.items():
            print(f"{key:28} {value:6.1f}")
    seconds = round(time.perf_counter() - began, 1)
    emit({"set": options.set, **figures, "machine": machine(), "seed": 0, "seconds": seconds})


if __name__ == "__main__":
    main()
