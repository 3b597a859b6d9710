"""How much of what a multi-hop question needs is among the first passages retrieved.

`python -m benchmarks.multihop --corpus FILE --questions FILE [--limit N] [--ablate titles]
[--json]` builds a graph from the corpus, a gzipped JSON list of {id, title, text}, and asks it
the questions, a list of {question, gold: [ids]}; `--limit` takes the first N questions, and
`--ablate titles` hides the titles from the build. Recall@k is the share of a question's gold
passages among the first k, averaged over the questions, in percent. Dense and BM25 rank the
same chunks by the same encoder and by the graph's own word index.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import kgkit
from benchmarks.machine import emit, machine, peak_rss_mb
from kgkit.facts import Document

__all__ = ["main", "measure"]

_DEPTHS = (2, 5, 10)
#: A long passage is several chunks: so many are asked for that ten passages are among them.
_CHUNKS = 40

#: A question to chunk ids, best first.
_Rank = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    gold: frozenset[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.multihop")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="ask the first N questions only")
    parser.add_argument("--ablate", choices=["titles"], help="what to hide from the build")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    rows = json.loads(gzip.decompress(options.corpus.read_bytes()))
    titled = options.ablate != "titles"
    documents = [Document(str(r["id"]), r["text"], r["title"] if titled else "") for r in rows]
    asked = json.loads(gzip.decompress(options.questions.read_bytes()))[: options.limit]
    questions = [_Question(q["question"], frozenset(map(str, q["gold"]))) for q in asked]
    figures = measure(documents, questions)
    seconds = round(time.perf_counter() - began, 1)
    emit({**figures, "titles": titled, "machine": machine(), "seed": 0, "seconds": seconds})


def measure(documents: Sequence[Document], questions: Sequence[_Question]) -> dict[str, object]:
    """Build a graph that is thrown away, ask the questions, and return the figures."""
    passage = {document.id: document.uri for document in documents}
    with tempfile.TemporaryDirectory() as folder, kgkit.open(Path(folder) / "bench.kg") as kg:
        began = time.perf_counter()
        kg.build(*documents)
        index = kg.projections.retrieval
        build_seconds = time.perf_counter() - began
        of_chunk = {chunk.chunk_id: passage[chunk.document_id] for chunk in index.passages}
        encoder, lexical = kg.projections.encoder, kg.projections.lexical

        def walk(question: str) -> Iterable[str]:
            return [hit.chunk_id for hit in kg.retrieve(question, _CHUNKS)]

        def dense(question: str) -> Iterable[str]:
            fit = index.passage_vectors @ encoder.encode([question])[0]
            return [index.passages[at].chunk_id for at in np.argsort(-fit, kind="stable")[:_CHUNKS]]

        def bm25(question: str) -> Iterable[str]:
            return [id for id, _ in lexical.search(question, _CHUNKS)]

        recalls, times = _recalls(walk, questions, of_chunk)
        dense_recalls, _ = _recalls(dense, questions, of_chunk)
        bm25_recalls, _ = _recalls(bm25, questions, of_chunk)
    return {
        **{f"recall@{k}": recalls[k] for k in _DEPTHS},
        "dense_recall@5": dense_recalls[5],
        "bm25_recall@5": bm25_recalls[5],
        "questions": len(questions),
        "passages": len(documents),
        "build_seconds": round(build_seconds, 1),
        "passages_per_second": round(len(documents) / build_seconds, 1),
        "ms_per_question_p50": round(1000 * statistics.median(times), 1),
        "peak_rss_mb": peak_rss_mb(),
    }


def _recalls(
    rank: _Rank, questions: Sequence[_Question], passage: dict[str, str]
) -> tuple[dict[int, float], list[float]]:
    """Return the mean recall at each depth, in percent, and the seconds of each question."""
    shares: dict[int, list[float]] = {k: [] for k in _DEPTHS}
    times = []
    for question in questions:
        began = time.perf_counter()
        chunks = rank(question.text)
        times.append(time.perf_counter() - began)
        found = list(dict.fromkeys(passage[id] for id in chunks))
        for k in _DEPTHS:
            shares[k].append(len(question.gold.intersection(found[:k])) / len(question.gold))
    return {k: round(100 * statistics.mean(shares[k]), 1) for k in _DEPTHS}, times


if __name__ == "__main__":
    main()
