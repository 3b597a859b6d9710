"""Learn how citations are weighed: ``python -m reasoning.citations.train [--out FILE]``.

Good citations and planted ones (roles turned round, another relation) come from synthetic worlds
told in the sentences to learn from, and from `sentences.txt`; no data set is read. What denies
and what points elsewhere is refused by rule and not learnt from. The threshold is where one in
ten claims of another relation passes under weights that were learnt from other sentences.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from extractors.worlds import World
from reasoning.citations.check import located
from reasoning.citations.train.fit import fit, held_out_scores, threshold_of
from reasoning.citations.train.negating import FORMS
from reasoning.citations.train.planting import Case, plant
from reasoning.citations.train.sentences import filled, relations_beside
from reasoning.citations.train.worlds import BESIDE, SYMMETRIC, mentions_of, stated_in
from reasoning.citations.weighing import FEATURES, FILE, Weights, features, save_weights

__all__ = ["cases", "main"]

_WORLDS, _PEOPLE, _EACH = (11, 12), 16, 90


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m reasoning.citations.train")
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    rows: list[tuple[float, ...]] = []
    kinds: list[str] = []
    passages: list[str] = []
    for case in cases(options.seed):
        placed = located(case.claim, case.citation, case.document, case.mentions)
        if placed is not None:
            rows.append(features(case.claim, *placed))
            kinds.append(case.kind)
            passages.append(placed[0])
    right = [kind == "good" for kind in kinds]
    weights, bias = fit(rows, right)
    scores = held_out_scores(rows, right, passages)
    others = [s for s, kind in zip(scores, kinds, strict=True) if kind == "relation"]
    threshold = threshold_of(others)
    save_weights(Weights(weights, bias, threshold), options.out)
    print(dict(zip(FEATURES, weights, strict=True)), bias)
    for kind in sorted(set(kinds)):
        own = [score for score, other in zip(scores, kinds, strict=True) if other == kind]
        print(f"{kind}: {sum(score < threshold for score in own)} of {len(own)} refused")
    print(f"threshold {threshold}")


def cases(seed: int) -> Iterator[Case]:
    """Yield the cases to learn from."""
    rng = Random(seed)
    for number in _WORLDS:
        world = World.make(number, people=_PEOPLE, templates="train")
        stated = stated_in(world)
        rng.shuffle(stated)
        own = mentions_of(world)
        planted = plant(stated[:_EACH], own, BESIDE["train"], rng, FORMS["train"], SYMMETRIC)
        yield from (c for c in planted if c.kind in ("good", "roles", "relation"))
    told = [(f.fact, f.document, 0, len(f.document.text)) for f in filled(rng)]
    symmetric = {"MARRY", "SPOUSE", "DIVORCE", "SIBLING_OF", "BORDER"}
    planted = plant(told, {}, relations_beside(), rng, FORMS["train"], symmetric)
    yield from (c for c in planted if c.kind in ("good", "roles", "relation"))


if __name__ == "__main__":
    main()
