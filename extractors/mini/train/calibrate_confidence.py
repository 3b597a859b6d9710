"""Fit the map from the built-in extractor's scores to probabilities, and say how well it fits:
``python -m extractors.mini.train.calibrate_confidence --data DIR [--texts DIR] [--out FILE]``.

Facts come from three sources, in equal weight: synthetic worlds (`extractors.worlds`), judged by
what is true there; the short texts of the quickstart, judged by a reader in `judged.json`; and
passages of `DIR/extraction/redocred/dev_revised.json.gz`, judged by a reader in
`judged_redocred.json`, which holds hashes only. A part of each is measured, not learnt from:
worlds of held-out sentences and names, every second text, other passages.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from extractors.calibration import fit_isotonic, reliability
from extractors.chunks import split
from extractors.mini.confidence import FILE, save_calibration
from extractors.mini.extractor import MiniExtractor
from extractors.mini.train.data import load_redocred
from extractors.mini.train.spacing import respace
from extractors.readers import read
from extractors.worlds import World
from extractors.worlds.judging import judge
from kgkit.facts import Document

__all__ = ["Scored", "from_passages", "from_texts", "from_world", "main"]

#: A raw score and whether the fact is right.
Scored = tuple[float, bool]

_JUDGED = Path(__file__).with_name("judged.json")
_JUDGED_PASSAGES = Path(__file__).with_name("judged_redocred.json")


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print the tables of what was held out, and write the map."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--texts", type=Path, default=Path("kgkit/quickstart/documents"))
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args(arguments)
    extractor = MiniExtractor(relations=False, calibrated=False)
    passages = options.data / "extraction" / "redocred" / "dev_revised.json.gz"
    learnt = [
        list(from_world(World.make(101, people=30), extractor)),
        list(from_texts(options.texts, extractor, 0)),
        list(from_passages(passages, extractor, "learnt")),
    ]
    calibration = fit_isotonic(*_columns(_balanced(learnt)), least=50)
    measured = {
        "worlds": from_world(World.make(202, people=40, templates="held_out"), extractor),
        "texts": from_texts(options.texts, extractor, 1),
        "passages": from_passages(passages, extractor, "measured"),
    }
    for name, found in measured.items():
        scores, right = _columns(found)
        mapped = [calibration.apply(score) for score in scores]
        print(f"{name}: {len(scores)} held-out facts, as scored\n{reliability(scores, right)}")
        print(f"{name}: calibrated\n{reliability(mapped, right)}\n")
    save_calibration(calibration, options.out)
    sizes = ", ".join(str(len(rows)) for rows in learnt)
    print(f"learnt from {sizes} facts; {len(calibration.knots)} knots in {options.out}")


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
                yield from ((evidence.score, kind == "right") for evidence in fact.evidence)


def _balanced(sources: Sequence[Sequence[Scored]]) -> list[Scored]:
    """Return the examples, those of small sources several times."""
    most = max(map(len, sources))
    return [row for rows in sources for _ in range(round(most / len(rows))) for row in rows]


def from_world(world: World, extractor: MiniExtractor) -> Iterator[Scored]:
    """Yield the score of each fact that the extractor finds in a world, and whether it is true."""
    for document in world.documents:
        for found in judge(world, document, extractor.extract(document, split(document))):
            yield found.score, found.right


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
                yield from ((evidence.score, kind == "right") for evidence in fact.evidence)


def _columns(rows: Iterable[Scored]) -> tuple[list[float], list[bool]]:
    scores, right = zip(*rows, strict=True)
    return list(scores), list(right)


if __name__ == "__main__":
    main()
