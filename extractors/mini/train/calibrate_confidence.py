"""Fit the model of how often the built-in extractor is right, and say how well it fits:
``python -m extractors.mini.train.calibrate_confidence --data DIR [--texts DIR] [--out FILE]``.

Facts come from three sources: passages of `DIR/extraction/redocred/dev_revised.json.gz`, judged by
a reader in `judged_redocred.json`, which holds hashes only; the short texts of the quickstart,
judged by a reader in `judged.json`; and synthetic worlds (`extractors.worlds`), judged by what is
true there. Passages count most, since made-up texts are easier than what people read. A part of
each is measured, not learnt from: other passages, every second text, worlds of held-out sentences
and names.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from extractors.align.train.fit import fit
from extractors.calibration import reliability
from extractors.chunks import split
from extractors.mini.confidence import FEATURES, FILE, Confidence, features_of, save_confidence
from extractors.mini.extractor import MiniExtractor
from extractors.mini.train.data import load_redocred
from extractors.mini.train.spacing import respace
from extractors.readers import read
from extractors.worlds import World
from extractors.worlds.judging import judge
from kgkit.evidence import TextEvidence
from kgkit.facts import Document, Fact

__all__ = ["Scored", "fitted", "from_passages", "from_texts", "from_world", "main"]

#: The features of a fact (`extractors.mini.confidence`), its raw score first, and whether it is
#: right.
Scored = tuple[tuple[float, ...], bool]

#: How much each source counts in all, chosen by cross-validation on what is learnt from.
_WEIGHTS = {"passages": 1.0, "texts": 0.3, "worlds": 0.15}

_JUDGED = Path(__file__).with_name("judged.json")
_JUDGED_PASSAGES = Path(__file__).with_name("judged_redocred.json")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print the tables of what was held out, and write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=Path, default=Path("kgkit/quickstart/documents"))
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args(arguments)
    extractor = MiniExtractor(relations=False, calibrated=False)
    passages = options.data / "extraction" / "redocred" / "dev_revised.json.gz"
    learnt = {
        "passages": list(from_passages(passages, extractor, "learnt")),
        "texts": list(from_texts(options.texts, extractor, 0)),
        "worlds": list(from_world(World.make(101, people=30), extractor)),
    }
    confidence = fitted(learnt)
    measured = {
        "passages": from_passages(passages, extractor, "measured"),
        "texts": from_texts(options.texts, extractor, 1),
        "worlds": from_world(World.make(202, people=40, templates="held_out"), extractor),
    }
    for name, found in measured.items():
        rows, right = _columns(found)
        raw = [row[0] for row in rows]
        mapped = [confidence.probability(row) for row in rows]
        print(f"{name}: {len(rows)} held-out facts, as scored\n{reliability(raw, right)}")
        print(f"{name}: calibrated\n{reliability(mapped, right)}\n")
    save_confidence(confidence, options.out)
    sizes = ", ".join(f"{len(rows)} of {name}" for name, rows in learnt.items())
    print(f"learnt from facts: {sizes}; {len(FEATURES)} weights in {options.out}")


def fitted(learnt: Mapping[str, Sequence[Scored]]) -> Confidence:
    """Return the logistic model of these examples by source, each source in its weight."""
    rows = [row for found in learnt.values() for row in found]
    shares = [_WEIGHTS[name] / len(found) for name, found in learnt.items() for _ in found]
    weights, bias = fit(
        np.array([values for values, _ in rows]),
        np.array([float(right) for _, right in rows]),
        np.array(shares) * len(rows),
        [(None, None)] * len(FEATURES),
    )
    return Confidence(weights, bias)


def from_passages(path: Path, extractor: MiniExtractor, part: str) -> Iterator[Scored]:
    """Yield the same for the judged passages of a gzipped Re-DocRED file: the part "learnt" or
    "measured"."""
    judged = json.loads(_JUDGED_PASSAGES.read_text(encoding="utf-8"))[part]
    known = {key: kind for kind in ("right", "wrong") for key in judged[kind]}
    every = slice(0, 120, 12) if part == "learnt" else slice(5, 125, 10)
    for record in load_redocred(path)[every]:
        title = record["title"]
        text = " ".join(respace(tokens)[0] for tokens in record["sents"])
        document = Document(title, text, title)
        for fact in extractor.extract(document, split(document)).facts:
            kind = known.get(sha256(f"{title}\n{fact}".encode()).hexdigest()[:12])
            if kind is not None:
                yield from _scored(fact, right=kind == "right")


def from_world(world: World, extractor: MiniExtractor) -> Iterator[Scored]:
    """Yield the features of each fact that the extractor finds in a world, and whether it is
    true."""
    for document in world.documents:
        for found in judge(world, document, extractor.extract(document, split(document))):
            own = _scored(found.fact, right=found.right)
            yield next(row for row in own if row[0][0] == found.score)


def from_texts(folder: Path, extractor: MiniExtractor, part: int) -> Iterator[Scored]:
    """Yield the same for every second judged text, from the first (part 0) or second (1) on.

    Facts that nobody has judged, since the extractor did not find them then, are left out.
    """
    judged = json.loads(_JUDGED.read_text(encoding="utf-8"))
    for name in sorted(judged)[part::2]:
        for document in read(folder / name):
            yield from _judged(document, extractor, judged[name])


def _judged(
    document: Document, extractor: MiniExtractor, judged: dict[str, list[str]]
) -> Iterator[Scored]:
    for fact in extractor.extract(document, split(document)).facts:
        for kind in ("right", "wrong"):
            if str(fact) in judged[kind]:
                yield from _scored(fact, right=kind == "right")


def _scored(fact: Fact, *, right: bool) -> Iterator[Scored]:
    for evidence in fact.evidence:
        if isinstance(evidence, TextEvidence):
            yield features_of(fact, evidence), right


def _columns(rows: Iterable[Scored]) -> tuple[list[tuple[float, ...]], list[bool]]:
    values, right = zip(*rows, strict=True)
    return list(values), list(right)


if __name__ == "__main__":
    main()
