"""How well empty slots are filled: one question per slot, on Re-DocRED.

`python -m benchmarks.slots [--documents N] [--reader NAME] [--data DIR] [--json]`. `DIR` holds
`extraction/redocred`, of whose dev the last documents are asked about (100 unless told); nothing
built in was trained on them. A document's annotated names and types are given, its facts are
not: every slot of the schema below is asked for. A slot is right if its value is one that the set
annotates; slots that the set leaves empty count as wrong when they are filled. The last line
printed is one JSON object.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.machine import emit, machine
from extractors.mini.train.data import load_redocred
from extractors.slots import SpanReader, load_span_reader
from extractors.slots.train.redocred import SLOTS, AnnotatedSlots, annotated_slots
from kgkit.filling import fill
from kgkit.filling_report import FillReport
from kgkit.schema import Schema
from stores.ledger import Ledger

__all__ = ["main", "measure"]

_THRESHOLDS = (0.3, 0.5, 0.7, 0.9)
_MEASURED = 100


def measure(data: Path, reader: SpanReader, *, documents: int = _MEASURED) -> dict[str, float]:
    """Return precision, recall and F1 in percent at the default threshold, and at others
    precision and recall; `slots` is how many were asked, `with_value` how many have a value."""
    path = data / "extraction" / "redocred" / "dev_revised.json.gz"
    judged: list[tuple[float, bool]] = []
    asked = wanted = 0
    for document in load_redocred(path)[-_MEASURED:][:documents]:
        annotations = annotated_slots(document)
        report = _filled(annotations, reader)
        asked += report.asked
        wanted += len(annotations.values)
        judged += [
            (max(e.score for e in fact.evidence), annotations.is_right(fact))
            for fact in report.facts
        ]
    figures = {"slots": float(asked), "with_value": float(wanted)}
    figures |= _figures(judged, wanted, 0.5, "")
    for threshold in _THRESHOLDS:
        figures |= _figures(judged, wanted, threshold, f"_at_{threshold:g}")
    return figures


def _filled(annotations: AnnotatedSlots, reader: SpanReader) -> FillReport:
    with Ledger.open(":memory:") as ledger:
        run = ledger.add_run("annotated", "1", {}, 0)
        text = annotations.gold.document
        ledger.add_document(text, annotations.chunks, annotations.mentions, [], run)
        schema = Schema.parse("\n".join(SLOTS))
        return fill(ledger, schema, reader, threshold=0.0, dry_run=True)


def _figures(
    judged: Iterable[tuple[float, bool]], wanted: int, threshold: float, suffix: str
) -> dict[str, float]:
    taken = [right for score, right in judged if score >= threshold]
    right = sum(taken)
    figures = {
        f"slot_precision{suffix}": _percent(right, len(taken)),
        f"slot_recall{suffix}": _percent(right, wanted),
        f"slot_f1{suffix}": _percent(2 * right, len(taken) + wanted),
    }
    return figures if not suffix else {k: v for k, v in figures.items() if "_f1" not in k}


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / max(1.0, whole), 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=_MEASURED)
    parser.add_argument("--reader", default="mini", help="what reads the answers")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    reader = load_span_reader(options.reader)
    figures = measure(options.data, reader, documents=options.documents)
    if not options.json:
        for key, value in figures.items():
            print(f"{key:28} {value:8.1f}")
    seconds = round(time.perf_counter() - began, 1)
    named = {"documents": options.documents, "reader": options.reader}
    emit({**named, **figures, "machine": machine(), "seed": 0, "seconds": seconds})


if __name__ == "__main__":
    main()
