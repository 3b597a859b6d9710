"""Questions with answers, made unanswerable, and scored: exact match and F1 as SQuAD has them
(Rajpurkar et al. 2016)."""

from __future__ import annotations

import gzip
import json
import random
import re
import string
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from extractors.sentences import sentences

__all__ = ["Asked", "Scorer", "exact", "f1", "load_qed", "load_xquad", "normal", "unanswerable"]

#: QED questions that the reader has learnt from: the first ones of this file.
_LEARNT = {"qed_dev_first1000.jsonl.gz": 600}

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normal(answer: str) -> str:
    """Return an answer in small letters, without punctuation, articles and double blanks.

    >>> normal("The  U.S. Army")
    'us army'
    """
    return " ".join(_ARTICLES.sub(" ", answer.lower().translate(_PUNCTUATION)).split())


def exact(answer: str, golds: Sequence[str]) -> float:
    """Return 1.0 where the answer equals one of the right ones, else 0.0.

    >>> exact("the Nile", ["Nile"])
    1.0
    """
    return float(normal(answer) in {normal(gold) for gold in golds})


def f1(answer: str, golds: Sequence[str]) -> float:
    """Return the F1 of the words shared with the right answer that shares most, in [0, 1].

    >>> f1("Blue Nile", ["the Nile", "White Nile river"])
    0.6666666666666666
    """
    return max((_f1(normal(answer).split(), normal(gold).split()) for gold in golds), default=0.0)


def _f1(answer: list[str], gold: list[str]) -> float:
    if not answer or not gold:
        return float(answer == gold)
    shared = sum((Counter(answer) & Counter(gold)).values())
    return 2 * shared / (len(answer) + len(gold))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a text with its right answers."""

    title: str
    question: str
    text: str
    golds: tuple[str, ...]


def load_xquad(folder: Path) -> list[Asked]:
    """Return the questions of XQuAD English in `folder`; none where the file is not there."""
    return [
        Asked(
            record["title"],
            qa["question"],
            record["context"],
            tuple(answer["text"] for answer in qa["answers"]),
        )
        for path in sorted(folder.glob("xquad_en*.jsonl.gz"))
        for record in _records(path)
        for qa in record["qas"]
    ]


def load_qed(folder: Path) -> list[Asked]:
    """Return the questions of QED in `folder` that were not learnt from."""
    return [
        Asked(
            record["title"],
            record["question"],
            record["paragraph"],
            tuple(" ".join(part["text"] for part in parts) for parts in record["answers"]),
        )
        for path in sorted(folder.glob("qed*.jsonl.gz"))
        for record in islice(_records(path), _LEARNT.get(path.name, 0), None)
    ]


def _records(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def unanswerable(asked: Sequence[Asked], seed: int = 0) -> dict[str, list[Asked]]:
    """Return questions that their text does not answer, by how they were made: put to another
    passage of the same title (`passage`), with a name from another title (`name`), and without
    the sentences that hold an answer (`sentence`)."""
    chance = random.Random(seed)
    passages: dict[str, list[str]] = defaultdict(list)
    names = [(a.title, name) for a in asked for name in _names(a.question)]
    for question in asked:
        if question.text not in passages[question.title]:
            passages[question.title].append(question.text)
    made: dict[str, list[Asked]] = {"passage": [], "name": [], "sentence": []}
    for question in asked:
        others = [t for t in passages[question.title] if not _holds(t, question.golds)]
        if others:
            made["passage"].append(replace(question, text=chance.choice(others)))
        own = _names(question.question)
        foreign = [n for t, n in names if t != question.title and n not in question.text]
        if own and foreign:
            name = max(own, key=len)
            changed = question.question.replace(name, chance.choice(foreign))
            made["name"].append(replace(question, question=changed))
        kept = [
            question.text[start:end]
            for start, end in sentences(question.text)
            if not _holds(question.text[start:end], question.golds)
        ]
        if kept:
            made["sentence"].append(replace(question, text=" ".join(kept)))
    return made


def _holds(text: str, golds: Sequence[str]) -> bool:
    words = f" {normal(text)} "
    return any(f" {normal(gold)} " in words for gold in golds)


#: Capitalised words, not the first one of a question.
_NAME = re.compile(r"(?<=[\w,] )[A-Z][\w.-]*(?: (?:(?:of|the|de) )?[A-Z][\w.-]*)*")


def _names(question: str) -> list[str]:
    return [name for name in _NAME.findall(question) if len(name) > 2]


class Scorer:
    """Adds up what was answered and refused."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = defaultdict(float)
        self._counts: Counter[str] = Counter()

    def answer(self, asked: Asked, answer: str, *, refused: bool) -> None:
        """Count the best answer to an answerable question, and whether it was held back."""
        right, overlap = exact(answer, asked.golds), f1(answer, asked.golds)
        self._add("em", right)
        self._add("f1", overlap)
        self._add("em_refusing", 0.0 if refused else right)
        self._add("f1_refusing", 0.0 if refused else overlap)
        self._add("refused", float(refused))

    def unanswerable(self, kind: str, *, refused: bool) -> None:
        """Count whether an unanswerable question was refused."""
        self._add("no_answer_accuracy", float(refused))
        self._add(f"no_answer_{kind}", float(refused))

    def figures(self) -> dict[str, float]:
        """Return the means in percent, and how many questions they rest on."""
        shown: dict[str, float] = {
            name: round(100.0 * self._sums[name] / count, 1) for name, count in self._counts.items()
        }
        shown["questions"] = self._counts["em"]
        shown["unanswerable"] = self._counts["no_answer_accuracy"]
        return shown

    def _add(self, name: str, value: float) -> None:
        self._sums[name] += value
        self._counts[name] += 1
