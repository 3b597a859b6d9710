"""Entity mentions scored on Re-DocRED: exact characters and type, micro-averaged."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from extractors.base import Extractor
from extractors.chunks import split
from extractors.mini.parse import Mini
from extractors.mini.spotting import NAME_TYPES
from extractors.mini.train.data import SPAN_TYPES, gold_spans, load_redocred
from extractors.mini.train.spacing import join
from kgkit.facts import Document

__all__ = ["mentions", "named", "score"]

#: The built-in extractor learns from the other documents of dev.
_MEASURED = 100

Found = set[tuple[int, int, str]]


def score(data_dir: Path, extractor: Extractor | None = None) -> dict[str, float]:
    """Return entity_precision, entity_recall, entity_f1 and the F1 of each type, in percent.

    Without an extractor the spans of the built-in parser are scored, times and numbers among
    them; otherwise its mentions by name, of people, organisations, locations and the rest.
    `data_dir` holds `extraction/redocred/dev_revised.json.gz`, of which the last 100 documents
    are measured: raw sentences with a blank between any two of the set's own tokens.
    """
    from extractors.mini.load import load_mini

    kinds = [kind for kind in SPAN_TYPES.values() if extractor is None or kind in NAME_TYPES]
    path = data_dir / "extraction" / "redocred" / "dev_revised.json.gz"
    counts: Counter[tuple[str, str]] = Counter()
    for document in load_redocred(path)[-_MEASURED:]:
        if extractor is None:
            found, gold = mentions(load_mini(), document)
        else:
            found, gold = named(extractor, document)
        for kind in kinds:
            ours = {span for span in found if span[2] == kind}
            theirs = {span for span in gold if span[2] == kind}
            counts["right", kind] += len(ours & theirs)
            counts["found", kind] += len(ours)
            counts["gold", kind] += len(theirs)
    sums = {name: sum(counts[name, kind] for kind in kinds) for name in _COUNTS}
    figures = {
        "entity_precision": _percent(sums["right"], sums["found"]),
        "entity_recall": _percent(sums["right"], sums["gold"]),
        "entity_f1": _percent(2 * sums["right"], sums["found"] + sums["gold"]),
    }
    for kind in kinds:
        both = counts["found", kind] + counts["gold", kind]
        figures[f"entity_f1_{kind.lower()}"] = _percent(2 * counts["right", kind], both)
    return figures


_COUNTS = ("right", "found", "gold")


def mentions(mini: Mini, document: Any) -> tuple[Found, Found]:
    """Return the mentions (start, end, type) found and annotated in a Re-DocRED document."""
    text, bounds, gold = _annotated(document)
    found: Found = set()
    for sentence in mini.analyse(text, bounds):
        for span in sentence.spans:
            start, end = sentence.extent(span.first, span.last)
            found.add((start, end, span.type))
    return found, gold


def named(extractor: Extractor, document: Any) -> tuple[Found, Found]:
    """Return the same from an extractor that splits sentences and may type names more finely;
    what has none of the set's types is "Misc"."""
    text, _, gold = _annotated(document)
    page = Document(document["title"], text, document["title"])
    found = {
        (m.start, m.end, m.entity.type if m.entity.type in NAME_TYPES else "Misc")
        for m in extractor.extract(page, split(page)).mentions
        if m.kind == "name"
    }
    return found, gold


def _annotated(document: Any) -> tuple[str, list[tuple[int, int]], Found]:
    """Return text, sentences and annotated mentions of a Re-DocRED document."""
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
    return "\n".join(lines), bounds, gold


def _percent(part: float, whole: float) -> float:
    return round(100.0 * part / max(1.0, whole), 1)
