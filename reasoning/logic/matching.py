"""Retrieving: joining the facts that match a step to the rows of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from kgkit.errors import QueryError
from kgkit.facts import Entity, Literal, Qualifier
from reasoning.logic.expressions import Constant, Use
from reasoning.logic.forms import Condition, Retrieve, Term
from reasoning.logic.reach import Derive, Match, Reach
from reasoning.logic.source import FactSource
from reasoning.logic.tables import Row, Table
from reasoning.logic.times import Time, time_of
from reasoning.logic.values import Cell, compare, key, literal
from stores.property_graph.naming import label, property_name

__all__ = ["retrieve"]

_FROM, _TO = ("valid_from", "start", "start_time", "since"), ("valid_to", "end", "end_time")
_WHEN = ("time", "point_in_time", "at", "date", "year")


def retrieve(
    step: Retrieve, table: Table, source: FactSource, derive: Derive | None = None
) -> Table:
    """Return the table joined with the facts that match.

    Raises `QueryError` for a variable that is bound to a value where an entity is needed, and
    for `deduce` where there are no rules.
    """
    heads = _wanted(step.head, table, source)
    tails = None if isinstance(step.tail, Constant) else _wanted(step.tail, table, source)
    reach = Reach(step, source, derive)
    if not _may_be_text(step.tail):
        found = reach.matches(heads, tails)
    elif heads is not None:
        found = reach.matches(heads, None)
    else:
        texts = (each for each in reach.matches(None, None) if isinstance(each.tail, Literal))
        found = chain(reach.matches(None, tails), texts)
    matches = [
        match
        for match in found
        if _fits(step.head, match.head, heads) and _fits(step.tail, match.tail, tails)
    ]
    return _joined(step, table, matches)


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
        found = bound if found is None else [id for id in bound if id in set(found)]
        # Values that are bound join by what they are, not by id.
        if len(bound) < len(table.column(term.variable)):
            return None
    return found


def _fits(term: Term | Constant, end: Cell, wanted: Sequence[str] | None) -> bool:
    if isinstance(term, Constant):
        return isinstance(end, Literal) and compare("=", end, literal(term))
    if isinstance(end, Literal) and term.names:
        return term.type is None and end.value in term.names
    if wanted is not None and (not isinstance(end, Entity) or end.id not in set(wanted)):
        return False
    if term.type is not None:
        return isinstance(end, Entity) and label(end.type) == label(term.type)
    return True


def _joined(step: Retrieve, table: Table, matches: Sequence[Match]) -> Table:
    """Join by the variables that are bound; those that are not become new columns."""
    names = [step.head.variable, step.path.variable]
    names.append(None if isinstance(step.tail, Constant) else step.tail.variable)
    free = [c.operand.variable for c in step.conditions if isinstance(c.operand, Use)]
    new = list(dict.fromkeys(n for n in [*names, *free] if n and n not in table.columns))
    shared = [name for name in dict.fromkeys(names) if name and name in table.columns]
    places = [table.columns.index(name) for name in shared]
    index: dict[tuple[tuple[str, ...], ...], list[Match]] = defaultdict(list)
    for match in matches:
        cells = _cells(names, match)
        if cells is not None:
            index[tuple(key(cells[name]) for name in shared)].append(match)
    rows: list[Row] = []
    for row in table.rows:
        for match in index.get(tuple(key(row.cells[i]) for i in places), ()):
            bound = {**table.mapping(row), **(_cells(names, match) or {})}
            met = _conditioned(step.conditions, match, bound)
            rows.extend(row.with_facts(match.facts, *(m[name] for name in new)) for m in met)
    return Table([*table.columns, *new], rows)


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
        if all(_holds_at(fact.qualifiers, cell) for fact in match.facts):
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


def _holds_at(qualifiers: Iterable[Qualifier], cell: Cell) -> bool:
    """Return whether nothing says that a fact with these qualifiers did not hold at that time."""
    time = time_of(cell.value) if isinstance(cell, Literal) else None
    if time is None:
        raise QueryError(f"'at' takes a time such as 1990 or 1990-05-01; {cell} is none.")
    for qualifier in qualifiers:
        value = qualifier.value
        other = time_of(value.value) if isinstance(value, Literal) else None
        if other is not None and not _allows(property_name(qualifier.role), other, time):
            return False
    return True


def _allows(role: str, known: Time, asked: Time) -> bool:
    if role in _FROM:
        return known.span[0] <= asked.span[1]
    if role in _TO:
        return asked.span[0] <= known.span[1]
    if role in _WHEN:
        return known.span[0] <= asked.span[1] and asked.span[0] <= known.span[1]
    return True
