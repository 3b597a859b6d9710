"""Rows of head, relation and tail: one fact a row, from CSV, TSV or Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from extractors.imports.base import Imported, RefusedRow
from extractors.imports.names import (
    entity_of,
    local_name,
    relation_name,
    role_name,
    shown,
    type_name,
    words,
)
from extractors.imports.tables import Table, as_table, open_table
from extractors.imports.values import DATATYPES, is_missing, make_literal
from kgkit.errors import InputError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact, Literal, Qualifier

__all__ = ["TripleColumns", "map_triples", "read_triples"]

#: Column names that are understood without being stated, in lower case.
_USUAL = {
    "head": ("head", "subject", "source", "from", "s", "h", "subj", "start"),
    "relation": ("relation", "predicate", "relationship", "verb", "p", "r", "rel", "property"),
    "tail": ("tail", "object", "target", "to", "o", "t", "obj", "end"),
    "head_type": ("head_type", "subject_type", "source_type"),
    "tail_type": ("tail_type", "object_type", "target_type", "datatype"),
    "confidence": ("confidence", "score", "probability"),
}
_NEEDED = ("head", "relation", "tail")


@dataclass(frozen=True, slots=True)
class TripleColumns:
    """Which columns hold what, each by its name or its number from 1; "" looks for usual names.

    A `tail_type` in the table that is a datatype (integer, date, ...) makes the tail a literal.
    `qualifiers` are further columns to keep; None keeps all, () none.
    """

    head: str | int = ""
    relation: str | int = ""
    tail: str | int = ""
    head_type: str | int = ""
    tail_type: str | int = ""
    confidence: str | int = ""
    qualifiers: tuple[str | int, ...] | None = None


def read_triples(
    path: Path,
    *,
    columns: TripleColumns | Mapping[str, Any] | None = None,
    delimiter: str = "",
    header: bool = True,
    encoding: str = "utf-8",
) -> Iterator[Imported]:
    """Yield the facts in the rows of a CSV, TSV or Parquet file.

    Raises `ReadError`, `MissingExtra`, and `InputError` when a column is not there. Without a
    header, and with no columns stated, the first three are head, relation and tail.
    """
    table = open_table(path, delimiter=delimiter, header=header, encoding=encoding)
    if not header and columns is None:
        columns = TripleColumns(1, 2, 3)
    yield from map_triples(table, columns)


def map_triples(
    rows: Any, columns: TripleColumns | Mapping[str, Any] | None = None, *, source: str = "table"
) -> Iterator[Imported]:
    """Yield the facts in the rows of a `Table`, DataFrame, pyarrow Table or iterable of dicts.

    An IRI is the identity of its entity. Raises `InputError` for a column that is not there.

    >>> row = {"subject": "Alien", "predicate": "directed by", "object": "Ridley Scott"}
    >>> print(*map_triples([row]))
    (Alien)-[DIRECTED_BY]->(Ridley Scott)
    """
    table = as_table(rows, source)
    stated = columns if isinstance(columns, TripleColumns) else _stated(columns or {})
    plan = None if table.columns is None else _plan(stated, table)
    for row in table.rows():
        if isinstance(row, RefusedRow):
            yield row
            continue
        # Dicts have columns of their own each.
        own = plan or _plan(stated, replace(table, columns=tuple(map(str, row.cells))))
        try:
            fact, score = _read(own, row.cells)
        except InputError as error:
            yield RefusedRow(table.source, row.number, str(error))
            continue
        yield fact.with_evidence(ImportEvidence(table.source, row.number, score))


@dataclass(frozen=True, slots=True)
class _Plan:
    """The column of each role, and the columns that hold qualifiers."""

    roles: Mapping[str, str]
    qualifiers: tuple[str, ...]


def _stated(columns: Mapping[str, Any]) -> TripleColumns:
    known = [field.name for field in fields(TripleColumns)]
    for name in columns:
        if name not in known:
            raise InputError(f"{name!r} is no role of a column; expected {', '.join(known)}")
    return TripleColumns(**columns)


def _plan(stated: TripleColumns, table: Table) -> _Plan:
    seen = table.columns or ()
    usual = {column.strip().lower(): column for column in reversed(seen)}
    roles: dict[str, str] = {}
    for role, names in _USUAL.items():
        asked = getattr(stated, role)
        if asked != "":
            roles[role] = table.find(asked)
        else:
            free = (usual[n] for n in names if n in usual and usual[n] not in roles.values())
            if (column := next(free, None)) is not None:
                roles[role] = column
    for role in _NEEDED:
        if role not in roles:
            raise InputError(
                f"{table.source} has no column for the {role}; its columns are "
                f"{', '.join(map(repr, seen)) or 'none'}; say which one it is ({role}=...)"
            )
    others = seen if stated.qualifiers is None else tuple(map(table.find, stated.qualifiers))
    return _Plan(roles, tuple(name for name in others if name not in roles.values()))


def _read(plan: _Plan, cells: Mapping[str, Any]) -> tuple[Fact, float]:
    """Return the fact in a row, without evidence, and its confidence."""
    own = {role: cells.get(column) for role, column in plan.roles.items()}
    for role in _NEEDED:
        if is_missing(own[role]):
            raise InputError(f"the {role} (column {plan.roles[role]!r}) is empty; expected a name")
    predicate = words(own["relation"])
    qualifiers = tuple(
        Qualifier(role_name(column), make_literal(cells[column]))
        for column in plan.qualifiers
        if not is_missing(cells.get(column))
    )
    head = entity_of(own["head"], _type(own.get("head_type")))
    tail = _tail(own["tail"], own.get("tail_type"))
    fact = Fact(head, relation_name(predicate), tail, qualifiers, predicate=predicate)
    return fact, _score(own.get("confidence"))


def _type(cell: object) -> str:
    return "Thing" if is_missing(cell) else type_name(words(cell))


def _tail(cell: object, kind: object) -> Entity | Literal:
    datatype = "" if is_missing(kind) else local_name(words(kind))
    if datatype in DATATYPES:
        return make_literal(cell, datatype)
    return entity_of(cell, _type(kind))


def _score(cell: object) -> float:
    if is_missing(cell):
        return 1.0
    try:
        score = float(str(cell))
    except ValueError:
        score = -1.0
    if not 0.0 <= score <= 1.0:
        raise InputError(f"the confidence is {shown(cell)}; expected a number from 0 to 1")
    return score
