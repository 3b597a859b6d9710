"""Joining the rows of two blocks: union, intersection, difference."""

from __future__ import annotations

from reasoning.logic.tables import Row, Table, keys

__all__ = ["combined"]


def combined(operation: str, left: Table, right: Table) -> Table:
    """Return the rows of either block ("union"), or those of the left one with which the right
    one agrees ("intersect") or does not ("except") on the columns that both have.

    >>> from kgkit.facts import Literal
    >>> ones = Table(["x"], [Row((Literal(1),)), Row((Literal(2),))])
    >>> [row.cells[0].value for row in combined("except", ones, Table(["x"], ones.rows[:1])).rows]
    [2]
    """
    shared = [name for name in left.columns if name in right.columns]
    if operation == "union":
        return Table(shared, [*left.project(shared).rows, *right.project(shared).rows])
    known = right.groups(shared)
    places = [left.columns.index(name) for name in shared]
    rows = []
    for row in left.rows:
        agreeing = known.get(keys(row.cells[i] for i in places), ())
        if operation == "except" and not agreeing:
            rows.append(row)
        elif operation == "intersect" and agreeing:
            best = max(agreeing, key=lambda each: each.score)
            facts = {fact.id: fact for fact in (*row.facts, *best.facts)}
            rows.append(Row(row.cells, tuple(facts.values()), round(row.score * best.score, 6)))
    return Table(left.columns, rows)
