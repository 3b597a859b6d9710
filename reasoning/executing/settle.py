"""From alternatives to one reading: what is compared or counted must not hold rival guesses."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reasoning.logic.tables import Row, Table, keys

__all__ = ["best_first", "kept", "settled"]

#: Rows less sure than this share of the best are no answers to be counted.
_COUNTED = 0.5


def settled(table: Table, given: Collection[str], of: str | None = None) -> Table:
    """Return the table with the surest row for each thing that is compared.

    These are the values of the `given` columns, named in the question; without any, of all columns
    but `of`, the one compared by.

    >>> from kgkit.facts import Literal
    >>> rows = [Row((Literal("a"), Literal(1)), score=0.2), Row((Literal("a"), Literal(2)))]
    >>> [row.cells[1].value for row in settled(Table(["x", "y"], rows), ["x"]).rows]
    [2]
    """
    by = [name for name in table.columns if name in given]
    if not by and of is not None:
        by = [name for name in table.columns if name != of]
    rows = (max(group, key=_surest) for group in table.groups(by).values())
    return Table(table.columns, rows)


def kept(rows: Sequence[Row], columns: Sequence[str], given: Collection[str], most: int) -> Table:
    """Return the table of the surest rows, at most `most` for each value of the given columns."""
    places = [i for i, name in enumerate(columns) if name in given]
    held: dict[tuple[tuple[str, ...], ...], int] = {}
    chosen = []
    for row in best_first(rows):
        group = keys(row.cells[i] for i in places)
        if held.get(group, 0) < most:
            held[group] = held.get(group, 0) + 1
            chosen.append(row)
    return Table(columns, chosen)


def best_first(rows: Sequence[Row]) -> list[Row]:
    """Return rows by score, equals by what they hold."""
    return sorted(rows, key=lambda row: (-round(row.score, 6), keys(row.cells)))


def _surest(row: Row) -> tuple[float, tuple[tuple[str, ...], ...]]:
    return round(row.score, 6), keys(row.cells)
