"""Fit the relation head's probabilities to what it says of raw text:
``python -m extractors.mini.train.relations_calibrate --data DIR [--out DIR]``.

`DIR` holds extraction/redocred. The 40 documents that the training held out are read as anyone
would read them, with our own sentences, names and entities, so that what was named wrongly counts
as wrong; annotators' omissions count so, too. Slope and offset are written to the labels.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from extractors.calibration import reliability
from extractors.chunks import split
from extractors.mini.extractor import read
from extractors.mini.load import load_mini
from extractors.mini.relations.document import RelationFinder
from extractors.mini.relations.load import load_relation_reader
from extractors.mini.relations.store import FOLDER, save_labels
from extractors.mini.rereading import read_units
from extractors.mini.train.data import load_redocred
from extractors.mini.train.relations_data import HELD_OUT
from extractors.mini.train.relations_evaluate import fitted
from extractors.mini.train.relations_judging import annotated, judged, known_names
from kgkit.evidence import TextEvidence

__all__ = ["main", "scored"]

_NAME = "mini-relations"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, print how well it fits, and write the labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with extraction/")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the adapter lies")
    options = parser.parse_args(arguments)
    margins, right = zip(*scored(options.data / "extraction" / "redocred"), strict=True)
    slope, offset = fitted(torch.tensor(margins), torch.tensor(right, dtype=torch.float))
    labels = load_relation_reader().labels
    for name, a, b in (("before", labels.slope, labels.offset), ("now", slope, offset)):
        scores = [1.0 / (1.0 + math.exp(-a * margin - b)) for margin in margins]
        print(f"{name}: slope {a}, offset {b}\n{reliability(scores, right)}")
    save_labels(options.out, replace(labels, slope=slope, offset=offset))


def scored(folder: Path) -> Iterator[tuple[float, bool]]:
    """Yield the margin of each fact that the relation head finds in the held-out documents as raw
    text, and whether it is annotated."""
    reader = load_relation_reader()
    # The probability is the logistic function of the margin itself.
    plain = reader.with_labels(replace(reader.labels, slope=1.0, offset=0.0))
    names = known_names(folder / "relation_labels.json")
    for record in load_redocred(folder / "test_revised_first400.json.gz")[:400][-HELD_OUT:]:
        gold = annotated(record)
        chunks = split(gold.document)
        reading = read_units(load_mini(), chunks)
        finder = RelationFinder(plain, _NAME)
        found = read(gold.document, chunks, reading.sentences, reading.links, finder)
        for fact, triple in judged(gold, found, names):
            scores = [
                piece.score
                for piece in fact.evidence
                if isinstance(piece, TextEvidence) and piece.extractor == _NAME
            ]
            if scores:
                score = min(max(scores), 0.9999)
                yield math.log(score / (1.0 - score)), triple in gold.facts


if __name__ == "__main__":
    main()
