"""Running a program in memory, step by step, with the facts that every row rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar

from kgkit.errors import QueryError
from kgkit.facts import Literal
from reasoning.logic.budget import MOST_ROWS, Budget
from reasoning.logic.evaluate import evaluate, is_true
from reasoning.logic.expressions import Binary, Expression, Use
from reasoning.logic.forms import (
    Aggregate,
    Arg,
    Combine,
    Filter,
    Let,
    Limit,
    Output,
    Program,
    Retrieve,
    Sort,
    Step,
)
from reasoning.logic.matching import retrieve
from reasoning.logic.reach import Derive
from reasoning.logic.source import FactSource
from reasoning.logic.tables import Row, Table, keys
from reasoning.logic.values import Cell, compare, number, rank, shown

__all__ = ["Done", "Result", "run", "sorted_before_limits"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did: the step as text, the rows after it, and what happened on the way."""

    step: str
    rows: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The table that a program leaves, and what each step did."""

    table: Table
    done: tuple[Done, ...]

    @property
    def failed(self) -> Done | None:
        """The first step that left no row, None where the last table has one."""
        if len(self.table):
            return None
        return next((done for done in self.done if not done.rows), None)


def run(
    program: Program,
    source: FactSource,
    *,
    table: Table | None = None,
    derive: Derive | None = None,
    timeout: float | None = None,
    most_rows: int = MOST_ROWS,
) -> Result:
    """Run a program over a source of facts; `table` holds what is bound beforehand.

    `derive` gives what rules conclude. Raises `QueryTimeout` after `timeout` seconds, and
    `QueryError` for a step that makes more than `most_rows` rows, names an unbound variable, or
    whose expression has a value in no row.
    """
    run = _Run(source, derive, Budget(timeout, most_rows))
    done: list[Done] = []
    found = Table.unit() if table is None else table
    for step in sorted_before_limits(program).steps:
        found, notes = run.step(step, found)
        done.append(Done(str(step), len(found), notes))
    return Result(found, tuple(done))


def sorted_before_limits(program: Program) -> Program:
    """Return the program with a sort before each limit that has none, so that the rows that stay
    do not depend on what ran it.

    >>> from reasoning.logic.reading import parse
    >>> sorted_before_limits(parse("limit(3)")).inline()
    'sort(); limit(3)'
    """
    steps: list[Step] = []
    for step in program.steps:
        if isinstance(step, Limit) and not (steps and isinstance(steps[-1], Sort)):
            steps.append(Sort(()))
        steps.append(step)
    return Program(tuple(steps))


class _Run:
    def __init__(self, source: FactSource, derive: Derive | None, budget: Budget) -> None:
        self._source = source
        self._derive = derive
        self._budget = budget

    def step(self, step: Step, table: Table) -> tuple[Table, tuple[str, ...]]:
        self._budget.look()
        notes: tuple[str, ...] = ()
        match step:
            case Retrieve():
                table = retrieve(step, table, self._source, self._derive, self._budget)
            case Filter(test):
                table, notes = _filtered(test, table, self._budget)
            case Let(variable, value):
                table, notes = _extended(variable, value, table, self._budget)
            case Combine(operation, left, right):
                table = self._combined(operation, left, right, table)
            case Aggregate():
                table = _aggregated(step, table)
            case Arg(function, of, by):
                table = _best(function == "argmax", of, by, table)
            case Sort(sorting):
                table = _sorted(sorting, table)
            case Limit(rows):
                table = Table(table.columns, table.rows[:rows])
            case Output(variables):
                _bound(variables, table, step)
                table = table.project(variables)
        return table, notes

    def _combined(
        self, operation: str, left: Program | None, right: Program, table: Table
    ) -> Table:
        first = table if left is None else self._block(left, table)
        second = self._block(right, table)
        shared = [name for name in first.columns if name in second.columns]
        if operation == "union":
            return Table(shared, [*first.project(shared).rows, *second.project(shared).rows])
        if operation == "intersect":
            first = first.project([name for name in first.columns if name in shared])
        known = second.groups(shared)
        places = [first.columns.index(name) for name in shared]
        rows = []
        for row in first.rows:
            agreeing = known.get(keys(row.cells[i] for i in places), ())
            if operation == "except" and not agreeing:
                rows.append(row)
            elif operation == "intersect" and agreeing:
                rows.append(row.with_facts(max(agreeing, key=lambda r: r.score).facts))
        return Table(first.columns, rows)

    def _block(self, program: Program, table: Table) -> Table:
        for step in sorted_before_limits(program).steps:
            table, _ = self.step(step, table)
        return table


def _filtered(test: Expression, table: Table, budget: Budget) -> tuple[Table, tuple[str, ...]]:
    kept, notes = _each(table, lambda cells: is_true(test, cells), test, budget)
    return Table(table.columns, [row for row, held in kept if held]), notes


def _extended(
    variable: str, value: Expression, table: Table, budget: Budget
) -> tuple[Table, tuple[str, ...]]:
    if variable in table.columns:
        return _filtered(Binary("=", Use(variable), value), table, budget)
    made, notes = _each(table, lambda cells: evaluate(value, cells), value, budget)
    rows = (Row((*row.cells, cell), row.facts, row.score) for row, cell in made)
    return Table([*table.columns, variable], rows), notes


def _each(
    table: Table, value: Callable[..., _T], expression: Expression, budget: Budget
) -> tuple[list[tuple[Row, _T]], tuple[str, ...]]:
    """Return the value in each row that has one, and how many have none.

    Raises `QueryError` when there are rows and none has one.
    """
    found: list[tuple[Row, _T]] = []
    errors: list[QueryError] = []
    for row in budget.timed(table.rows):
        try:
            found.append((row, value(table.mapping(row))))
        except QueryError as error:
            errors.append(error)
    if errors and not found:
        raise errors[0]
    if not errors:
        return found, ()
    return found, (f"{len(errors)} rows are left out, as {expression} fails: {errors[0]}",)


def _aggregated(step: Aggregate, table: Table) -> Table:
    """Return one row a group; count and exists of an empty table are one row without `by`."""
    _bound((step.of, *step.by), table, step)
    groups = table.groups(step.by)
    if not groups and not step.by and step.function in ("count", "sum", "exists"):
        groups = {(): []}
    place = table.columns.index(step.of)
    columns = [table.columns.index(name) for name in step.by]
    rows = []
    for group in groups.values():
        cell = _aggregate(step, [row.cells[place] for row in group])
        kept = tuple(group[0].cells[i] for i in columns) if group else ()
        facts = tuple({fact.id: fact for row in group for fact in row.facts}.values())
        rows.append(Row((*kept, cell), facts, min((row.score for row in group), default=1.0)))
    return Table([*step.by, step.variable], rows)


def _aggregate(step: Aggregate, cells: Sequence[Cell]) -> Cell:
    if step.function == "count":
        return Literal(len(set(keys(cells))), "integer")
    if step.function == "exists":
        return Literal(bool(cells), "boolean")
    if step.function in ("min", "max"):
        pick = max if step.function == "max" else min
        return pick(cells, key=rank)
    for cell in cells:
        if number(cell) is None:
            raise QueryError(f"{step} adds numbers; {shown(cell)!r} is none.")
    zero: Cell = Literal(0, "integer")
    if not cells:
        return zero
    # In one order, since sums of fractions depend on it.
    total = reduce(_plus, sorted(cells, key=rank))
    if step.function == "sum":
        return total
    size = number(total) or 0
    unit = total.unit if isinstance(total, Literal) else None
    return Literal(size / len(cells), "decimal", unit=unit)


def _plus(left: Cell, right: Cell) -> Cell:
    return evaluate(Binary("+", Use("a"), Use("b")), {"a": left, "b": right})


def _best(largest: bool, of: str, by: tuple[str, ...], table: Table) -> Table:
    _bound((of, *by), table, Arg("argmax" if largest else "argmin", of, by))
    place = table.columns.index(of)
    rows = []
    for group in table.groups(by).values():
        cells = [row.cells[place] for row in group]
        best = (max if largest else min)(cells, key=_size)
        rows += [row for row in group if _ties(row.cells[place], best)]
    return Table(table.columns, rows)


def _size(cell: Cell) -> tuple[int, tuple[Any, ...]]:
    return rank(cell)[:2]


def _ties(cell: Cell, best: Cell) -> bool:
    return _size(cell) == _size(best) and (
        not isinstance(cell, Literal) or compare("=", cell, best)
    )


def _sorted(sorting: Sequence[tuple[str, bool]], table: Table) -> Table:
    _bound(tuple(name for name, _ in sorting), table, Sort(tuple(sorting)))
    rows = sorted(table.rows, key=lambda row: [rank(cell) for cell in row.cells])
    for name, falling in reversed(sorting):
        place = table.columns.index(name)
        rows.sort(key=lambda row: _size(row.cells[place]), reverse=falling)
    return Table(table.columns, rows)


def _bound(names: Sequence[str], table: Table, step: Step) -> None:
    for name in names:
        if name not in table.columns:
            have = ", ".join(f"?{column}" for column in table.columns) or "nothing"
            raise QueryError(f"?{name} in {step} is not bound; what is bound: {have}.")
