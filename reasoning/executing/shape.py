"""What a program is about: names of the question, or all values of something."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reasoning.executing.settle import best_first
from reasoning.logic.forms import (
    Aggregate,
    Arg,
    Combine,
    Limit,
    Program,
    Retrieve,
    Sort,
    Step,
    Term,
)
from reasoning.logic.tables import Row, Table
from reasoning.logic.values import number

__all__ = ["collects", "given", "told_number"]


def given(program: Program) -> Iterator[str]:
    """Yield the variables that stand for names of the question."""
    for step in program.steps:
        if isinstance(step, Retrieve):
            for end in (step.head, step.tail):
                if isinstance(end, Term) and end.variable and end.names:
                    yield end.variable
        elif isinstance(step, Combine):
            yield from given(step.right)
            yield from given(step.left) if step.left is not None else ()


def collects(step: Step, given: Collection[str]) -> bool:
    """Return whether a step is about all values of what is retrieved, not about one of them."""
    if isinstance(step, Aggregate):
        return step.function != "exists"
    return isinstance(step, Arg | Sort | Limit) and not given


def told_number(step: Aggregate, table: Table) -> Table | None:
    """Return the number where a text gives it, instead of things to count: "has 4 bridges"."""
    rows = best_first(table.rows)[:1]
    place = table.columns.index(step.of) if step.of in table.columns else -1
    if not rows or place < 0 or step.by or number(rows[0].cells[place]) is None:
        return None
    return Table([step.variable], [Row((rows[0].cells[place],), rows[0].facts, rows[0].score)])
