"""Running a plan over graph and text: each step keeps its best bindings, and the chain decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kgkit.errors import QueryError
from kgkit.facts import Entity, Fact, Literal
from reasoning.answers.words import roots
from reasoning.executing.asks import filled, kind_of_step, relation_words
from reasoning.executing.cascade import Finder
from reasoning.executing.combine import combined
from reasoning.executing.countries import country_of
from reasoning.executing.found import Found, Thing
from reasoning.executing.outcome import Outcome, Taken
from reasoning.executing.same import same
from reasoning.executing.settle import best_first, kept, settled
from reasoning.executing.shape import collects, given, told_number
from reasoning.logic.forms import (
    Aggregate,
    Arg,
    Combine,
    Condition,
    Filter,
    Limit,
    Program,
    Retrieve,
    Sort,
    Step,
    Term,
)
from reasoning.logic.run import run, sorted_before_limits
from reasoning.logic.source import MemoryFacts
from reasoning.logic.tables import Row, Table, keys
from reasoning.logic.values import Cell, literal
from reasoning.planning.plan import Failure, Plan

__all__ = ["execute"]

#: Bindings kept of one step of one row, and rows for each thing that the question names.
_BRANCHES, _BEAM = 3, 5
#: A binding or row less sure than this share of the best is let go.
_SHARE = 0.2
#: What is listed or counted is nearly as sure as the best of it, and at most so many.
_LISTED, _ALL = 0.6, 1000
#: What is left of the trust in a comparison that lacks a side.
_LACKING = 0.3
#: A plan less sure than this is a makeshift.
_MEANT = 0.5
_NOTHING = MemoryFacts(())


def execute(plan: Plan, finder: Finder, *, conditions: Sequence[Condition] = ()) -> Outcome:
    """Run a plan; `conditions` are added to each of its retrieve steps.

    A step that leaves nothing ends it with a `Failure`, which a planner may plan around; another
    value than the one that is sought is no denial. Where a test leaves nothing, "exists" is false.
    """
    return _Execution(plan, finder, tuple(conditions)).outcome()


class _Execution:
    def __init__(self, plan: Plan, finder: Finder, conditions: tuple[Condition, ...]) -> None:
        self._plan = plan
        self._finder = finder
        self._conditions = conditions
        asks = (*plan.asks, *[""] * len(plan.steps))
        self._asks = dict(zip(plan.steps, asks, strict=False))
        self._given = frozenset(given(plan.program))
        # The plan of a single step, if it is meant, is answered or not; others may be guessed at.
        self._may_guess = len(plan.steps) > 1 or plan.score < _MEANT
        self._is_list = any(collects(step, self._given) for step in plan.program.steps)
        self._bound: list[Entity] = []
        self._before: Table | None = None
        self._beside: tuple[Fact, ...] = ()
        self._taken: list[Taken] = []

    def outcome(self) -> Outcome:
        try:
            table = self._run(self._plan.program, Table.unit())
        except _Stopped as stopped:
            failure = Failure(self._plan, stopped.step, stopped.reason)
            return Outcome(self._plan, Table(()), tuple(self._taken), failure)
        except QueryError as error:
            failure = Failure(self._plan, self._taken[-1].step if self._taken else "", str(error))
            return Outcome(self._plan, Table(()), tuple(self._taken), failure)
        ordered = Table(table.columns, best_first(table.rows))
        return Outcome(self._plan, ordered, tuple(self._taken), beside=self._beside)

    def _run(self, program: Program, table: Table) -> Table:
        for step in sorted_before_limits(program).steps:
            table = self._step(step, table)
            surest = best_first(table.rows)[:1]
            best = ", ".join(_shown(cell) for row in surest for cell in row.cells)
            self._taken.append(Taken(str(step), len(table), best))
        return table

    def _step(self, step: Step, table: Table) -> Table:
        if isinstance(step, Retrieve):
            return self._retrieved(step, table)
        if isinstance(step, Combine):
            left = table if step.left is None else self._run(step.left, table)
            return combined(step.operation, left, self._run(step.right, table))
        if isinstance(step, Aggregate) and step.function == "exists":
            return self._existing(step, table)
        if isinstance(step, Aggregate) and step.function == "count":
            told = told_number(step, table)
            if told is not None:
                return told
        if isinstance(step, Filter):
            if self._plan.kind == "yesno":
                table = settled(table, self._given)
            self._before = table
        elif isinstance(step, Arg):
            table = self._all_there(settled(table, self._given, step.of))
            self._beside = tuple(fact for row in best_first(table.rows) for fact in row.facts)
        elif isinstance(step, Sort | Limit):
            table = settled(table, self._given) if self._given & {*table.columns} else table
        return run(Program((step,)), _NOTHING, table=table).table

    def _all_there(self, table: Table) -> Table:
        """Return the table with less trust where not all that is to be compared is in it."""
        wanted = max((len(names) for names in self._given_names()), default=0)
        if len(table) >= wanted:
            return table
        rows = (replace(row, score=round(_LACKING * row.score, 6)) for row in table.rows)
        return Table(table.columns, rows)

    def _given_names(self) -> Iterator[tuple[str, ...]]:
        for step in self._plan.steps:
            for end in (step.head, step.tail):
                if isinstance(end, Term) and end.variable:
                    yield end.names

    def _existing(self, step: Aggregate, table: Table) -> Table:
        """Return whether rows are left; where none is, what spoke against them is the reason."""
        if len(table) or self._before is None or not len(self._before):
            return run(Program((step,)), _NOTHING, table=table).table
        against = best_first(self._before.rows)[0]
        false = Row((Literal(False, "boolean"),), against.facts, against.score)
        return Table([step.variable], [false])

    def _retrieved(self, step: Retrieve, table: Table) -> Table:
        ask = self._asks.get(step, "")
        step = replace(step, conditions=(*step.conditions, *self._conditions))
        ends = [step.head, step.tail]
        names = [end.variable for end in ends if isinstance(end, Term) and end.variable]
        new = list(dict.fromkeys(name for name in names if name not in table.columns))
        rows: list[Row] = []
        other = False
        reached: dict[object, float] = {}
        places = self._places(table)
        for row in self._worth(table):
            group = keys(row.cells[i] for i in places)
            if not self._is_list and row.score <= reached.get(group, 0.0):
                continue  # whatever it gives is no surer than what is there
            for made, holds in self._matches(step, ask, table.mapping(row)):
                grown = Row(
                    (*row.cells, *(made.cells[name] for name in new)),
                    tuple({f.id: f for f in (*row.facts, made.fact)}.values()),
                    round(row.score * made.score, 6),
                )
                if not holds:
                    other = True
                    continue
                rows.append(grown)
                reached[group] = max(reached.get(group, 0.0), grown.score)
        columns = [*table.columns, *new]
        if not rows:
            known = "what they give is another value" if other else "nothing gives it a value"
            raise _Stopped(str(step), known)
        return kept(rows, columns, self._given, _ALL if self._is_list else _BEAM)

    def _places(self, table: Table) -> list[int]:
        """Return the columns that stand for names of the question."""
        return [i for i, name in enumerate(table.columns) if name in self._given]

    def _worth(self, table: Table) -> list[Row]:
        """Return the rows that are worth another step: not far behind the best that begins with
        the same names."""
        best: dict[object, float] = {}
        places = self._places(table)
        chosen = []
        for row in best_first(table.rows):
            top = best.setdefault(keys(row.cells[i] for i in places), row.score)
            if row.score >= _SHARE * top:
                chosen.append(row)
        return chosen

    def _matches(
        self, step: Retrieve, ask: str, row: Mapping[str, Cell]
    ) -> Iterator[tuple[_Match, bool]]:
        """Yield what may be joined to a row, and whether it holds or speaks against the step."""
        heads, tails = self._known(step.head, row), self._known(step.tail, row)
        relation = relation_words(step)
        backwards = heads is None
        starts = (tails if backwards else heads) or []
        others = None if backwards else tails
        target = step.head if backwards else step.tail
        for start in starts:
            if isinstance(start, Literal):
                continue
            asked = filled(ask, {**row, **_self(step, start, backwards)})
            end = target if isinstance(target, Term) else None
            found = self._finder.exact(step, start, backwards=backwards)
            if not found:
                kind = kind_of_step(asked, relation, end)
                loose = self._finder.loose(
                    asked, start, relation, kind, step.conditions, may_guess=self._may_guess
                )
                found = self._chosen(loose, is_check=others is not None)
            yield from self._joined(step, start, others, found, backwards=backwards)

    def _chosen(self, found: Sequence[Found], *, is_check: bool) -> list[Found]:
        """Return the candidates that are followed: the few surest of rival ones, and all that
        are nearly as sure as the best where all of them are meant."""
        top = found[0].score if found else 0.0
        if self._is_list:
            return [each for each in found if each.score >= _LISTED * top][:_ALL]
        most = 2 * _BRANCHES if is_check else _BRANCHES
        return [each for each in found if each.score >= _SHARE * top][:most]

    def _joined(
        self,
        step: Retrieve,
        start: Thing,
        others: list[Thing | Literal] | None,
        found: Sequence[Found],
        *,
        backwards: bool,
    ) -> Iterator[tuple[_Match, bool]]:
        is_country = "nation" in roots(relation_words(step))
        for each in found:
            value = self._interned(each.value, is_country=is_country)
            cells: dict[str, Cell] = {}
            near, far = (step.tail, step.head) if backwards else (step.head, step.tail)
            if isinstance(near, Term) and near.variable:
                cells[near.variable] = self._interned(replace(start.entity, name=start.name))
            if isinstance(far, Term) and far.variable:
                cells[far.variable] = value
            holds = others is None or any(_is(other, each.value) for other in others)
            yield _Match(cells, each.fact, each.score), holds

    def _known(self, end: Term | object, row: Mapping[str, Cell]) -> list[Thing | Literal] | None:
        """Return what an end is bound to, None where it is free."""
        if not isinstance(end, Term):
            return [literal(end)]  # type: ignore[arg-type]
        cell = row.get(end.variable) if end.variable else None
        if cell is not None:
            return [self._finder.thing_of(cell) if isinstance(cell, Entity) else cell]
        if end.names:
            return list(self._finder.things(end.names).values())
        return None

    def _interned(self, cell: Cell, *, is_country: bool = False) -> Cell:
        """Return an entity under the id by which the same one is bound already; countries are
        the same as what lies in them."""
        if not isinstance(cell, Entity):
            return cell
        country = country_of(cell.name) if is_country else ""
        for held in self._bound:
            if same(held, cell) or (country and country == country_of(held.name)):
                return replace(cell, id=held.id)
        self._bound.append(cell)
        return cell


@dataclass(frozen=True, slots=True)
class _Match:
    cells: dict[str, Cell]
    fact: Fact
    score: float


class _Stopped(Exception):
    def __init__(self, step: str, reason: str) -> None:
        self.step, self.reason = step, reason


def _self(step: Retrieve, start: Thing, backwards: bool) -> dict[str, Cell]:
    end = step.tail if backwards else step.head
    return {end.variable: start.entity} if isinstance(end, Term) and end.variable else {}


def _is(other: Thing | Literal, value: Cell) -> bool:
    if isinstance(other, Literal):
        return same(other, value)
    return same(other.entity, value) or (
        isinstance(value, Entity) and any(e.id == value.id for e in other.entities)
    )


def _shown(cell: Cell) -> str:
    return cell.name if isinstance(cell, Entity) else cell.text or str(cell.value)
