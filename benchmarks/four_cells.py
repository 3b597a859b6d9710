"""Whether a model knows, by whether the evidence supports: what asking does in each of four cells.

`python -m benchmarks.four_cells [--lm SPEC] [--people N] [--json]` makes a synthetic world, which
no model can have learnt, builds a graph from half of its documents, and asks it the world's
questions. Evidence supports a question whose facts all stand in that half. The model knows a
question that it answers rightly without evidence; without `--lm` a scripted one stands in that
knows every second question and gives up on the others. `graph_CELL` counts what `kg.ask` answers
rightly, wrongly and not at all; with `--lm`, `model_CELL` counts what the model answers when it is
shown the sentences that the graph retrieves. `judged` holds the shares of its judgements before and
after answering without evidence (`reasoning.boundaries`), from 0 to 1.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import kgkit
from benchmarks.machine import emit, machine
from extractors.worlds import World
from kgkit.evidence import TextEvidence
from kgkit.ids import normalise_name
from kgkit.models.lm.base import LanguageModel, Request
from kgkit.models.lm.fake import FakeLM
from reasoning.boundaries import FourCells, Judged, four_cells, judge_all, perception

if TYPE_CHECKING:
    from extractors.worlds.questions import Question
    from kgkit.facts import Document
    from kgkit.graph import KnowledgeGraph

__all__ = ["half_of", "main", "measure", "scripted"]

_SEED, _SENTENCES = 601, 6


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure with the options of the command line and print one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.four_cells")
    parser.add_argument("--lm", help="a language model, as kgkit.lm takes it")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--limit", type=int, help="ask the first N questions only")
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    options = parser.parse_args(arguments)
    began = time.perf_counter()
    world = World.make(_SEED, people=options.people, templates="held_out")
    questions = world.questions[: options.limit]
    lm = kgkit.lm(options.lm) if options.lm else scripted(questions)
    documents, supported = half_of(world, questions)
    with tempfile.TemporaryDirectory() as folder, kgkit.open(Path(folder) / "bench.kg") as kg:
        kg.build(*documents)
        figures, tables = measure(kg, lm, questions, supported, shown=bool(options.lm))
    if not options.json:
        for name, cells in tables.items():
            print(f"{name}\n{cells}\n")
    seconds = round(time.perf_counter() - began, 1)
    rest = {"lm": lm.name, "machine": machine(), "seed": _SEED, "seconds": seconds}
    emit({**figures, **rest})


def half_of(world: World, questions: Sequence[Question]) -> tuple[list[Document], list[bool]]:
    """Return every second document of a world, and for each question whether the facts that it
    takes stand in these."""
    documents = list(world.documents[::2])
    there = {document.id for document in documents}
    told = {
        fact.id
        for fact in world.facts
        if any(isinstance(e, TextEvidence) and e.document_id in there for e in fact.evidence)
    }
    return documents, [told.issuperset(question.support) for question in questions]


def scripted(questions: Sequence[Question]) -> FakeLM:
    """Return a model that knows every second question, and that it does."""
    known = {question.text: question.answers[0] for question in questions[::2]}

    def reply(request: Request) -> str:
        line = next(x for x in request.text.splitlines() if x.startswith("Question: "))
        answer = known.get(line.removeprefix("Question: "))
        if "verdict" in request.text.splitlines()[0]:
            return json.dumps({"verdict": "yes" if answer else "no"})
        return json.dumps({"answer": answer or "unknown"})

    return FakeLM(reply, name="scripted")


def measure(
    kg: KnowledgeGraph,
    lm: LanguageModel,
    questions: Sequence[Question],
    supported: Sequence[bool],
    *,
    shown: bool,
) -> tuple[dict[str, object], dict[str, FourCells]]:
    """Return the figures, and the cells by who answers; `shown` asks the model with evidence."""
    texts = [question.text for question in questions]

    def is_right(number: int, answer: str) -> bool:
        plain = normalise_name(answer)
        return any(normalise_name(gold) in plain for gold in questions[number].answers)

    closed = judge_all(lm, texts, is_right)
    knows = [one.right for one in closed]
    asked = [kg.ask(text) for text in texts]
    came = [is_right(n, answer.text) if answer else None for n, answer in enumerate(asked)]
    tables = {"graph": four_cells(zip(knows, supported, came, strict=True))}
    if shown:
        opened = judge_all(lm, texts, is_right, [_evidence(kg, text) for text in texts])
        tables["model"] = four_cells(zip(knows, supported, map(_came, opened), strict=True))
    figures: dict[str, object] = {
        f"{name}_{cell}": counts
        for name, cells in tables.items()
        for cell, counts in asdict(cells).items()
    }
    judged = asdict(perception(closed))
    return {**figures, "judged": judged, "questions": len(questions)}, tables


def _came(one: Judged) -> bool | None:
    return None if one.gave_up else one.right


def _evidence(kg: KnowledgeGraph, question: str) -> list[str]:
    """Return the sentences that bear most on a question."""
    hits = kg.retrieve(question, 4)
    texts = {document.id: document.text for document in kg.ledger.documents()}
    scored = [
        (-sentence.score, hit.document_id, sentence.start, sentence.end)
        for hit in hits
        for sentence in hit.sentences
    ]
    return [texts[id][start:end] for _, id, start, end in sorted(scored)[:_SENTENCES]]


if __name__ == "__main__":
    main()
