"""How many facts the masked language model completes: ``python -m
extractors.mini.train.masked_cloze --relations DIR``.

`DIR` has the layout of ParaRel: `relations.json` ({property: label, description, seeds}) and
`<property>.jsonl.gz` ({sub_label, obj_label}). The model sees the head and names the tail in one
piece; the first guess of all pieces is right or wrong (P@1). Seeds are left out. Nothing is learnt
from such a folder beyond the five seeds, which weigh the prompts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from extractors.harvest.probe.base import Probe
from extractors.harvest.probe.registry import open_probe
from extractors.harvest.prompt import Prompt, WeightedPrompt
from extractors.harvest.relation import Relation
from extractors.harvest.wording import make_prompts, weigh
from kgkit.errors import InputError

__all__ = ["Cloze", "first_guesses", "main", "read_cloze"]


@dataclass(frozen=True, slots=True)
class Cloze:
    """A relation and the facts that are asked for: `tails` holds every right answer by head."""

    relation: Relation
    facts: tuple[tuple[str, str], ...]
    tails: dict[str, frozenset[str]]


def read_cloze(folder: Path, probe: Probe, *, most: int, seed: int = 0) -> dict[str, Cloze]:
    """Return the relations of a folder by property, each with up to `most` facts whose tail is
    one piece of the probe's vocabulary."""
    found = {}
    described = json.loads((folder / "relations.json").read_text(encoding="utf-8"))
    for number, entry in sorted(described.items()):
        with gzip.open(folder / f"{number}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        seeds = tuple((head, tail) for head, tail in entry["seeds"])
        pairs = [(row["sub_label"], row["obj_label"]) for row in rows]
        tails: dict[str, set[str]] = {}
        for head, tail in pairs:
            tails.setdefault(head, set()).add(tail.casefold())
        facts = [pair for pair in pairs if pair not in seeds and _pieces(probe, pair[1]) == 1]
        facts = [pair for pair in facts if _pieces(probe, pair[0])]
        random.Random(f"{seed} {number}").shuffle(facts)
        relation = Relation(entry["label"], (), seeds, (), entry["description"])
        right = {head: frozenset(names) for head, names in tails.items()}
        found[number] = Cloze(relation, tuple(facts[:most]), right)
    return found


def first_guesses(
    probe: Probe, prompts: Sequence[WeightedPrompt], heads: Sequence[str]
) -> list[str]:
    """Return, for each head, the one-piece tail of the highest weighted log-probability; special
    pieces, pieces that go on with a word, and the head itself are no answers."""
    vocabulary = probe.vocabulary
    words = np.array([bool(text) and text[0].isalnum() for text in vocabulary.texts])
    words &= vocabulary.begins
    guesses = []
    for head in heads:
        own = vocabulary.encode(head)
        rows = [
            probe.frame(item.prompt, {0: own}).row((own, ()), [len(own), 1], 1) for item in prompts
        ]
        weights = np.array([item.weight for item in prompts])
        mean = (weights @ np.stack(probe.log_probabilities(rows))).round(4)
        mean[~words] = -np.inf
        mean[list(own)] = -np.inf
        guesses.append(vocabulary.decode((int(mean.argmax()),)))
    return guesses


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one JSON object (percent)."""
    parser = argparse.ArgumentParser(prog="python -m extractors.mini.train.masked_cloze")
    parser.add_argument("--relations", type=Path, required=True, help="folder like ParaRel's")
    parser.add_argument("--model", default="mini", help="mini or hf:<id or folder>")
    parser.add_argument("--most", type=int, default=60, help="facts of each relation")
    options = parser.parse_args(arguments)
    probe = open_probe(options.model)
    totals: Counter[str] = Counter()
    for number, cloze in read_cloze(options.relations, probe, most=options.most).items():
        own: Counter[str] = Counter(facts=len(cloze.facts))
        for name, prompts in _settings(probe, cloze.relation).items():
            heads = [head for head, _ in cloze.facts]
            guesses = first_guesses(probe, prompts, heads)
            own[name] = sum(g in cloze.tails[h] for g, h in zip(guesses, heads, strict=True))
        common = Counter(tail.casefold() for _, tail in cloze.facts).most_common(1)
        own["most_frequent"] = common[0][1] if common else 0
        totals += own
        print(number, cloze.relation.name, dict(own), flush=True)
    facts = max(1, totals.pop("facts"))
    print(json.dumps({"facts": facts} | {k: round(100 * v / facts, 1) for k, v in totals.items()}))


def _settings(probe: Probe, relation: Relation) -> dict[str, Sequence[WeightedPrompt]]:
    """The first prompt alone, all prompts alike, and those that the seeds weigh."""
    made = make_prompts(relation)
    return {
        "first_prompt": _alike(made[:1]),
        "all_prompts": _alike(made),
        "weighed_prompts": weigh(probe, made, relation),
    }


def _alike(prompts: Sequence[Prompt]) -> list[WeightedPrompt]:
    return [WeightedPrompt(prompt, 1 / len(prompts)) for prompt in prompts]


def _pieces(probe: Probe, name: str) -> int:
    """How many pieces a name has; 0 where the model cannot write it."""
    try:
        return len(probe.vocabulary.encode(name))
    except InputError:
        return 0


if __name__ == "__main__":
    main()
