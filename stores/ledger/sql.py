"""The little SQL that all parts of the ledger share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from kgkit.errors import StoreError
from stores.ledger.rows import Row
from stores.ledger.tables import Base, ChangeRow

__all__ = ["PAGE", "ChangeLog", "insert_new", "pages"]

#: How many ids one query takes.
PAGE = 500

#: The order in which one transaction logs what it changed: what others point to comes first.
_KINDS = ("document", "chunk", "entity", "fact")


def pages(ids: Iterable[str], size: int = PAGE) -> Iterator[list[str]]:
    """Yield the ids, each once, in lists of at most `size`."""
    left = iter(dict.fromkeys(ids))
    while page := list(islice(left, size)):
        yield page


def insert_new(connection: Connection, table: type[Base], rows: Sequence[Row]) -> None:
    """Insert the rows whose key is not there yet; they hold the same columns, two or more."""
    if rows:
        # Rows are bound by the driver: binding them one by one costs more than writing them.
        sql, columns = _insert_or_ignore(connection.dialect, table, tuple(rows[0]))
        if columns is None:
            connection.exec_driver_sql(sql, cast(Any, rows))
        else:
            _execute_many(connection, sql, list(map(itemgetter(*columns), rows)))


def _execute_many(connection: Connection, sql: str, bound: Sequence[tuple[Any, ...]]) -> None:
    """Run a statement of SQLite for each row, past what SQLAlchemy does for every call."""
    driver = connection.connection.driver_connection
    assert driver is not None
    try:
        driver.executemany(sql, bound)
    except sqlite3.Error as error:
        raise DBAPIError.instance(sql, None, error, sqlite3.Error) from error


@lru_cache(maxsize=64)
def _insert_or_ignore(
    dialect: Dialect, table: type[Base], keys: tuple[str, ...]
) -> tuple[str, Sequence[str] | None]:
    into = cast(Table, table.__table__)
    if dialect.name == "sqlite":
        made: Insert = sqlite.insert(into).on_conflict_do_nothing()
    elif dialect.name == "postgresql":
        made = postgresql.insert(into).on_conflict_do_nothing()
    else:
        raise StoreError(
            f"a ledger cannot be kept in {dialect.name!r}: give a path or a PostgreSQL URL"
        )
    compiled = made.compile(dialect=dialect, column_keys=keys)
    return str(compiled), getattr(compiled, "positiontup", None)


class ChangeLog:
    """Collects the ids that a transaction touches and logs each once at its end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._touched: dict[str, set[str]] = {kind: set() for kind in _KINDS}
        #: Whether text was erased, so that its bytes have to be wiped.
        self.erased = False

    def touch(self, kind: str, ids: Iterable[str]) -> None:
        """Note that these records of a kind came, went or changed."""
        self._touched[kind].update(ids)

    def flush(self) -> None:
        """Write what was touched to the change log."""
        rows = [{"kind": kind, "id": id} for kind in _KINDS for id in sorted(self._touched[kind])]
        insert_new(self._connection, ChangeRow, rows)
