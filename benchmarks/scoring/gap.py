"""Pronouns scored on GAP (Webster et al. 2018): does a pronoun mean name A, name B or neither?

`pronoun_f1` is told where the two names are, as the set does; `pronoun_f1_detected` is the whole
built-in reader, which finds names and pronouns by itself and is right where the mention
it chooses shares a word with the name.
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

from extractors.mini.parse import Analysis, Mini
from extractors.mini.syntax import Span
from extractors.mini.train.data import sentence_bounds

__all__ = ["read_passages", "score"]


def score(data_dir: Path, *, part: str = "validation") -> dict[str, float]:
    """Return pronoun_precision, pronoun_recall, pronoun_f1 and pronoun_f1_detected in percent.

    `data_dir` holds `extraction/gap/gap-validation.tsv.gz`.
    """
    from extractors.mini.load import load_mini

    mini = load_mini()
    told, detected = [0, 0, 0], [0, 0, 0]
    for passage in read_passages(data_dir / "extraction" / "gap" / f"gap-{part}.tsv.gz"):
        analysis = mini.analyse(passage["Text"], sentence_bounds(passage["Text"]))
        gold = {name for name in "AB" if passage[f"{name}-coref"] == "TRUE"}
        for counts, said in (
            (told, _told(mini, analysis, passage)),
            (detected, _detected(mini, analysis, passage)),
        ):
            counts[0] += len(said & gold)
            counts[1] += len(said)
            counts[2] += len(gold)
    return {
        "pronoun_precision": round(100.0 * told[0] / max(1, told[1]), 1),
        "pronoun_recall": round(100.0 * told[0] / max(1, told[2]), 1),
        "pronoun_f1": _f1(told),
        "pronoun_f1_detected": _f1(detected),
    }


def read_passages(path: Path) -> list[dict[str, str]]:
    """Return the rows of a gzipped GAP file, by the names of its header."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _told(mini: Mini, analysis: Analysis, passage: dict[str, str]) -> set[str]:
    pronoun = _place(analysis, int(passage["Pronoun-offset"]), passage["Pronoun"])
    places = [_place(analysis, int(passage[f"{n}-offset"]), passage[n]) for n in "AB"]
    candidates = [(i, Span(first, last, "Person", 1.0)) for i, first, last in places]
    shares = mini.weigh(analysis, pronoun[:2], candidates)
    best = max(shares)
    return {"AB"[shares.index(best)]} if best > 1.0 - sum(shares) else set()


def _detected(mini: Mini, analysis: Analysis, passage: dict[str, str]) -> set[str]:
    start = int(passage["Pronoun-offset"])
    for link in mini.resolve(analysis):
        if analysis[link.sentence].tokens[link.token].start != start:
            continue
        named = analysis[link.span_sentence].tokens[link.span.first : link.span.last]
        words = {token.text for token in named}
        # The nearest mention of a person stands for all of them, so words decide, not places.
        return {name for name in "AB" if words & set(passage[name].split())}
    return set()


def _place(analysis: Analysis, start: int, name: str) -> tuple[int, int, int]:
    end = start + len(name)
    for i, sentence in enumerate(analysis):
        inside = [
            j for j, token in enumerate(sentence.tokens) if token.start < end and token.end > start
        ]
        if inside:
            return i, inside[0], inside[-1] + 1
    raise ValueError(f"no word at {start} of the passage")


def _f1(counts: list[int]) -> float:
    return round(200.0 * counts[0] / max(1, counts[1] + counts[2]), 1)
