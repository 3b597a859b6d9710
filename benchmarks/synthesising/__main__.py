"""Speed, coverage, grounding and near-duplicates of synthesis, on a synthetic world.

`python -m benchmarks.synthesising [--people N] [--tokens N] [--texts N] [--planted N] [--seed N]
[--json]`. Times are seconds of processor time. Near-duplicates are sought among `--texts` drawn
texts, a tenth of them repeats with a word changed. False sentences are true ones of the world
changed in six ways; "reworded" ones are in sentence templates of the world that the generator
does not have. The last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import time

from benchmarks.machine import emit, machine
from benchmarks.synthesising.judging import measure_grounding
from benchmarks.synthesising.repeats import measure_repeats
from benchmarks.synthesising.speed import measure_coverage, measure_speed
from extractors.entigraph import GraphView
from extractors.worlds import World


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200, help="people of the world")
    parser.add_argument("--tokens", type=int, default=2_000_000, help="of the corpus")
    parser.add_argument("--texts", type=int, default=1_000_000, help="for near-duplicates")
    parser.add_argument("--planted", type=int, default=500, help="false sentences")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="only the JSON line")
    wanted = parser.parse_args()
    began = time.perf_counter()
    view = GraphView.of(World.make(wanted.seed, people=wanted.people).facts)
    figures: dict[str, object] = {}
    for part in (
        measure_speed(view, tokens=wanted.tokens, seed=wanted.seed),
        measure_coverage(view, tokens=wanted.tokens, seed=wanted.seed),
        measure_grounding(view, planted_of=wanted.planted, seed=wanted.seed),
        measure_repeats(wanted.texts, seed=wanted.seed),
    ):
        figures |= part
        if not wanted.json:
            print(", ".join(f"{name} {value}" for name, value in part.items()), flush=True)
    figures |= {"facts": len(view.facts), "machine": machine(), "seed": wanted.seed}
    emit(figures | {"seconds": round(time.perf_counter() - began, 1)})


if __name__ == "__main__":
    main()
