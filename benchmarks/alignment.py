"""How well names are resolved, namesakes told apart and relations made canonical.

`python -m benchmarks.alignment [--data DIR] [--part held|dev|all] [--json]`; `DIR` holds
`multihop/{2wikimultihopqa,musique}` and `extraction/redocred`. The last line printed is one JSON
object. Weights and thresholds are learnt elsewhere (`extractors.align.train`); errors were seen
on "dev" only. `judged_` figures are on pairs that a person judged (see
`benchmarks.scoring.resolution_judged`), `world_` figures on synthetic worlds, and `resolution_`
figures on what a program resolved.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import emit, machine
from benchmarks.scoring.predicates import pair_figures, shrink_figures
from benchmarks.scoring.resolution import (
    namesake_figures,
    read_sightings,
    resolution_figures,
    variant_figures,
)
from benchmarks.scoring.resolution_judged import judged_figures
from benchmarks.scoring.resolution_worlds import world_figures

__all__ = ["main", "measure"]


def measure(data: Path, part: str) -> dict[str, float]:
    """Return every figure, shares in percent."""
    from kgkit.models.encoder import load_encoder

    encode = load_encoder().encode
    found, gold = read_sightings(data / "multihop" / "2wikimultihopqa")
    redocred = data / "extraction" / "redocred"
    files = redocred / "dev_revised.json.gz", redocred / "relation_labels.json"
    return {
        **judged_figures(found, encode, part=part),
        **world_figures(encode),
        **resolution_figures(found, gold, encode, part=part),
        **namesake_figures(found, gold, encode, part=part),
        **variant_figures(*files, encode),
        **pair_figures(part),
        **shrink_figures(data / "multihop"),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=["held", "dev", "all"], default="held")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    figures = measure(options.data, options.part)
    if not options.json:
        for key, value in figures.items():
            print(f"{key:28} {value:6.1f}")
    seconds = round(time.perf_counter() - began, 1)
    emit({"part": options.part, **figures, "machine": machine(), "seed": 0, "seconds": seconds})


if __name__ == "__main__":
    main()
