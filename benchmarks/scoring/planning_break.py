"""Operators and types of questions against the decompositions of Break."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extractors.mini.planning.reader import QuestionReader
from extractors.mini.train.planning_data import PlanningCase, break_cases

__all__ = ["break_figures"]


def break_figures(
    reader: QuestionReader, folder: Path, most: int | None = None
) -> dict[str, float]:
    """Return the figures on the held-out tenth of Break, in percent; `most` of its questions.

    `operators` is the share of questions whose set of operators is exactly right, each question
    of both files against the decomposition of its own file; `operators_coarse` and
    `operators_fine` are the two files; `operators_f1` counts operators one by one (micro-F1);
    `question_type` is the share whose type (by the last operator) is right, and
    `question_type_majority` that of always giving the most frequent one.
    """
    cases = list(break_cases(folder, held_out=True))
    chosen: Sequence[PlanningCase] = cases[:: max(1, len(cases) // most)] if most else cases
    exact: dict[str, list[bool]] = {"coarse": [], "fine": []}
    types: list[bool] = []
    hits = given = wanted = 0
    for case in chosen:
        read = reader.read(case.question)
        for level, gold, found in (
            ("coarse", case.coarse, read.coarse),
            ("fine", case.fine, read.fine),
        ):
            if gold is not None:
                exact[level].append(gold == found)
                hits += len(gold & found)
                given += len(found)
                wanted += len(gold)
        types.append(read.type == case.type)
    majority = Counter(case.type for case in chosen).most_common(1)[0][1]
    return {
        "operators": _share([*exact["coarse"], *exact["fine"]]),
        "operators_coarse": _share(exact["coarse"]),
        "operators_fine": _share(exact["fine"]),
        "operators_f1": round(200 * hits / max(1, given + wanted), 1),
        "question_type": _share(types),
        "question_type_majority": round(100 * majority / max(1, len(chosen)), 1),
        "break_questions": float(len(chosen)),
    }


def _share(right: Sequence[bool]) -> float:
    return round(100 * sum(right) / max(1, len(right)), 1)
