"""How well a graph answers multi-hop questions, and what parts of answering are worth."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks import answering
from benchmarks.scoring.multihop_passages import Question
from kgkit.errors import InputError
from kgkit.graph import KnowledgeGraph

__all__ = ["ANSWERING", "answer_figures"]

#: What answers rest on, which can be left out where `benchmarks.answering` takes `without`.
ANSWERING = ("facts", "forms")
_RENAMED = {"ms_p50": "answer_ms_p50", "ms_p95": "answer_ms_p95"}


def answer_figures(
    questions: Sequence[Question], kg: KnowledgeGraph, ablate: Sequence[str] = ()
) -> dict[str, object]:
    """Return em, f1, answered, ... and in `answer_rows` em and f1 with a part left out.

    Questions without right answers are passed over. Raises `InputError` for a part that
    `benchmarks.answering` cannot leave out.
    """
    score: Callable[..., Mapping[str, Any]] = answering.score
    asked = [answering.Asked(q.text, q.answers, q.type) for q in questions if q.answers]
    left_out = [name for name in ablate if name in ANSWERING]
    if left_out and "without" not in inspect.signature(score).parameters:
        raise InputError(f"answers cannot leave out {left_out[0]!r}; take it off --ablate")
    if not asked:
        return {}
    whole = {key: value for key, value in score(asked, kg).items() if key != "questions"}
    rows = {f"without_{name}": dict(score(asked, kg, without=[name])) for name in left_out}
    return {
        **{_RENAMED.get(key, key): value for key, value in whole.items()},
        **({"answer_rows": rows} if rows else {}),
    }
