"""Learn how pairs are judged: ``python -m extractors.align.train --data DIR [--out DIR]``.

`DIR` holds `extraction/redocred` (dev, first 400 documents, and test_first400) and the corpora of
`multihop`, of which the pages are used. Writes `pairs.json` (are two names one entity?) and
`namesakes.json` (is one name one entity?). A fifth of the documents and pages is held out: the
thresholds are chosen on it, and the figures that are printed are its.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.align.features import FEATURES, Rarity, features_of, is_plausible, kinds_of
from extractors.align.namesakes import NAMESAKE_FEATURES, namesake_features
from extractors.align.profiles import Profile
from extractors.align.scoring import PairModel
from extractors.align.train.entries import Entry, load_entries
from extractors.align.train.examples import Example, name_examples, namesake_examples
from extractors.align.train.fit import fit
from extractors.align.train.pages import load_pages, page_examples
from extractors.align.vetoes import vetoes
from kgkit.models.encoder import load_encoder

__all__ = ["best_threshold", "main"]

_FOLDER = Path(__file__).parents[1]
_FILES = ("dev_revised.json.gz", "test_revised_first400.json.gz")
#: Documents of each file that may be learnt from; the last 100 of dev are measured on.
_LEARNT = 400
#: The weights that a feature may get, where that is not 0 or more. Two halves of one text are more
#: alike than two texts on one thing, so what both say may count only so much.
_BOUNDS: Mapping[str, tuple[float | None, float | None]] = {
    "typed_apart": (None, 0.0),
    "strangers": (None, 0.0),
    "context": (0.0, 4.0),
    "shared_neighbours": (0.0, 4.0),
    "bare": (None, 0.0),
    **dict.fromkeys(
        ["person", "place", "organisation", "work", "has_context", "about_both", "bracket_lost"],
        (None, None),
    ),
}
#: How many right pairs a wrong one outweighs, and how many times that where all that speaks for a
#: pair is a further word: relatives, daughter companies and other seasons have those.
_COST = 3.0
_GUESSED = 4.0
#: What identity itself takes for one name is one where nothing speaks against it.
_SAME = 0.3
#: Examples from which on a kind of pair has a threshold of its own, counted by weight.
_ENOUGH = 10.0
#: Wrong pairs that each kind may have beside those seen.
_UNSEEN = 2.0
_CORPORA = (
    "2wikimultihopqa/hippo_corpus.json.gz",
    "musique/train100_corpus.json.gz",
    "hotpotqa/train100_corpus.json.gz",
)
#: Pages that names are measured on: their titles are left out.
_MEASURED = "2wikimultihopqa/rk500_corpus.json.gz"
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
    corpora = options.data / "multihop"
    pages = page_examples(
        load_pages([corpora / name for name in _CORPORA], [corpora / _MEASURED]), options.seed
    )
    learnt, watched = _parts(entries, name_examples, options.seed)
    learnt = _plausible(learnt) + [one for one in pages if not _is_watched(one)]
    watched = _plausible(watched) + [one for one in pages if _is_watched(one)]
    _write(options.out / "pairs.json", _learn(learnt, watched, features_of, FEATURES))
    learnt, watched = _parts(entries, namesake_examples, options.seed)
    found = _learn(learnt, watched, namesake_features, NAMESAKE_FEATURES)
    _write(options.out / "namesakes.json", found)


def _parts(
    entries: Sequence[Entry], made: Callable[[Sequence[Entry], int], list[Example]], seed: int
) -> tuple[list[Example], list[Example]]:
    """Return the examples of the documents that are learnt from, and of those held out."""
    kept = [entry for entry in entries if not _held_out(entry)]
    rest = [entry for entry in entries if _held_out(entry)]
    return made(kept, seed), made(rest, seed)


def _write(path: Path, found: dict[str, object]) -> None:
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(path.name, json.dumps(found))


def _held_out(entry: Entry) -> bool:
    return int(entry.document.rpartition(":")[2]) % 5 == 0


def _is_watched(example: Example) -> bool:
    """Whether a pair of pages is held out, by a hash of the left one's title."""
    title = example.left.id.partition("@")[0]
    return int(sha256(title.encode()).hexdigest()[:8], 16) % 5 == 0


def _plausible(examples: Sequence[Example]) -> list[Example]:
    """Return the examples that the model will be asked about."""
    none = Rarity({}, {})
    return [one for one in examples if is_plausible(features_of(one.left, one.right, none))]


def _learn(
    learnt: Sequence[Example],
    watched: Sequence[Example],
    featured: _Featured,
    names: Sequence[str],
) -> dict[str, object]:
    examples = [*learnt, *watched]
    rows, labels, counts = _matrix(examples, featured)
    size = len(learnt)
    # Half of the pairs are learnt without context: an encoder is not always at hand.
    bare = rows[:size:2].copy()
    bare[:, [names.index(name) for name in ("context", "has_context") if name in names]] = 0.0
    bounds = [_BOUNDS.get(name, (0.0, None)) for name in names]
    theta, bias = fit(
        np.concatenate([rows[:size], bare]),
        np.concatenate([labels[:size], labels[:size:2]]),
        np.concatenate([counts[:size], counts[:size:2]]),
        bounds,
    )
    scores = 1.0 / (1.0 + np.exp(-(rows @ np.array(theta) + bias)))
    thresholds = {"other": 0.5}
    if tuple(names) == FEATURES:
        thresholds = _thresholds(examples, scores, labels, counts)
    model = PairModel(tuple(names), theta, bias, thresholds)
    taken = np.array(
        [
            score >= model.threshold(*_kinds(one, names)) and not vetoes(one.left, one.right)
            for one, score in zip(watched, scores[size:], strict=True)
        ]
    )
    truth, counts = labels[size:], counts[size:]
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


def _kinds(one: Example, names: Sequence[str]) -> tuple[str, ...]:
    return kinds_of(one.left, one.right) if tuple(names) == FEATURES else ()


def _thresholds(
    examples: Sequence[Example],
    scores: NDArray[np.float64],
    truth: NDArray[np.float64],
    counts: NDArray[np.float64],
) -> dict[str, float]:
    """Return the threshold of each kind of pair of which there are examples enough."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(examples):
        if not vetoes(one.left, one.right):
            for kind in kinds_of(one.left, one.right):
                places[kind].append(place)
                places[kind.partition(" ")[0]].append(place)
    found = {"other": 0.75, "same_spelling": _SAME}
    for kind, own in sorted(places.items()):
        if kind not in found and counts[own].sum() >= _ENOUGH:
            cost = _COST * (_GUESSED if kind.startswith(("name_", "left_out")) else 1.0)
            found[kind] = best_threshold(scores[own], truth[own], counts[own], cost)
    return found


def best_threshold(
    scores: NDArray[np.float64],
    truth: NDArray[np.float64],
    counts: NDArray[np.float64],
    cost: float,
) -> float:
    """Return the threshold from 0.3 to 0.98, in steps of 0.02, or 0.99 where the right pairs that
    it takes outweigh the wrong ones most, each wrong one counting `cost` times.

    A few wrong pairs, spread evenly, count too, so that a kind with few examples is not trusted.
    """
    worth = counts * (truth - cost * (1.0 - truth))
    steps = [round(0.3 + 0.02 * step, 2) for step in range(35)] + [0.99]

    def value(least: float) -> float:
        return float(worth[scores >= least].sum()) - cost * _UNSEEN * (1.0 - least) / 0.7

    return min(steps, key=lambda least: (-round(value(least), 6), least))


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
    labels = [float(one.same) for one in examples]
    weights = [one.weight for one in examples]
    return np.array(rows), np.array(labels), np.array(weights)


def _likeness(examples: Sequence[Example]) -> list[float | None]:
    texts = sorted({one.context for pair in examples for one in (pair.left, pair.right)} - {""})
    at = {text: row for row, text in enumerate(texts)}
    vectors = load_encoder().encode([text[:300] for text in texts])
    return [
        round(float(vectors[at[one.left.context]] @ vectors[at[one.right.context]]), 3)
        if one.left.context and one.right.context
        else None
        for one in examples
    ]


if __name__ == "__main__":
    main()
