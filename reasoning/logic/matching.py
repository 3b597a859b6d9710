"""Retrieving: joining the facts that match a step to the rows of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from kgkit.errors import QueryError
from kgkit.facts import Entity, Literal
from reasoning.logic.budget import Budget
from reasoning.logic.expressions import Constant, Use
from reasoning.logic.forms import Condition, Retrieve, Term
from reasoning.logic.reach import Derive, Match, Reach
from reasoning.logic.source import FactSource
from reasoning.logic.tables import Row, Table
from reasoning.logic.validity import holds_at
from reasoning.logic.values import Cell, compare, key, literal
from stores.property_graph.naming import label, property_name

__all__ = ["retrieve"]

#: A match, and what it binds.
_Bound = tuple[Match, Mapping[str, Cell]]


def retrieve(
    step: Retrieve,
    table: Table,
    source: FactSource,
    derive: Derive | None = None,
    budget: Budget | None = None,
) -> Table:
    """Return the table joined with the facts that match.

    Raises `QueryError` for a variable that is bound to a value where an entity is needed, for
    `deduce` where there are no rules and for more rows than `budget` allows, and `QueryTimeout`.
    """
    budget = budget or Budget()
    heads = _wanted(step.head, table, source)
    tails = None if isinstance(step.tail, Constant) else _wanted(step.tail, table, source)
    reach = Reach(step, source, derive)
    if not _may_be_text(step.tail):
        found = reach.matches(heads, tails)
    elif heads is not None:
        found = reach.matches(heads, None)
    else:
        found = chain(reach.matches(None, tails), reach.values())
    head_ids, tail_ids = _as_set(heads), _as_set(tails)
    matches = [
        match
        for match in budget.timed(found)
        if _fits(step.head, match.head, head_ids) and _fits(step.tail, match.tail, tail_ids)
    ]
    return _joined(step, table, matches, budget)


def _may_be_text(tail: Term | Constant) -> bool:
    """Return whether a name may be the text of a literal as well as that of an entity."""
    return isinstance(tail, Term) and bool(tail.names) and tail.type is None


def _wanted(term: Term, table: Table, source: FactSource) -> Sequence[str] | None:
    """Return the ids of the entities that an end may be, None where nothing says."""
    found: list[str] | None = None
    if term.names:
        known = source.named(term.names)
        found = [entity.id for name in term.names for entity in known.get(name, ())]
    if term.variable in table.columns:
        bound = [cell.id for cell in table.column(term.variable) if isinstance(cell, Entity)]
        named = _as_set(found)
        found = bound if named is None else [id for id in bound if id in named]
        # Values that are bound join by what they are, not by id.
        if len(bound) < len(table.column(term.variable)):
            return None
    return found


def _as_set(ids: Sequence[str] | None) -> frozenset[str] | None:
    return None if ids is None else frozenset(ids)


def _fits(term: Term | Constant, end: Cell, wanted: frozenset[str] | None) -> bool:
    if isinstance(term, Constant):
        return isinstance(end, Literal) and compare("=", end, literal(term))
    if isinstance(end, Literal) and term.names:
        return term.type is None and end.value in term.names
    if wanted is not None and (not isinstance(end, Entity) or end.id not in wanted):
        return False
    if term.type is not None:
        return isinstance(end, Entity) and label(end.type) == label(term.type)
    return True


def _joined(step: Retrieve, table: Table, matches: Sequence[Match], budget: Budget) -> Table:
    """Join by the variables that are bound; those that are not become new columns."""
    names = [step.head.variable, step.path.variable]
    names.append(None if isinstance(step.tail, Constant) else step.tail.variable)
    free = [c.operand.variable for c in step.conditions if isinstance(c.operand, Use)]
    new = list(dict.fromkeys(n for n in [*names, *free] if n and n not in table.columns))
    shared = [name for name in dict.fromkeys(names) if name and name in table.columns]
    places = [table.columns.index(name) for name in shared]
    index: dict[tuple[tuple[str, ...], ...], list[_Bound]] = defaultdict(list)
    for match in matches:
        cells = _cells(names, match)
        if cells is not None:
            index[tuple(key(cells[name]) for name in shared)].append((match, cells))

    def rows() -> Iterator[Row]:
        for row in table.rows:
            for match, cells in index.get(tuple(key(row.cells[i]) for i in places), ()):
                if not step.conditions:
                    yield row.with_facts(match.facts, *(cells[name] for name in new))
                    continue
                bound = {**table.mapping(row), **cells}
                for met in _conditioned(step.conditions, match, bound):
                    yield row.with_facts(match.facts, *(met[name] for name in new))

    return Table([*table.columns, *new], budget.counted(rows(), step))


def _cells(names: Sequence[str | None], match: Match) -> dict[str, Cell] | None:
    """Return what a match binds; None where one variable would hold two things."""
    cells: dict[str, Cell] = {}
    ends: tuple[Cell, ...] = (match.head, Literal(match.relation), match.tail)
    for name, cell in zip(names, ends, strict=True):
        if name is None:
            continue
        if name in cells and key(cells[name]) != key(cell):
            return None
        cells[name] = cell
    return cells


def _conditioned(
    conditions: Sequence[Condition], match: Match, bound: Mapping[str, Cell]
) -> Iterator[Mapping[str, Cell]]:
    """Yield the bindings under which all facts of the match meet the conditions."""
    if not conditions:
        yield bound
        return
    first, rest = conditions[0], conditions[1:]
    operand = first.operand
    if first.role == "at":
        cell = _operand(operand, bound)
        if all(holds_at(fact.qualifiers, cell) for fact in match.facts):
            yield from _conditioned(rest, match, bound)
        return
    role = property_name(first.role)
    held = [q.value for f in match.facts for q in f.qualifiers if property_name(q.role) == role]
    if isinstance(operand, Use) and operand.variable not in bound:
        for value in held if first.sign == "=" else ():
            yield from _conditioned(rest, match, {**bound, operand.variable: value})
        return
    cell = _operand(operand, bound)
    if any(_compares(first.sign, value, cell) for value in held):
        yield from _conditioned(rest, match, bound)


def _compares(sign: str, left: Cell, right: Cell) -> bool:
    try:
        return compare(sign, left, right)
    except QueryError:  # of another kind than asked for
        return False


def _operand(operand: Constant | Use, bound: Mapping[str, Cell]) -> Cell:
    if isinstance(operand, Constant):
        return literal(operand)
    if operand.variable not in bound:
        raise QueryError(f"?{operand.variable} is not bound; bind it before 'at {operand}'.")
    return bound[operand.variable]
