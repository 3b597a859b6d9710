"""How fast, how exactly and how rightly facts are harvested from a language model.

`python -m benchmarks.harvest --model SPEC --relations DIR [--json]` takes any masked model and any
folder of ParaRel's layout (`relations.json` and a file of facts for each property). A property that
the library knows has the library's prompts; for others prompts are made of label, description and
seeds. A harvested tuple is judgeable when its head is one of the facts' heads and it is no seed; a
hit rate is the share of judgeable tuples that are facts, over all relations together, in percent:
the best 20 or 100 of each relation in the order of the search, and with the relation's first prompt
alone. `most_frequent_hit_rate` gives every head of the facts the tail that is most frequent among
them. `speedup_vs_reference` and the forward passes (rows through the model) compare the search with
the depth-first loop of `benchmarks.harvesting.reference`, same prompts, same number of tuples, on
the first `--reference` relations. `exact`: on the names of the seeds the search gives what trying
every tuple gives, in every relation. `--resume FILE` keeps what is measured of each relation. The
last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.harvesting.gold import load_gold
from benchmarks.harvesting.measuring import compare_with_reference, measure
from benchmarks.machine import emit, machine
from extractors.calibration import reliability
from extractors.harvest.probe.registry import open_probe
from kgkit.errors import InputError

__all__ = ["main", "summed"]

#: Passes for a prompt and a tuple, as bertnet's loops give them at N = 1000 (5e4 to 1.5e5 passes
#: with 9.5 prompts).
_EXPECTED = (5.3, 15.8)


def summed(
    measured: Sequence[dict[str, Any]], compared: Sequence[dict[str, Any]]
) -> dict[str, object]:
    """Return the figures over all relations, from those of each."""
    rates = {
        name: _rate(one[part] for one in measured)
        for name, part in (
            ("hit_rate@20", "at_20"),
            ("hit_rate@100", "at_100"),
            ("by_belief_hit_rate@20", "by_belief_at_20"),
            ("by_belief_hit_rate@100", "by_belief_at_100"),
            ("init_prompt_hit_rate@100", "init_at_100"),
            ("most_frequent_hit_rate", "most_frequent"),
        )
    }
    beliefs = [belief for one in measured for belief in one["beliefs"]]
    error = (
        reliability([sure for sure, _ in beliefs], [right for _, right in beliefs]).ece
        if beliefs
        else None
    )
    return {
        "relations": len(measured),
        "tuples_per_second": _ratio(
            sum(one["searched"][0] for one in measured),
            sum(one["harvest_seconds"] for one in measured),
        ),
        **_against_reference(compared),
        "exact": all(one["exact"] for one in measured),
        **rates,
        "judgeable@100": sum(one["at_100"][1] for one in measured),
        "calibration_error": error,
    }


def _against_reference(compared: Sequence[dict[str, Any]]) -> dict[str, object]:
    if not compared:
        return {}
    ours = [sum(one["search"][i] for one in compared) for i in range(3)]
    theirs = [sum(one["reference"][i] for one in compared) for i in range(3)]
    asked = sum(one["prompts"][0] * one["reference"][0] for one in compared)
    return {
        "reference_relations": len(compared),
        "forward_passes": ours[2],
        "reference_forward_passes": theirs[2],
        "fewer_rows": _ratio(theirs[2], ours[2]),
        "speedup_vs_reference": _ratio(theirs[1], ours[1]),
        "reference_passes_per_prompt_and_tuple": _ratio(theirs[2], asked),
        "expected_passes_per_prompt_and_tuple": list(_EXPECTED),
    }


def _rate(counts: Iterable[Sequence[int]]) -> float | None:
    known = list(counts)
    judgeable, hits = (sum(one[i] for one in known) for i in (1, 2))
    return round(100 * hits / judgeable, 1) if judgeable else None


def _ratio(one: float, other: float) -> float | None:
    return round(one / other, 2) if other else None


class _Notes:
    """What was measured of each relation, in a file of JSON lines where one is given."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path and path.exists() else []
        self._known = dict(map(json.loads, lines))

    def of(self, key: str, measure: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return what is noted under a key, measuring it where nothing is."""
        if key not in self._known:
            self._known[key] = measure()
            if self._path:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps([key, self._known[key]], ensure_ascii=False) + "\n")
        found: dict[str, Any] = self._known[key]
        return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures. Raises `InputError` for a property that the folder does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="mini", help="mini, or hf:<id or folder>")
    parser.add_argument("--relations", type=Path, required=True, help="a folder as ParaRel's")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    parser.add_argument("--n", type=int, default=200, help="tuples of each relation")
    parser.add_argument("--reference", type=int, default=2, help="relations for the slow loop")
    parser.add_argument("--only", nargs="*", help="these properties")
    parser.add_argument("--resume", type=Path, help="keep what is measured in this file")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    known = load_gold(options.relations)
    unknown = set(options.only or ()) - {gold.property for gold in known}
    if unknown:
        raise InputError(f"{options.relations} holds no facts of {min(unknown)!r}; see its files")
    chosen = [gold for gold in known if not options.only or gold.property in options.only]
    probe = open_probe(options.model)
    notes, n = _Notes(options.resume), options.n
    measured, compared = [], []
    for place, gold in enumerate(chosen):
        key = f"{options.model}/{gold.property}/{n}"
        one = notes.of(key, lambda gold=gold: measure(probe, gold, n))  # type: ignore[misc]
        measured.append(one)
        if place < options.reference:
            compared.append(
                notes.of(
                    f"{key}/reference",
                    lambda gold=gold: compare_with_reference(probe, gold, n),  # type: ignore[misc]
                )
            )
        if not options.json:
            _show(one)
    seconds = round(time.perf_counter() - began, 1)
    figures = summed(measured, compared)
    emit({"model": options.model, "n": n, **figures, "machine": machine(), "seed": 0,
          "seconds": seconds})  # fmt: skip


def _show(one: dict[str, Any]) -> None:
    parts = {name: one[name] for name in ("at_20", "at_100", "init_at_100", "most_frequent")}
    print(one["property"], parts, "exact" if one["exact"] else "NOT EXACT", flush=True)
    for text, weight in one["prompts"]:
        print(f"    {weight:.3f} {text}")
    for *entities, sure in one["best"]:
        print(f"    {sure:.2f} {' | '.join(entities)}")


if __name__ == "__main__":
    main()
