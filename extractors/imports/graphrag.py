"""The output folder of GraphRAG: entities and relationships with the texts they were read in.

Parquet tables `entities`, `relationships`, `text_units` and `documents`, the latter two where
they are there; before version 1 their names began with `create_final_`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.imports.base import Imported, RefusedRow
from extractors.imports.names import words
from extractors.imports.parquet import open_parquet
from extractors.imports.tables import Table
from extractors.imports.units import Statement, TextUnits
from extractors.imports.values import is_missing, make_literal
from extractors.readers.source import clean
from kgkit.errors import InputError, ReadError
from kgkit.facts import Document

__all__ = ["read_graphrag"]

_Cells = Mapping[str, Any]


def read_graphrag(path: Path, *, score: float = 0.9) -> Iterator[Imported]:
    """Yield the documents with what was read in them, and refused rows.

    `path` is the folder, or one of the tables in it. An entity's description is a fact of it; a
    relationship is RELATED_TO with its description as predicate and its weight as qualifier.
    `score` in [0, 1] is how far the model that read them is trusted. Raises `ReadError` when
    there are neither entities nor relationships, and `MissingExtra` without pyarrow.
    """
    folder = path if path.is_dir() else path.parent
    tables = {
        name: table
        for name in ("text_units", "entities", "relationships", "documents")
        if (table := _table(folder, name)) is not None
    }
    if not tables.keys() & {"entities", "relationships"}:
        raise ReadError(
            f"{folder} holds no GraphRAG output; expected entities.parquet, relationships.parquet "
            "and, for the texts, text_units.parquet and documents.parquet"
        )
    with TextUnits(folder.as_posix(), "graphrag", score) as units:
        for name, table in tables.items():
            _check(table, _COLUMNS[name])
            for row in table.rows():
                if isinstance(row, RefusedRow):
                    yield row
                    continue
                step = _STEPS[name](units, row.cells, f"{name} {row.number}", folder)
                try:
                    yield from step
                except InputError as error:
                    yield RefusedRow(table.source, row.number, str(error))
        yield from units.take_rest()


def _table(folder: Path, name: str) -> Table | None:
    for file in (f"{name}.parquet", f"create_final_{name}.parquet"):
        if (folder / file).is_file():
            return open_parquet(folder / file)
    return None


def _check(table: Table, columns: tuple[tuple[str, ...], ...]) -> None:
    seen = table.columns or ()
    for names in columns:
        if not any(name in seen for name in names):
            raise ReadError(
                f"{table.source} has no column {' or '.join(map(repr, names))}; its columns are "
                f"{', '.join(map(repr, seen))}; check that GraphRAG wrote it"
            )


def _unit(units: TextUnits, cells: _Cells, row: str, folder: Path) -> Iterator[Imported]:
    of = _list(_first(cells, "document_id", "document_ids"))
    text = clean(str(_first(cells, "text") or ""), folder)
    units.put_unit(_id(cells), words(of[0]) if of else "", text)
    yield from ()


def _entity(units: TextUnits, cells: _Cells, row: str, folder: Path) -> Iterator[Imported]:
    name, kind = words(_first(cells, "title", "name") or ""), words(cells.get("type") or "Thing")
    units.put_type(name, kind)
    about = words(cells.get("description") or name)
    relation = "DESCRIPTION" if cells.get("description") else "LABEL"
    statement = Statement(name, kind, relation, about, None, row)
    yield from units.put(statement, _list(cells.get("text_unit_ids")))


def _relationship(units: TextUnits, cells: _Cells, row: str, folder: Path) -> Iterator[Imported]:
    head, tail = words(cells["source"] or ""), words(cells["target"] or "")
    types = units.type_of(head), units.type_of(tail)
    said, weight = words(cells.get("description") or ""), cells.get("weight")
    weighed = None if is_missing(weight) else float(str(make_literal(weight, "decimal").value))
    statement = Statement(head, types[0], "RELATED_TO", tail, types[1], row, said, weighed)
    yield from units.put(statement, _list(cells.get("text_unit_ids")))


def _document(units: TextUnits, cells: _Cells, row: str, folder: Path) -> Iterator[Imported]:
    text, id = clean(str(_first(cells, "text", "raw_content") or ""), folder), _id(cells)
    if text.strip():
        title = words(cells.get("title") or "")
        yield units.take(Document(f"{folder.as_posix()}#{id}", text, title), id)


_STEPS = {
    "text_units": _unit,
    "entities": _entity,
    "relationships": _relationship,
    "documents": _document,
}
#: What each table must hold, under any of the names it had.
_COLUMNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "text_units": (("id",), ("text",)),
    "entities": (("title", "name"),),
    "relationships": (("source",), ("target",)),
    "documents": (("id",), ("text", "raw_content")),
}


def _id(cells: _Cells) -> str:
    return words(cells.get("id") or "")


def _first(cells: _Cells, *names: str) -> Any:
    return next((cells[name] for name in names if cells.get(name) is not None), None)


def _list(cell: Any) -> list[str]:
    if cell is None:
        return []
    return [str(part) for part in (cell if isinstance(cell, list | tuple) else [cell])]
