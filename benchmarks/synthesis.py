"""What a tiny model learns from a source, from rephrasings of it, and from a synthesised corpus.

`python -m benchmarks.synthesis [--seeds N] [--resume FILE] [--json]` needs no data: it makes worlds
of 200 people (`extractors.worlds.bios`) in whose documents every fact stands once: whom each person
works for, where each company has its head office, in which country each city is. `--attributes 2`
and `3` add where people were born and studied, and want more `--tokens`.

A causal model (GPT-2 of two layers, 96 wide) reads general texts on 40 other people, then copies of
it read one corpus each, as many tokens of it as of the others: the source again and again;
rephrasings, 24 of each text, which keep the order of its facts; or what the offline generator of
`kgkit.synthesise` writes on the facts. One block in five is replayed from the general texts.
Then each model is asked, closed book, for each attribute of each person ("direct") and over two
facts ("chain": the city of the employer's head office), and chooses among all values that there
are. The wordings of the questions are in no text (`wordings_leaked` counts them).

- `accuracy_source`, `accuracy_rephrase`, `accuracy_synthesised`: the share that is right, in
  percent, of both kinds together: mean of the seeds, with the 95 % interval of the mean by
  Student's t. `direct_...` and `chain_...` give the kinds apart.
- `margin_...`: by how many points one mean is above the next, and `apart_...` whether the
  intervals do not overlap.
- `curve`: accuracy on a quarter of the questions against tokens of the synthesised corpus
  (all seeds), and the mixture of exponentials through it.
- `bits`, `gold_bits`, `bits_per_parameter`: what the model of the synthesised corpus holds of names
  and attributes (arXiv 2404.05405), the mean of the seeds.
- `coverage_predicted`, `coverage_made`: the share of pairs of entities, in percent, that texts
  bring together: what the exact form of the graph model expects of as many path texts, and what the
  corpus has.

`cpu_seconds` is processor time of all that was trained and asked. With `--resume` each result is
kept in a file, and what is there is not done again. The last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from benchmarks.machine import emit, machine
from benchmarks.teaching.corpora import (
    general,
    rephrased,
    source,
    synthesised,
    wordings_in,
)
from benchmarks.teaching.intervals import apart, mean_interval
from benchmarks.teaching.lessons import ARMS, Plan, lessons, probes_of
from extractors.entigraph.coverage import CoverageModel, Reach
from extractors.entigraph.coverage.made import PATH_FORMS
from extractors.entigraph.view import FactIndex, GraphView
from extractors.worlds.bios.telling import said
from kgkit.errors import InputError
from reasoning.teach.curve import fit

__all__ = ["main", "measure"]

Record = Mapping[str, Any]


def measure(seeds: Sequence[int], plan: Plan, resume: Path | None = None) -> dict[str, object]:
    """Return all figures of the comparison."""
    done = list(_records(seeds, plan, resume))
    figures: dict[str, object] = {}
    for kind in ("accuracy", "direct", "chain"):
        means = {arm: mean_interval([r[kind] for r in done if r["arm"] == arm]) for arm in ARMS}
        figures |= {f"{kind}_{arm}": means[arm] for arm in ARMS}
        if kind == "accuracy":
            for lower, upper in itertools.pairwise(ARMS):
                margin = means[upper]["mean"] - means[lower]["mean"]
                figures[f"margin_{upper}_{lower}"] = round(margin, 1)
                figures[f"apart_{upper}_{lower}"] = apart(means[lower], means[upper])
    last = [r for r in done if r["arm"] == ARMS[-1]]
    figures |= _curve(last) | _bits(last) | _coverage(seeds[0], plan)
    figures["wordings_leaked"] = sum(_leaked(seed, plan) for seed in seeds)
    figures |= {"people": plan.people, "tokens": last[0]["tokens"], "seeds": list(seeds)}
    return figures | {"cpu_seconds": round(sum(r["cpu_all"] for r in done), 1)}


def _records(seeds: Sequence[int], plan: Plan, resume: Path | None) -> Iterator[Record]:
    """Yield the result of each seed and corpus, those that a file has from there."""
    lines = resume.read_text(encoding="utf-8").splitlines() if resume and resume.exists() else []
    kept = {(r["seed"], r["arm"]): r for r in map(json.loads, lines) if r["plan"] == repr(plan)}
    for seed in seeds:
        missing = [arm for arm in ARMS if (seed, arm) not in kept]
        yield from (kept[seed, arm] for arm in ARMS if (seed, arm) in kept)
        began = time.process_time()
        for record in lessons(seed, plan, missing) if missing else ():
            now = time.process_time()
            record |= {"plan": repr(plan), "cpu_all": round(now - began, 1)}
            began = now
            if resume is not None:
                with resume.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(record) + "\n")
            yield record


def _curve(records: Sequence[Record]) -> dict[str, object]:
    points = sorted((float(x), float(y)) for record in records for x, y in record["curve"])
    thousands = [x / 1000 for x, _ in points]
    try:
        curve = fit(thousands, [y for _, y in points])
    except InputError:
        return {"curve": {"points": points}}
    return {
        "curve": {
            "points": points,
            "plateau": round(curve.plateau, 1),
            "weights": [round(weight, 1) for weight in curve.weights],
            "decays_per_thousand_tokens": [round(decay, 5) for decay in curve.decays],
            "error": round(curve.error, 2),
        }
    }


def _bits(records: Sequence[Record]) -> dict[str, object]:
    known = sum(r["bits"] for r in records) / len(records)
    gold = sum(r["gold_bits"] for r in records) / len(records)
    parameters = records[0]["parameters"]
    found = {"bits": round(known, 1), "gold_bits": round(gold, 1), "parameters": parameters}
    return {**found, "bits_per_parameter": round(known / parameters, 5)}


def _coverage(seed: int, plan: Plan) -> dict[str, object]:
    world = plan.world(seed)
    corpus = synthesised(world, 2 * plan.tokens)
    index = FactIndex.over(GraphView.of(world.facts))
    paths = sum(text.form in PATH_FORMS for text in corpus)
    expected = CoverageModel.over(Reach.over(index.neighbours)).expected(paths)
    return {
        "coverage_predicted": round(100 * expected, 1),
        "coverage_made": round(100 * corpus.coverage, 1),
    }


def _leaked(seed: int, plan: Plan) -> int:
    world = plan.world(seed)
    texts = [*general(world), *source(world), *rephrased(world)]
    texts += [text.text for text in synthesised(world, 2 * plan.tokens)]
    names = {fact.head.name for fact in world.facts} | {said(fact.tail) for fact in world.facts}
    names |= {one.person.name for one in world.unseen}
    return wordings_in(texts, probes_of(world, plan.chains), names)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    usual = Plan()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="how many worlds")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--people", type=int, default=usual.people)
    parser.add_argument("--attributes", type=int, default=usual.attributes, choices=(1, 2, 3))
    parser.add_argument("--tokens", type=int, default=usual.tokens, help="of each corpus")
    parser.add_argument("--general", type=int, default=usual.general, help="tokens before it")
    parser.add_argument("--resume", type=Path, help="a file that keeps each result")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    began = time.perf_counter()
    plan = Plan(options.people, options.attributes, options.general, options.tokens)
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    figures = measure(seeds, plan, options.resume)
    if not options.json:
        for name, value in figures.items():
            print(f"{name:32} {value}")
    seconds = round(time.perf_counter() - began, 1)
    emit({**figures, "machine": machine(), "seed": seeds[0], "seconds": seconds})


if __name__ == "__main__":
    main()
