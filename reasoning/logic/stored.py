"""Running a program in a graph store: compiled to its language, with its rows read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from kgkit.facts import Entity, Literal
from reasoning.logic.compiled import Column, Compiled, Links, NotCompiled
from reasoning.logic.cypher import to_cypher
from reasoning.logic.forms import Program
from reasoning.logic.sparql import to_sparql
from reasoning.logic.tables import Row, Table
from reasoning.logic.values import Cell
from reasoning.logic.vocabulary import Vocabulary
from stores.base import Ability, GraphStore
from stores.rdf.names import entity_id, type_of

__all__ = ["compile_for", "run_in"]


def compile_for(
    store: GraphStore, program: Program, vocabulary: Vocabulary, links: Links | None = None
) -> Compiled:
    """Return the program in the language of the store.

    Raises `NotCompiled` where the store has none, or its language cannot say the program.
    """
    if Ability.CYPHER in store.abilities:
        return to_cypher(program, vocabulary, links)
    if Ability.SPARQL in store.abilities:
        return to_sparql(program, vocabulary, links)
    raise NotCompiled("the store has no query language.")


def run_in(store: GraphStore, compiled: Compiled, *, timeout: float | None = None) -> Table:
    """Return the table of a compiled program; rows say nothing of the facts they rest on.

    Raises what the store's `query` raises.
    """
    rows = store.query(compiled.text, timeout=timeout)
    columns = compiled.columns
    return Table([column.variable for column in columns], _read(rows, columns))


def _read(rows: Iterable[Mapping[str, Any]], columns: tuple[Column, ...]) -> Iterable[Row]:
    for row in rows:
        yield Row(tuple(_cell(row, column) for column in columns))


def _cell(row: Mapping[str, Any], column: Column) -> Cell:
    value = row[column.variable]
    if not column.is_entity:
        return Literal(value, _datatype(value))
    name, kind = row[column.name], str(row[column.type])
    return Entity(entity_id(str(value)), str(name), type_of(kind) or kind)


def _datatype(value: object) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "boolean"),
        (int, "integer"),
        (float, "decimal"),
        (datetime, "dateTime"),
        (date, "date"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "string")
