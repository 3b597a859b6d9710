"""Entity mentions scored on Re-DocRED: exact characters and type, micro-averaged."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from extractors.mini.parse import Mini
from extractors.mini.train.data import SPAN_TYPES, gold_spans, load_redocred
from extractors.mini.train.spacing import join

__all__ = ["mentions", "score"]

#: The built-in extractor learns from the other documents of dev.
_MEASURED = 100

Found = set[tuple[int, int, str]]


def score(data_dir: Path) -> dict[str, float]:
    """Return entity_precision, entity_recall, entity_f1 and the F1 of each type, in percent.

    `data_dir` holds `extraction/redocred/dev_revised.json.gz`, of which the last 100 documents
    are measured: raw sentences with a blank between any two of the set's own tokens.
    """
    from extractors.mini.load import load_mini

    mini = load_mini()
    path = data_dir / "extraction" / "redocred" / "dev_revised.json.gz"
    counts: Counter[tuple[str, str]] = Counter()
    for document in load_redocred(path)[-_MEASURED:]:
        found, gold = mentions(mini, document)
        for kind in SPAN_TYPES.values():
            ours = {span for span in found if span[2] == kind}
            theirs = {span for span in gold if span[2] == kind}
            counts["right", kind] += len(ours & theirs)
            counts["found", kind] += len(ours)
            counts["gold", kind] += len(theirs)
    sums = {name: sum(counts[name, kind] for kind in SPAN_TYPES.values()) for name in _COUNTS}
    figures = {
        "entity_precision": _percent(sums["right"], sums["found"]),
        "entity_recall": _percent(sums["right"], sums["gold"]),
        "entity_f1": _percent(2 * sums["right"], sums["found"] + sums["gold"]),
    }
    for kind in SPAN_TYPES.values():
        both = counts["found", kind] + counts["gold", kind]
        figures[f"entity_f1_{kind.lower()}"] = _percent(2 * counts["right", kind], both)
    return figures


_COUNTS = ("right", "found", "gold")


def mentions(mini: Mini, document: Any) -> tuple[Found, Found]:
    """Return the mentions (start, end, type) found and annotated in a Re-DocRED document."""
    gold: Found = set()
    names = tuple(SPAN_TYPES.values())
    lines, bounds, position = [], [], 0
    for tokens, spans in zip(document["sents"], gold_spans(document), strict=True):
        text, starts = join(tokens)
        for first, end, kind in spans:
            stop = starts[end - 1] + len(tokens[end - 1])
            gold.add((position + starts[first], position + stop, names[kind]))
        lines.append(text)
        bounds.append((position, position + len(text)))
        position += len(text) + 1
    found: Found = set()
    for sentence in mini.analyse("\n".join(lines), bounds):
        for span in sentence.spans:
            start, end = sentence.extent(span.first, span.last)
            found.add((start, end, span.type))
    return found, gold


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / max(1.0, whole), 1)
