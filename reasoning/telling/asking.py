"""Asking with a language model: it plans, the graph and its texts are searched, it tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kgkit.models.lm.base import LanguageModel
from reasoning.answers.answer import Answer
from reasoning.answers.view import FactView
from reasoning.planning.lm import lm_planner
from reasoning.planning.plan import Planner
from reasoning.telling.gathering import gather
from reasoning.telling.tell import tell

if TYPE_CHECKING:
    from reasoning.retrieval import Hit

__all__ = ["ask_with_model"]

#: Calls for planning, so that a whole question takes at most one more: two where all goes well.
_PLANNING = 3
_HITS = 5


def ask_with_model(
    question: str,
    lm: str | LanguageModel | Callable[[str], str],
    *,
    ask: Callable[..., Answer],
    retrieve: Callable[[str, int], Sequence[Hit]],
    facts: FactView,
    otherwise: Planner | None = None,
) -> Answer:
    """Return the answer of a graph that a model plans for and tells, in at most four calls.

    `ask(question, planner=...)` runs the model's plans and answers without it; what it cites and
    what `retrieve(question, n)` finds is the evidence that the model answers from. `otherwise`
    plans where the model cannot. Raises `InputError` for a spec that names no model, and
    `CallError` where no reply could be had.
    """
    from kgkit.models.lm.registry import lm as opened

    model = opened(lm)
    draft = ask(question, planner=lm_planner(model, otherwise=otherwise, calls=_PLANNING))
    evidence = gather(draft, retrieve(question, _HITS), facts)
    return tell(question, evidence, model, draft=draft)
