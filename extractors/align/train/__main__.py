"""Learn how pairs are judged: ``python -m extractors.align.train --data DIR [--out DIR]``.

`DIR` holds `extraction/redocred` (dev, first 400 documents, and test_first400). Writes
`pairs.json` (are two names one entity?) and `namesakes.json` (is one name one entity?). A fifth
of the documents is held out; the figures that are printed are its.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.align.features import FEATURES, Rarity, features_of, is_plausible
from extractors.align.namesakes import NAMESAKE_FEATURES, namesake_features
from extractors.align.profiles import Profile
from extractors.align.train.entries import Entry, load_entries
from extractors.align.train.examples import Example, name_examples, namesake_examples
from extractors.align.train.fit import fit
from extractors.align.vetoes import vetoes
from kgkit.models.encoder import load_encoder

__all__ = ["main"]

_FOLDER = Path(__file__).parents[1]
_FILES = ("dev_revised.json.gz", "test_revised_first400.json.gz")
#: Documents of each file that may be learnt from; the last 100 of dev are measured on.
_LEARNT = 400
_FAMILIES = ("person", "place", "organisation", "work", "concept", "value", "other")
#: The weights that a feature may get, where that is not 0 or more. Two halves of one text are more
#: alike than two texts on one thing, so what both say may count only so much.
_BOUNDS: Mapping[str, tuple[float | None, float | None]] = {
    "typed_apart": (None, 0.0),
    "strangers": (None, 0.0),
    "met": (None, 0.0),
    "context": (0.0, 4.0),
    "shared_neighbours": (0.0, 4.0),
    **dict.fromkeys(
        ["person", "place", "organisation", "work", "has_context", "about_both", "bracket_lost"],
        (None, None),
    ),
}
#: People are written in more ways than other things; set by hand on the half of the resolved
#: entities of rk500 that is not measured on.
_THRESHOLDS = {"person": 0.35}
_Featured = Callable[[Profile, Profile, Rarity, float | None], tuple[float, ...]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the training with the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m extractors.align.train")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=_FOLDER)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    folder = options.data / "extraction" / "redocred"
    entries = load_entries(
        [folder / name for name in _FILES], folder / "relation_labels.json", _LEARNT
    )
    for name, made, featured, names in (
        ("pairs", name_examples, features_of, FEATURES),
        ("namesakes", namesake_examples, namesake_features, NAMESAKE_FEATURES),
    ):
        kept = [entry for entry in entries if not _held_out(entry)]
        learnt = _plausible(made(kept, options.seed), names)
        rest = [entry for entry in entries if _held_out(entry)]
        watched = _plausible(made(rest, options.seed), names)
        found = _learn(learnt, watched, featured, names)
        path = options.out / f"{name}.json"
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(path.name, json.dumps(found))


def _held_out(entry: Entry) -> bool:
    return int(entry.document.rpartition(":")[2]) % 5 == 0


def _plausible(examples: Sequence[Example], names: Sequence[str]) -> list[Example]:
    """Return the examples that the model will be asked about."""
    if tuple(names) != FEATURES:
        return list(examples)
    none = Rarity({}, {})
    return [one for one in examples if is_plausible(features_of(one.left, one.right, none))]


def _learn(
    learnt: Sequence[Example],
    watched: Sequence[Example],
    featured: _Featured,
    names: Sequence[str],
) -> dict[str, object]:
    rows, labels, weights = _matrix(learnt, featured)
    bounds = [_BOUNDS.get(name, (0.0, None)) for name in names]
    theta, bias = fit(rows, labels, weights, bounds)
    held, truth, counts = (part[: len(watched)] for part in _matrix(watched, featured))
    scores = 1.0 / (1.0 + np.exp(-(held @ np.array(theta) + bias)))
    chosen = _THRESHOLDS if tuple(names) == FEATURES else {}
    thresholds = {family: chosen.get(family, 0.5) for family in _FAMILIES}
    taken = np.array(
        [
            score >= thresholds[one.left.family] and not vetoes(one.left, one.right)
            for score, one in zip(scores, watched, strict=True)
        ]
    )
    right = float((counts * taken * truth).sum())
    print(
        f"{len(learnt)} pairs learnt from, {len(watched)} watched: precision "
        f"{100 * right / max(1e-9, float((counts * taken).sum())):.1f}, recall "
        f"{100 * right / float((counts * truth).sum()):.1f}"
    )
    return {
        "features": list(names),
        "weights": list(theta),
        "bias": bias,
        "thresholds": thresholds,
        "review": 0.2,
    }


def _matrix(
    examples: Sequence[Example], featured: _Featured
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return features [n, d], labels [n] and weights [n] of the examples."""
    rarity = Rarity.of([one for pair in examples for one in (pair.left, pair.right)])
    likeness = _likeness(examples)
    rows = [
        featured(one.left, one.right, rarity, like)
        for one, like in zip(examples, likeness, strict=True)
    ]
    # Half of the pairs are learnt without context: an encoder is not always at hand.
    bare = [featured(one.left, one.right, rarity, None) for one in examples[::2]]
    labels = [float(one.same) for one in examples]
    weights = [one.weight for one in examples]
    return (
        np.array(rows + bare),
        np.array(labels + labels[::2]),
        np.array(weights + weights[::2]),
    )


def _likeness(examples: Sequence[Example]) -> list[float]:
    texts = sorted({one.context for pair in examples for one in (pair.left, pair.right)})
    at = {text: row for row, text in enumerate(texts)}
    vectors = load_encoder().encode([text[:300] for text in texts])
    return [
        round(float(vectors[at[one.left.context]] @ vectors[at[one.right.context]]), 3)
        for one in examples
    ]


if __name__ == "__main__":
    main()
