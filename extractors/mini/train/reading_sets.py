"""All that the reader learns from, parsed once and kept, and what is held out to choose by."""

from __future__ import annotations

import gzip
import json
import pickle
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from extractors.mini.load import load_mini
from extractors.mini.parse import Mini
from extractors.mini.syntax import Sentence
from extractors.mini.train.reading_pages import Asked, Page
from extractors.mini.train.reading_sources import QED_TRAINED, plain, qamr, qed, redocred
from extractors.sentences import sentences
from kgkit.models.encoder import load_encoder

__all__ = ["ReadingSets", "load_reading_sets"]

#: Passages of each corpus that questions are made of, by rules; their own questions are not read.
_CORPORA = {
    "musique/train100_corpus": 1400,
    "hotpotqa/train100_corpus": 994,
    "2wikimultihopqa/hippo_corpus": 1500,
    "2wikimultihopqa/rk500_corpus": 600,
}
_WORDS = (40, 220)
#: Of the QED questions that are learnt from, those from here on are held out.
_QED_HELD_OUT = 530


@dataclass(frozen=True, slots=True)
class ReadingSets:
    """Pages, and the questions on them by source; held-out ones are on other pages."""

    pages: list[Page]
    train: dict[str, list[Asked]]
    held_out: dict[str, list[Asked]]


def load_reading_sets(data: Path, kept: Path) -> ReadingSets:
    """Read and parse the sets below `data`, or take them from the file `kept` of a former run."""
    if kept.exists():
        with kept.open("rb") as file:
            sets: ReadingSets = pickle.load(file)
        return sets
    mini, tokenizer, chance = load_mini(), load_encoder().tokenizer, random.Random(0)
    pages: list[Page] = []
    asked = qamr(data / "reading", mini, tokenizer, pages)
    # What is measured of QED is no page either.
    path = data / "reading" / "qed_dev_first1000.jsonl.gz"
    asked += qed(path, tokenizer, pages, QED_TRAINED)
    asked += redocred(data / "extraction" / "redocred", tokenizer, pages, chance)
    asked += plain(_passages(data / "multihop", mini), tokenizer, pages, chance)
    sets = _parted(pages, asked)
    with kept.open("wb") as file:
        pickle.dump(sets, file)
    return sets


def _parted(pages: list[Page], asked: list[Asked]) -> ReadingSets:
    """Every fifteenth page is held out; of QED the last ones that are learnt from."""
    train: dict[str, list[Asked]] = defaultdict(list)
    held_out: dict[str, list[Asked]] = defaultdict(list)
    seen = 0
    for question in asked:
        apart = question.page % 15 == 0
        if question.source == "qed":
            apart = seen >= _QED_HELD_OUT
            seen += 1
        (held_out if apart else train)[question.source].append(question)
    return ReadingSets(pages, dict(train), dict(held_out))


def _passages(folder: Path, mini: Mini) -> list[tuple[str, str, tuple[Sentence, ...]]]:
    found: dict[str, str] = {}
    for name, most in _CORPORA.items():
        with gzip.open(folder / f"{name}.json.gz", "rt", encoding="utf-8") as file:
            corpus = json.load(file)
        random.Random(0).shuffle(corpus)
        fitting = [p for p in corpus if _WORDS[0] <= len(p["text"].split()) <= _WORDS[1]]
        for passage in [p for p in fitting if p["text"] not in found][:most]:
            found[passage["text"]] = passage["title"]
    return [
        (title, text, mini.analyse(text, sentences(text)).sentences)
        for text, title in found.items()
    ]
