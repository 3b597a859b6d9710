"""What running a plan gives: the rows that answer, and what each step did."""

from __future__ import annotations

from dataclasses import dataclass

from kgkit.facts import Fact
from reasoning.logic.tables import Table
from reasoning.planning.plan import Failure, Plan

__all__ = ["Outcome", "Taken"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step did: its text, the rows after it, and the surest row in words."""

    step: str
    rows: int
    best: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What running a plan gave: the rows that answer, surest first, each with its facts and its
    score in [0, 1]; what each step did; why there is no row, if there is none; and the facts of
    what the answer was compared with."""

    plan: Plan
    table: Table
    taken: tuple[Taken, ...]
    failure: Failure | None = None
    beside: tuple[Fact, ...] = ()

    @property
    def score(self) -> float:
        """The score of the surest row, 0 without one."""
        return self.table.rows[0].score if len(self.table) else 0.0
