"""How much of what a multi-hop question needs is among the first passages retrieved.

`python -m benchmarks.multihop --corpus FILE --questions FILE [--graph PATH] [--limit N]
[--ablate NAME ...] [--peer walk] [--openie FILE] [--json]`

A graph is built from the corpus, a gzipped JSON list of {id, title, text}, or taken from `--graph`
where it was built of the same corpus before, and asked the questions, a list of {question, gold:
[ids], answers}. Recall@k is the share of a question's gold passages among the first k, averaged
over the questions, in percent. Dense and BM25 rank the same chunks by the same encoder and by the
graph's own word index. Further rows:

- `--ablate dense | bm25 | linking | walk` leaves one voice out of what ranks: the cosines or BM25
  that a walk starts from, the question's names there, or the walk itself. `titles` hides all
  titles from the build. `facts` and `forms` leave out what answers rest on: facts, or executed
  programs, as far as `benchmarks.answering` can.
- `--peer walk`: the walk of `benchmarks.scoring.multihop_peer` over the graph's own facts.
- `--openie FILE`: the same walk over triples that a language model read, a gzipped JSON list of
  {id: passage, triples: [[head, relation, tail]]}.

Where `benchmarks.answering` and answers are there, its figures stand beside those of the passages.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import emit, machine, peak_rss_mb
from benchmarks.scoring.multihop_answers import ANSWERING, answer_figures
from benchmarks.scoring.multihop_graph import opened
from benchmarks.scoring.multihop_passages import Question, Ranking, load, recalls
from benchmarks.scoring.multihop_rankings import (
    VOICES,
    bm25,
    dense,
    facts_of,
    ours,
    peer,
    triples_of,
)
from kgkit.facts import Document

__all__ = ["main", "measure"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.multihop")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--graph", type=Path, help="a graph that was built from the corpus")
    parser.add_argument("--limit", type=int, help="ask the first N questions only")
    choices = ["titles", *VOICES, *ANSWERING]
    parser.add_argument("--ablate", nargs="+", default=[], choices=choices)
    parser.add_argument("--peer", choices=["walk"], help="a method to stand beside ours")
    parser.add_argument("--openie", type=Path, help="triples of a language model, for the peer")
    parser.add_argument("--no-answers", action="store_true", help="retrieve only")
    parser.add_argument("--split", help="only the questions of this split")
    parser.add_argument("--json", action="store_true", help="print JSON (always so)")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    titled = "titles" not in options.ablate
    if options.graph and not titled:
        parser.error("--ablate titles hides titles from the build: leave --graph out")
    rows = load(options.corpus)
    documents = [Document(str(r["id"]), r["text"], r["title"] if titled else "") for r in rows]
    figures = measure(
        documents,
        Question.read(options.questions, options.split)[: options.limit],
        graph=options.graph,
        ablate=[name for name in options.ablate if name != "titles"],
        peers=bool(options.peer),
        openie=load(options.openie) if options.openie else None,
        answers=not options.no_answers,
    )
    seconds = round(time.perf_counter() - began, 1)
    emit({**figures, "titles": titled, "machine": machine(), "seed": 0, "seconds": seconds})


def measure(
    documents: Sequence[Document],
    questions: Sequence[Question],
    *,
    graph: Path | None = None,
    ablate: Sequence[str] = (),
    peers: bool = False,
    openie: Sequence[dict[str, object]] | None = None,
    answers: bool = False,
) -> dict[str, object]:
    """Ask a graph, one that is thrown away afterwards where none is given; return the figures."""
    with opened(documents, graph) as (kg, built):
        began = time.perf_counter()
        index = kg.projections.retrieval
        ready = time.perf_counter() - began
        passage = {document.id: document.uri for document in kg.ledger.documents()}
        of_chunk = {chunk.chunk_id: passage[chunk.document_id] for chunk in index.passages}

        def row(rank: Ranking) -> dict[str, float]:
            return recalls(rank, questions, of_chunk)

        found = row(ours(kg))
        baselines = {"dense": row(dense(kg)), "bm25": row(bm25(kg))}
        rows: dict[str, dict[str, float]] = {
            f"without_{name}": row(ours(kg, without=[name])) for name in ablate if name in VOICES
        }
        if peers:
            rows["peer_walk"] = row(peer(kg, facts_of(kg)))
        if openie is not None:
            rows["peer_walk_openie"] = row(peer(kg, triples_of(openie, kg)))
        answered = answer_figures(questions, kg, ablate) if answers else {}
    return {
        **found,
        **{f"{name}_{key}": value for name, own in baselines.items() for key, value in own.items()},
        "rows": rows,
        **answered,
        "questions": len(questions),
        "passages": len(documents),
        "build_seconds": round(built, 1) if built else None,
        "passages_per_second": round(len(documents) / built, 1) if built else None,
        "index_seconds": round(ready, 1),
        "peak_rss_mb": peak_rss_mb(),
    }


if __name__ == "__main__":
    main()
