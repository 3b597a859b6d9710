"""Multi-hop questions, and the share of their passages that a ranking has first."""

from __future__ import annotations

import gzip
import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["DEPTHS", "Question", "Ranking", "load", "recalls"]

DEPTHS = (2, 5, 10)

#: A question to chunk ids, best first.
Ranking = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the addresses of the passages that it needs, and the answers that are right."""

    text: str
    gold: frozenset[str]
    answers: tuple[str, ...] = ()
    type: str = ""

    @classmethod
    def read(cls, path: Path, split: str | None = None) -> list[Question]:
        """Return the questions of a file, of one split where it is given."""
        return [
            cls(
                row["question"],
                frozenset(map(str, row["gold"])),
                tuple(map(str, (*row.get("answers", ()), *row.get("aliases", ())))),
                str(row.get("type", "")),
            )
            for row in load(path)
            if split is None or row.get("split") == split
        ]


def load(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a gzipped JSON list."""
    rows: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))
    return rows


def recalls(
    rank: Ranking, questions: Sequence[Question], passage: Mapping[str, str]
) -> dict[str, float]:
    """Return the mean recall at each depth, in percent, and the median milliseconds a question.

    `passage` is the address of each chunk's passage.
    """
    shares: dict[int, list[float]] = {k: [] for k in DEPTHS}
    times = []
    for question in questions:
        began = time.perf_counter()
        chunks = rank(question.text)
        times.append(time.perf_counter() - began)
        found = list(dict.fromkeys(passage[id] for id in chunks))
        for k in DEPTHS:
            shares[k].append(len(question.gold.intersection(found[:k])) / len(question.gold))
    means = {f"recall@{k}": round(100 * statistics.mean(shares[k]), 1) for k in DEPTHS}
    return {**means, "ms_per_question_p50": round(1000 * statistics.median(times), 1)}
