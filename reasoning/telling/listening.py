"""Hearing of plans and searches as they are made, from outside of what answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reasoning.answers.answer import Step
from reasoning.planning.plan import Known, Plan
from reasoning.telling.events import Planned, Stepped, Tell

if TYPE_CHECKING:
    from reasoning.retrieval import Hit

__all__ = ["telling_plans", "telling_searches"]


def telling_plans(
    planner: Callable[[str, Known], Sequence[Plan]], tell: Tell
) -> Callable[[str, Known], Sequence[Plan]]:
    """Return the planner, which tells `Planned` of each plan before it is run.

    >>> from reasoning.planning import plan_of
    >>> told: list[object] = []
    >>> planner = telling_plans(lambda q, known: [plan_of(q, "retrieve(_, R, ?x)")], told.append)
    >>> len(planner("What?", Known())), told[0]
    (1, Planned(question='What?', program='retrieve(_, R, ?x)'))
    """

    def plan(question: str, known: Known) -> Sequence[Plan]:
        plans = planner(question, known)
        for each in plans:
            tell(Planned(question, str(each.program)))
        return plans

    return plan


def telling_searches(
    retrieve: Callable[[str, int], Sequence[Hit]], tell: Tell
) -> Callable[[str, int], Sequence[Hit]]:
    """Return the search, which tells `Stepped` of what was looked for and how much was found."""

    def search(text: str, most: int) -> Sequence[Hit]:
        hits = retrieve(text, most)
        tell(Stepped(Step("searched", f"{text!r}: {len(hits)} passages")))
        return hits

    return search
