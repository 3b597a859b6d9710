"""The passages of GAP as questions: features and the parser's own scores."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractors.mini.coreference.question import asked
from extractors.mini.parse import Analysis, Mini
from extractors.mini.pronouns import head_scores
from extractors.mini.syntax import Span
from extractors.mini.train.data import sentence_bounds

__all__ = ["Case", "feature_names", "gap_cases"]


@dataclass(frozen=True, slots=True)
class Case:
    """One passage: `rows` are the features of A, B and the people who are neither, `head` [2]
    what the parser gives A and B; `answer` is 0 for A, 1 for B, 2 for neither."""

    rows: tuple[dict[str, float], ...]
    head: NDArray[np.float64]
    answer: int


def gap_cases(mini: Mini, path: Path) -> list[Case]:
    """Return the passages of a gzipped GAP file in order."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_case(mini, record) for record in records]


def _case(mini: Mini, record: dict[str, str]) -> Case:
    text = record["Text"]
    analysis = mini.analyse(text, sentence_bounds(text))
    sentence, first, _ = _place(analysis, int(record["Pronoun-offset"]), record["Pronoun"])
    places = [_place(analysis, int(record[f"{name}-offset"]), record[name]) for name in "AB"]
    given = [(i, Span(begin, end, "Person", 1.0)) for i, begin, end in places]
    question = asked(analysis.sentences, (sentence, first), given)
    head = head_scores(
        mini.network.pronouns, analysis.sentences, analysis.vectors, (sentence, first), given
    )
    answer = 0 if record["A-coref"] == "TRUE" else 1 if record["B-coref"] == "TRUE" else 2
    return Case(tuple(question.rows()), np.array(head), answer)


def _place(analysis: Analysis, start: int, name: str) -> tuple[int, int, int]:
    end = start + len(name)
    for i, sentence in enumerate(analysis):
        inside = [j for j, t in enumerate(sentence.tokens) if t.start < end and t.end > start]
        if inside:
            return i, inside[0], inside[-1] + 1
    raise ValueError(f"no word at {start} of the passage")


def feature_names(cases: Iterable[Case], least: int = 8) -> tuple[str, ...]:
    """Return the features that speak of at least so many rows, in order of the alphabet."""
    counts = Counter(name for case in cases for row in case.rows for name in row)
    return tuple(sorted(name for name, count in counts.items() if count >= least))
