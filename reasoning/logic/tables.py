"""Tables of bindings: rows of cells, each with the facts that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kgkit.facts import Fact
from reasoning.logic.values import Cell, key

__all__ = ["Row", "Table", "keys"]


@dataclass(frozen=True, slots=True)
class Row:
    """One binding of the columns; `score` in [0, 1] is how sure its facts are together."""

    cells: tuple[Cell, ...]
    facts: tuple[Fact, ...] = ()
    score: float = 1.0

    def with_facts(self, facts: Sequence[Fact], *cells: Cell) -> Row:
        """Return the row with more cells at its end, resting on more facts."""
        held = {fact.id for fact in self.facts}
        new = [fact for fact in facts if fact.id not in held]
        score = self.score
        for fact in new:
            score *= fact.confidence
        return Row((*self.cells, *cells), (*self.facts, *new), round(score, 9))


class Table:
    """Rows that differ in their cells; of two derivations of one row the surer one is kept."""

    def __init__(self, columns: Sequence[str], rows: Iterable[Row] = ()) -> None:
        self.columns = tuple(columns)
        found: dict[tuple[tuple[str, ...], ...], Row] = {}
        for row in rows:
            cells = keys(row.cells)
            held = found.get(cells)
            if held is None or (-row.score, len(row.facts)) < (-held.score, len(held.facts)):
                found[cells] = row
        self.rows = tuple(found.values())

    @classmethod
    def unit(cls) -> Table:
        """Return the table with no column and one row, with which a program begins."""
        return cls((), [Row(())])

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Cell]]:
        for row in self.rows:
            yield self.mapping(row)

    def mapping(self, row: Row) -> Mapping[str, Cell]:
        """Return a row of this table by column."""
        return dict(zip(self.columns, row.cells, strict=True))

    def column(self, name: str) -> list[Cell]:
        """Return the different values of a column, in order of their first row."""
        place = self.columns.index(name)
        return list({key(row.cells[place]): row.cells[place] for row in self.rows}.values())

    def project(self, names: Sequence[str]) -> Table:
        """Return the table with these columns only, in this order."""
        places = [self.columns.index(name) for name in names]
        rows = (Row(tuple(row.cells[i] for i in places), row.facts, row.score) for row in self.rows)
        return Table(names, rows)

    def groups(self, names: Sequence[str]) -> dict[tuple[tuple[str, ...], ...], list[Row]]:
        """Return the rows with equal values of these columns together, in order."""
        places = [self.columns.index(name) for name in names]
        found: dict[tuple[tuple[str, ...], ...], list[Row]] = {}
        for row in self.rows:
            found.setdefault(keys([row.cells[i] for i in places]), []).append(row)
        return found


def keys(cells: Iterable[Cell]) -> tuple[tuple[str, ...], ...]:
    """Return what tells a list of cells from others."""
    return tuple(key(cell) for cell in cells)
