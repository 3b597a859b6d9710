"""How well a built graph answers multi-hop questions, without a language model.

`python -m benchmarks.answering --graph PATH --questions FILE [--split NAME] [--limit N] [--json]`
opens the graph of a question set's corpus read-only and asks it the questions, a gzipped JSON
list of {question, answers: [texts]}; `--split` takes those of one split, `--limit` the first N.
`em` and `f1` are those of SQuAD, of the best of a question's right answers, in percent of all
questions: a refusal counts as wrong. `answered` is the share that was not refused,
`answered_from_facts` the share of the given answers that rest on a fact of the graph, and
`llm_calls` counts calls of language models, of which asking makes none. `f1_TYPE` is the F1 of
one type of question, where the file names types. The last line printed is one JSON object.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kgkit
from benchmarks.machine import emit, machine
from benchmarks.scoring.reading import exact, f1

if TYPE_CHECKING:
    from kgkit.graph import KnowledgeGraph

__all__ = ["Asked", "load", "main", "score"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its right answers, and its type where the set names one."""

    question: str
    golds: tuple[str, ...]
    type: str = ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answering")
    parser.add_argument("--graph", type=Path, required=True, help="a built graph")
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--split", help="ask the questions of this split only")
    parser.add_argument("--limit", type=int, help="ask the first N questions only")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    asked = load(options.questions, split=options.split)[: options.limit]
    with kgkit.open(options.graph, read_only=True) as kg:
        figures = score(asked, kg)
    seconds = round(time.perf_counter() - began, 1)
    emit({**figures, "machine": machine(), "seed": 0, "seconds": seconds})


def load(path: Path, *, split: str | None = None) -> list[Asked]:
    """Return the questions of a file, of one split or of all, in their order."""
    rows = json.loads(gzip.decompress(path.read_bytes()))
    return [
        Asked(row["question"], _golds(row), str(row.get("type", "")))
        for row in rows
        if split is None or row.get("split") == split
    ]


def score(questions: Sequence[Asked], kg: KnowledgeGraph) -> dict[str, float]:
    """Ask a graph the questions and return the figures; the first question is asked twice, so
    that the times hold no opening of indexes."""
    if questions:
        kg.ask(questions[0].question)
    rights: list[float] = []
    shares: dict[str, list[float]] = defaultdict(list)
    seconds: list[float] = []
    answered = from_facts = 0
    for asked in questions:
        began = time.perf_counter()
        answer = kg.ask(asked.question)
        seconds.append(time.perf_counter() - began)
        given = bool(answer)
        answered += given
        from_facts += given and answer.source == "graph"
        rights.append(exact(answer.text, asked.golds) if given else 0.0)
        overlap = f1(answer.text, asked.golds) if given else 0.0
        shares[""].append(overlap)
        if asked.type:
            shares[asked.type].append(overlap)
    times = sorted(seconds) or [0.0]
    return {
        "em": _percent(rights),
        "f1": _percent(shares.pop("", [])),
        "answered": round(100 * answered / max(1, len(questions)), 1),
        "answered_from_facts": round(100 * from_facts / max(1, answered), 1),
        "llm_calls": 0,
        "ms_p50": round(1000 * statistics.median(times), 1),
        "ms_p95": round(1000 * times[int(0.95 * (len(times) - 1))], 1),
        "questions": len(questions),
        **{f"f1_{kind}": _percent(shares[kind]) for kind in sorted(shares)},
    }


def _golds(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(map(str, (*row["answers"], *row.get("aliases", ()))))


def _percent(shares: Sequence[float]) -> float:
    return round(100 * statistics.fmean(shares), 1) if shares else 0.0


if __name__ == "__main__":
    main()
