"""How well an extractor reads: clauses, mentions, trees, pronouns, relations, whole facts.

`python -m benchmarks.extraction --set NAME [--extractor NAME] [--data DIR] [--json]`. `DIR` holds
`extraction/{carb,redocred,ud_english_ewt,gap,text2kgbench}` and `multihop`; the set `worlds` needs
none of them. Without `--extractor`, `carb` and `redocred` look at what the built-in parser sees
before any of it becomes a fact. The last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from inspect import signature
from pathlib import Path

from benchmarks.machine import emit, machine
from extractors.base import Extractor
from extractors.registry import load_extractor
from kgkit.errors import InputError

__all__ = ["SETS", "main", "measure"]

#: The module of `benchmarks.scoring` that scores each set.
SETS = {
    "carb": "carb",
    "ewt": "attachment",
    "gap": "gap",
    "redocred": "entities",
    "redocred_relations": "relations",
    "rk500": "rk500",
    "text2kgbench": "text2kgbench",
    "worlds": "worlds",
}


#: The built-in extractor with the relation head.
_ALL_PARTS = "mini:relations"


def measure(name: str, data: Path, extractor: Extractor | None = None) -> dict[str, float]:
    """Return the figures of one set, in percent, with this extractor or the built-in one.

    Raises `InputError` for an extractor where a set measures the built-in parser alone.
    """
    score: Callable[..., dict[str, float]] = import_module(f"benchmarks.scoring.{SETS[name]}").score
    taken = signature(score).parameters.get("extractor")
    if taken is None:
        if extractor is not None:
            raise InputError(
                f"the set {name!r} measures the built-in parser; leave --extractor out"
            )
        return score(data)
    if extractor is None and taken.default is taken.empty:
        extractor = load_extractor(_ALL_PARTS)
    return score(data, extractor=extractor)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of the set named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=sorted(SETS), required=True)
    parser.add_argument("--extractor", help="its name; by default the built-in one, all of it")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    extractor = load_extractor(options.extractor) if options.extractor else None
    figures = measure(options.set, options.data, extractor)
    if not options.json:
        for key, value in figures.items():
            print(f"{key:28} {value:6.1f}")
    seconds = round(time.perf_counter() - began, 1)
    named = {"set": options.set, "extractor": options.extractor or _ALL_PARTS}
    emit({**named, **figures, "machine": machine(), "seed": 0, "seconds": seconds})


if __name__ == "__main__":
    main()
