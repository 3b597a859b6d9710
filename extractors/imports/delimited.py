"""Tables as text: cells between commas, semicolons, tabs or bars, quoted where they need it.

Read a row at a time. A row that is not like the header is refused and the next one read, so one
broken line never ends an import.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from extractors.imports.base import RefusedRow
from extractors.imports.names import shown
from extractors.imports.tables import Row, Table
from kgkit.errors import InputError, ReadError

__all__ = ["open_delimited"]

# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What `surrogateescape` makes of a byte that is not of the encoding.
_ALIEN = re.compile("[\udc80-\udcff]")

#: Characters of the longest cell. A quote that is never closed makes a cell of the whole rest.
_LONGEST_CELL = 16_000_000
#: Characters of a header in which delimiters are counted.
_HEAD = 65_536


def open_delimited(
    path: Path, *, delimiter: str = "", header: bool = True, encoding: str = "utf-8"
) -> Table:
    """Return the table in a text file; a byte order mark says its encoding, else `encoding`.

    Without `delimiter` it is the tab in .tsv files, else the commonest of , ; tab | in the first
    line. Without `header` the columns are named "1", "2", ... Raises `ReadError` when the file
    is empty or cannot be read, and `InputError` for an unusable delimiter or encoding.
    """
    if len(delimiter) > 1:
        raise InputError(f"delimiter={delimiter!r} is not usable; expected one character")
    encoding = _encoding_of(path, encoding)
    if not delimiter:
        delimiter = "\t" if path.suffix.lower() == ".tsv" else _sniff(path, encoding)
    first = next((cells for _, cells in _cells(path, encoding, delimiter) if cells), None)
    if not isinstance(first, list):
        raise ReadError(f"{path} begins with no table row ({first}); expected column names")
    columns = _columns(path, first) if header else tuple(str(n + 1) for n in range(len(first)))

    def rows() -> Iterator[Row | RefusedRow]:
        number = 0 if header else 1
        for line, cells in _cells(path, encoding, delimiter):
            if not cells:
                continue
            if number:
                yield _row(path.as_posix(), (number, line), columns, cells)
            number += 1

    return Table(path.as_posix(), columns, rows)


def _row(
    source: str, place: tuple[int, int], columns: tuple[str, ...], cells: list[str] | str
) -> Row | RefusedRow:
    number, line = place
    if isinstance(cells, str):
        return RefusedRow(source, str(number), f"{cells} (line {line}); mend or quote it")
    if len(cells) != len(columns):
        return RefusedRow(
            source,
            str(number),
            f"it has {len(cells)} cells (line {line}, {shown(cells[0])}), expected {len(columns)}; "
            "quote or mend it",
        )
    for column, cell in zip(columns, cells, strict=True):
        if alien := _ALIEN.search(cell):
            byte = ord(alien.group()) - 0xDC00
            reason = (
                f"column {column!r} holds the byte 0x{byte:02x} (line {line}), which is not of the "
                "encoding; pass encoding='latin-1', or convert the file"
            )
            return RefusedRow(source, str(number), reason)
        if "\0" in cell:
            reason = f"column {column!r} holds a NUL (line {line}); expected text"
            return RefusedRow(source, str(number), reason)
    return Row(str(number), dict(zip(columns, cells, strict=True)))


def _columns(path: Path, first: Sequence[str]) -> tuple[str, ...]:
    if any("\0" in cell or _ALIEN.search(cell) for cell in first):
        raise ReadError(
            f"{path} has a header of bytes that are not of the encoding; check that it is a table "
            "of text, and pass its encoding="
        )
    names = tuple(" ".join(cell.split()) or str(n) for n, cell in enumerate(first, 1))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ReadError(f"{path} has two columns named {twice[0]!r}; rename one of them")
    return names


def _cells(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the line at which each row ends with its cells, or with what is wrong with it."""
    with _open(path, encoding) as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        while True:
            cells = _next(path, reader)
            if cells is None:
                return
            yield reader.line_num, cells


def _next(path: Path, reader: Iterator[list[str]]) -> list[str] | str | None:
    # The limit is the whole process's; it is ours for this one row only.
    limit = csv.field_size_limit(_LONGEST_CELL)
    try:
        return next(reader, None)
    except csv.Error as error:
        return f"it is no table row: {error}"
    except UnicodeError as error:
        raise ReadError(f"{path} is not of its encoding ({error}); pass its encoding=") from error
    finally:
        csv.field_size_limit(limit)


def _encoding_of(path: Path, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise InputError(f"encoding={encoding!r} is not known; try 'utf-8' or 'latin-1'") from error
    with _open(path, "latin-1") as file:
        start = file.read(4).encode("latin-1")
    if not start:
        raise ReadError(f"{path} is empty; expected a header and rows")
    return next((marked for mark, marked in _MARKS if start.startswith(mark)), encoding)


def _sniff(path: Path, encoding: str) -> str:
    with _open(path, encoding) as file:
        try:
            header = file.readline(_HEAD)
        except UnicodeError as error:
            raise ReadError(f"{path} is not {encoding} ({error}); pass its encoding=") from error
    return max(",;\t|", key=header.count)


def _open(path: Path, encoding: str) -> TextIO:
    try:
        return path.open(encoding=encoding, errors="surrogateescape", newline="")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ReadError(f"{path} cannot be read ({reason}); check the path") from error
