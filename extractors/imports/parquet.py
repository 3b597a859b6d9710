"""Parquet files as tables, a batch of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.imports.base import RefusedRow
from extractors.imports.tables import Row, Table
from kgkit.errors import MissingExtra, ReadError

__all__ = ["open_parquet"]

#: Rows at a time: few, since a row of a table of documents may hold a book.
_BATCH = 64
#: Bytes of a column read at a time; without, the column of a whole row group is.
_BUFFER = 1 << 20


def open_parquet(path: Path) -> Table:
    """Return the table in a Parquet file.

    Raises `ReadError` for a file that is not Parquet, and `MissingExtra` without pyarrow.
    """
    with _open(path) as file:
        columns = tuple(map(str, file.schema_arrow.names))
    return Table(path.as_posix(), columns, lambda: _rows(path))


def _rows(path: Path) -> Iterator[Row | RefusedRow]:
    number = 0
    with _open(path) as file:
        batches = file.iter_batches(batch_size=_BATCH)
        while True:
            rows = _next(path, batches)
            if rows is None:
                return
            for cells in rows:
                number += 1
                yield Row(str(number), cells)


def _next(path: Path, batches: Iterator[Any]) -> list[dict[str, Any]] | None:
    try:
        batch = next(batches, None)
    except (ValueError, OSError) as error:  # pyarrow's errors are kinds of these
        raise ReadError(f"{path} is damaged ({_first_line(error)}); write it anew") from error
    return None if batch is None else batch.to_pylist()


def _open(path: Path) -> Any:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingExtra(
            f"{path} needs a package for Parquet: pip install 'kgkit[parquet]'"
        ) from error
    try:
        return ParquetFile(path, buffer_size=_BUFFER)
    except (ValueError, OSError) as error:
        raise ReadError(
            f"{path} is no Parquet file ({_first_line(error)}); check what wrote it"
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
