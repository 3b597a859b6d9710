"""Rows of a table to entities with typed properties and links, as a mapping says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.imports.base import Imported, RefusedRow
from extractors.imports.mapping import Link, Property, TableMapping, load_mapping, parse_mapping
from extractors.imports.names import entity_of, keyed_entity, relation_name, type_name
from extractors.imports.tables import as_table, open_table
from extractors.imports.values import is_missing, make_literal
from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal

__all__ = ["map_table", "read_table"]


def read_table(
    path: Path,
    *,
    mapping: TableMapping | Mapping[str, Any] | str | Path,
    delimiter: str = "",
    header: bool = True,
    encoding: str = "utf-8",
) -> Iterator[Imported]:
    """Yield the facts in the rows of a CSV, TSV or Parquet file.

    `mapping` is a `TableMapping`, its fields, or the file that holds it. Raises `ReadError`,
    `MissingExtra`, and `InputError` when a column is not there.
    """
    table = open_table(path, delimiter=delimiter, header=header, encoding=encoding)
    yield from map_table(table, mapping)


def map_table(
    rows: Any, mapping: TableMapping | Mapping[str, Any] | str | Path, *, source: str = "table"
) -> Iterator[Imported]:
    """Yield the facts in the rows of a `Table`, DataFrame, pyarrow Table or iterable of dicts.

    A row with a cell that does not fit is refused as a whole. Raises `InputError` for a column
    that is not there and for what is no table.

    >>> films = [{"title": "Alien", "year": 1979, "by": "Ridley Scott"}]
    >>> wanted = {"type": "Film", "name": "title", "properties": [{"column": "year"}],
    ...           "links": [{"column": "by", "relation": "DIRECTED_BY", "type": "Person"}]}
    >>> print(*map_table(films, wanted), sep="; ")
    (Alien)-[YEAR]->(1979); (Alien)-[DIRECTED_BY]->(Ridley Scott)
    """
    table = as_table(rows, source)
    if isinstance(mapping, str | Path):
        mapping = load_mapping(mapping)
    elif not isinstance(mapping, TableMapping):
        mapping = parse_mapping(mapping)
    names = {column: table.find(column) for column in mapping.columns}
    for row in table.rows():
        if isinstance(row, RefusedRow):
            yield row
            continue
        cells = {column: row.cells.get(name) for column, name in names.items()}
        evidence = ImportEvidence(table.source, row.number)
        try:
            facts = _facts(mapping, cells, row.cells)
        except InputError as error:
            yield RefusedRow(table.source, row.number, str(error))
            continue
        yield from (fact.with_evidence(evidence) for fact in facts)


def _facts(mapping: TableMapping, cells: Mapping[str, Any], whole: Mapping[str, Any]) -> list[Fact]:
    entity = _entity(mapping, cells, whole)
    facts = [fact for part in mapping.properties for fact in _property(entity, part, cells)]
    facts += [fact for part in mapping.links for fact in _link(entity, part, cells)]
    # An entity lives by its facts; one of which nothing else is known still has a name.
    return facts or [Fact(entity, "LABEL", Literal(entity.name), predicate="label")]


def _entity(mapping: TableMapping, cells: Mapping[str, Any], whole: Mapping[str, Any]) -> Entity:
    kind = type_name(mapping.type)
    identifying = mapping.key or mapping.name
    if is_missing(cells[identifying]):
        seen = ", ".join(repr(name) for name, cell in whole.items() if not is_missing(cell))
        raise InputError(
            f"column {identifying!r} is empty (columns with a value: {seen or 'none'}); expected "
            "what identifies the row"
        )
    name = cells.get(mapping.name)
    if not mapping.key:
        return entity_of(name, kind)
    named = cells[mapping.key] if is_missing(name) else name
    return keyed_entity(cells[mapping.key], named, kind, mapping.namespace)


def _property(entity: Entity, part: Property, cells: Mapping[str, Any]) -> Iterator[Fact]:
    predicate = part.relation or part.column
    for cell in _parts(cells[part.column], part.separator):
        try:
            value = make_literal(cell, part.datatype, part.unit)
        except InputError as error:
            raise InputError(f"column {part.column!r}: {error}") from error
        yield Fact(entity, relation_name(predicate), value, predicate=predicate)


def _link(entity: Entity, part: Link, cells: Mapping[str, Any]) -> Iterator[Fact]:
    predicate = part.relation or part.column
    linked = _parts(cells[part.column], part.separator)
    named = _parts(cells.get(part.name), part.separator) if part.name else []
    for place, cell in enumerate(linked):
        kind = type_name(part.type)
        if part.key:
            name = named[place] if len(named) == len(linked) else cell
            other = keyed_entity(cell, name, kind)
        else:
            other = entity_of(cell, kind)
        head, tail = (other, entity) if part.incoming else (entity, other)
        yield Fact(head, relation_name(predicate), tail, predicate=predicate)


def _parts(cell: Any, separator: str) -> list[Any]:
    """Return the values in a cell: none, one, or several of a list or between separators."""
    if hasattr(cell, "tolist"):  # an array of numpy
        cell = cell.tolist()
    if isinstance(cell, str) and separator:
        cell = [part.strip() for part in cell.split(separator)]
    parts = cell if isinstance(cell, list | tuple) else [cell]
    return [part for part in parts if not is_missing(part)]
