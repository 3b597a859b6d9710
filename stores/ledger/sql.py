"""The little SQL that all parts of the ledger share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, cast

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

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
    """Insert the rows whose key is not there yet."""
    if rows:
        into = cast(Table, table.__table__)
        connection.execute(_insert_or_ignore(connection.dialect.name, into), rows)


def _insert_or_ignore(dialect: str, table: Table) -> Insert:
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    raise StoreError(
        f"a ledger cannot be kept in {dialect!r}: give a path (SQLite) or a PostgreSQL URL"
    )


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
        rows: list[dict[str, Any]] = [
            {"kind": kind, "id": id} for kind in _KINDS for id in sorted(self._touched[kind])
        ]
        if rows:
            self._connection.execute(insert(ChangeRow), rows)
