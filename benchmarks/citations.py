"""Are citations refused that do not support their claim, and are good ones kept?

`python -m benchmarks.citations [--data DIR] [--bad N] [--json]` builds a graph from the quickstart
and from a synthetic world told in held-out sentences, plants N bad citations in equal parts -
`negated` (the sentence denies it), `roles` (head and tail changed over), `relation` (the names are
there, but another fact or another name's), `span` (moved by some characters, or to the next
sentence) - and checks them and half as many good ones with `reasoning.citations.check`.
`refused_bad` and `refused_good` are the shares refused, in percent, and `refused_KIND` those of
each kind. The `annotated_` figures are the same for sentences of Re-DocRED (the last 100 of dev)
and rk500 in DIR, which are real and labelled by people; they are left out without DIR. The
weights were learnt on other sentences (`reasoning.citations.train`); the phrases that
`reasoning/citations/wordings.txt` lists were written by hand. `ms_per_check` is the median.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import kgkit
from benchmarks.machine import emit, machine
from benchmarks.scoring.citations import annotated_cases, built_cases, documents_of
from extractors.worlds import World
from reasoning.citations import check
from reasoning.citations.train import Case

__all__ = ["chosen", "figures", "main"]

_KINDS = ("negated", "roles", "relation", "span")
_WORLD, _PEOPLE = 501, 24


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.citations")
    parser.add_argument("--data", type=Path, help="where the annotated sets lie")
    parser.add_argument("--bad", type=int, default=500, help="how many bad citations are planted")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", action="store_true", help="print what was judged wrongly")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    world = World.make(_WORLD, people=_PEOPLE, templates="held_out")
    with tempfile.TemporaryDirectory() as folder, kgkit.open(Path(folder) / "bench.kg") as kg:
        kg.build(*documents_of(world))
        cases = built_cases(kg, world, options.seed)
    found = figures(chosen(cases, options.bad, options.seed), show=options.show)
    if options.data is not None:
        annotated = chosen(annotated_cases(options.data, options.seed), options.bad, options.seed)
        for name, value in figures(annotated, show=options.show).items():
            found[f"annotated_{name}"] = value
    seconds = round(time.perf_counter() - began, 1)
    emit({**found, "machine": machine(), "seed": options.seed, "seconds": seconds})


def chosen(cases: Sequence[Case], bad: int, seed: int) -> list[Case]:
    """Return `bad` bad cases, the kinds in equal parts as far as they go, and half as many good
    ones, drawn with a seed."""
    rng = Random(seed)
    found: list[Case] = []
    for kind, count in (("good", bad // 2), *((kind, bad // len(_KINDS)) for kind in _KINDS)):
        own = [case for case in cases if case.kind == kind]
        found += rng.sample(own, k=min(count, len(own)))
    return found


def figures(cases: Sequence[Case], *, show: bool = False) -> dict[str, float]:
    """Return the shares of cases that are refused, in percent, by kind."""
    refused: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    seconds = []
    for case in cases:
        began = time.perf_counter()
        verdict = check(case.claim, case.citation, case.document, case.mentions)
        seconds.append(time.perf_counter() - began)
        counts[case.kind] += 1
        refused[case.kind] += not verdict.held
        if show and verdict.held == (case.kind != "good"):
            quote = " ".join(case.citation.quote.split())
            print(f"{case.kind:8} {verdict.fault:8} {verdict.score:.2f} {case.claim} | {quote}")
    bad = [kind for kind in _KINDS if counts[kind]]
    wrong = sum(refused[kind] for kind in bad)
    return dict(_shares(refused, counts)) | {
        "refused_bad": round(100.0 * wrong / max(1, sum(counts[kind] for kind in bad)), 1),
        "bad": sum(counts[kind] for kind in bad),
        "good": counts["good"],
        "ms_per_check": round(1000 * statistics.median(seconds), 1),
    }


def _shares(refused: Counter[str], counts: Counter[str]) -> Iterator[tuple[str, float]]:
    for kind in ("good", *_KINDS):
        if counts[kind]:
            yield f"refused_{kind}", round(100.0 * refused[kind] / counts[kind], 1)


if __name__ == "__main__":
    main()
