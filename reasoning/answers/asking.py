"""What one question is asked with: the graph, its texts, and what plans and reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reasoning.answers.similar import TextEncoder
from reasoning.answers.view import FactView
from reasoning.planning.plan import Known, Plan

if TYPE_CHECKING:
    from reasoning.executing.budget import Budget
    from reasoning.executing.told import TextReader
    from reasoning.logic.forms import Condition
    from reasoning.logic.source import FactSource
    from reasoning.logic.vocabulary import Vocabulary
    from reasoning.retrieval import Hit

__all__ = ["Asking", "Planning"]

#: What makes plans; a `Planner` or a plain function.
Planning = Callable[[str, Known], Sequence[Plan]]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with everything that answering it may use; see `reasoning.answers.ask`."""

    question: str
    facts: FactView
    retrieve: Callable[[str, int], Sequence[Hit]]
    encoder: TextEncoder
    hits: int
    planner: Planning
    reader: TextReader
    budget: Budget
    conditions: tuple[Condition, ...] = ()
    source: FactSource | None = None
    vocabulary: Vocabulary | None = None
