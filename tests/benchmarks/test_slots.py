"""Slots are scored by what a set annotates, on a document made here."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.slots import measure
from extractors.slots import load_span_reader

SENTENCES = [
    ["Ida", "Vale", "was", "born", "in", "Aarhus", "in", "1901", "."],
    ["She", "founded", "Nordkyst", "in", "Oslo", "."],
]


@dataclass(frozen=True)
class Answer:
    """A span."""

    start: int
    end: int
    score: float


def mention(name: str, sentence: int, first: int, type: str) -> dict[str, object]:
    size = len(name.split())
    return {"name": name, "sent_id": sentence, "pos": [first, first + size], "type": type}


DOCUMENT = {
    "title": "Ida Vale",
    "sents": SENTENCES,
    "vertexSet": [
        [mention("Ida Vale", 0, 0, "PER")],
        [mention("Aarhus", 0, 5, "LOC")],
        [mention("1901", 0, 7, "TIME")],
        [mention("Nordkyst", 1, 2, "ORG")],
        [mention("Oslo", 1, 4, "LOC")],
    ],
    "labels": [
        {"h": 0, "r": "P19", "t": 1, "evidence": [0]},
        {"h": 0, "r": "P569", "t": 2, "evidence": [0]},
        {"h": 3, "r": "P112", "t": 0, "evidence": [1]},
        {"h": 3, "r": "P159", "t": 4, "evidence": [1]},
    ],
}


def read(question: str, text: str) -> Answer | None:
    """Answer three questions, one of them wrong."""
    known = {
        "Where was Ida Vale born?": ("Aarhus", 0.9),
        "When was Ida Vale born?": ("1901", 0.6),
        "Where did Ida Vale die?": ("Oslo", 0.4),
    }
    words, score = known.get(question, ("", 0.0))
    start = text.find(words)
    return Answer(start, start + len(words), score) if words else None


def test_right_wrong_and_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "extraction" / "redocred"
    folder.mkdir(parents=True)
    with gzip.open(folder / "dev_revised.json.gz", "wt", encoding="utf-8") as file:
        json.dump([DOCUMENT], file)
    figures = measure(tmp_path, load_span_reader(read))
    assert figures["with_value"] == 4
    assert (figures["slot_precision"], figures["slot_recall"]) == (100.0, 50.0)
    assert (figures["slot_precision_at_0.3"], figures["slot_recall_at_0.3"]) == (66.7, 50.0)
    assert (figures["slot_precision_at_0.7"], figures["slot_recall_at_0.7"]) == (100.0, 25.0)
