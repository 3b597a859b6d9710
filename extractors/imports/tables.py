"""Tables of any kind as rows: files and frames, read a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.imports.base import RefusedRow
from kgkit.errors import InputError, ReadError

__all__ = ["Row", "Table", "as_table", "open_table"]

#: Rows of a frame that are turned into Python values at a time.
_PIECE = 4096


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number, counted from 1, and its cells by column."""

    number: str
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one source. `columns` are in order, or None where every row has its own.

    `rows` makes a new iterator with each call; it raises `ReadError` for damage that it meets
    on the way, and yields what is wrong with single rows as `RefusedRow`.
    """

    source: str
    columns: tuple[str, ...] | None
    rows: Callable[[], Iterator[Row | RefusedRow]]

    def find(self, column: str | int) -> str:
        """Return the name of a column given by name, or by number from 1.

        Raises `InputError` naming the columns that are there.
        """
        name, known = str(column), self.columns
        if known is None or name in known:
            return name
        if name.isdecimal() and 1 <= int(name) <= len(known):
            return known[int(name) - 1]
        raise InputError(
            f"{self.source} has no column {name!r}; its columns are "
            f"{', '.join(map(repr, known))}; name one of them, or give its number"
        )


def open_table(
    path: Path, *, delimiter: str = "", header: bool = True, encoding: str = "utf-8"
) -> Table:
    """Return the table in a file: Parquet by its suffix, else text with delimiters.

    Raises `ReadError` when the file is missing, empty or not what its suffix says, and
    `MissingExtra` for Parquet without pyarrow.
    """
    from extractors.imports.delimited import open_delimited
    from extractors.imports.parquet import open_parquet

    if not path.is_file():
        raise ReadError(f"{path} is no file; check the path")
    if path.suffix.lower() in (".parquet", ".pq"):
        return open_parquet(path)
    return open_delimited(path, delimiter=delimiter, header=header, encoding=encoding)


def as_table(rows: Any, source: str = "table") -> Table:
    """Return a pandas DataFrame, a pyarrow Table or an iterable of dicts as a table.

    Raises `InputError` for anything else. An iterator can be gone through once.
    """
    if isinstance(rows, Table):
        return rows
    if hasattr(rows, "to_batches") and hasattr(rows, "column_names"):
        names = tuple(map(str, rows.column_names))
        return Table(source, names, lambda: _numbered(source, _arrow_rows(rows)))
    if hasattr(rows, "iloc") and hasattr(rows, "columns"):
        names = tuple(map(str, rows.columns))
        return Table(source, names, lambda: _numbered(source, _pandas_rows(rows, names)))
    if isinstance(rows, str | bytes | Mapping) or not isinstance(rows, Iterable):
        raise InputError(
            f"a {type(rows).__name__} is no table; give a DataFrame, a pyarrow Table or dicts"
        )
    return Table(source, None, lambda: _numbered(source, rows))


def _numbered(source: str, rows: Iterable[Any]) -> Iterator[Row | RefusedRow]:
    for number, cells in enumerate(rows, 1):
        if isinstance(cells, Mapping):
            yield Row(str(number), cells)
        else:
            reason = f"it is a {type(cells).__name__}; expected a dict from column to value"
            yield RefusedRow(source, str(number), reason)


def _arrow_rows(table: Any) -> Iterator[Any]:
    for batch in table.to_batches(max_chunksize=_PIECE):
        yield from batch.to_pylist()


def _pandas_rows(frame: Any, names: tuple[str, ...]) -> Iterator[Any]:
    for start in range(0, len(frame), _PIECE):
        # An object column keeps the Python values; rows of one dtype would be widened to it.
        piece = frame.iloc[start : start + _PIECE].astype(object)
        for cells in piece.itertuples(index=False, name=None):
            yield dict(zip(names, cells, strict=True))
