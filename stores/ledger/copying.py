"""Copying a ledger as it is now, record by record, into another database."""

from __future__ import annotations

from sqlalchemy import Connection, Table, delete, func, insert, select, text

from stores.ledger.identity import ID
from stores.ledger.tables import Base, ChangeRow, DecisionLogRow, MetaRow

__all__ = ["copy_records", "is_empty"]

_BATCH = 1000
#: Settings that are of a database and not of what it holds.
_OWN = ("unscrubbed", ID)


def is_empty(connection: Connection) -> bool:
    """Return whether the ledger has never held a record."""
    counts = (select(func.count()).select_from(table) for table in Base.metadata.sorted_tables)
    return not any(connection.scalar(count) for count in counts)


def copy_records(source: Connection, target: Connection) -> None:
    """Copy every record with its number, so that what followed the source can go on."""
    for table in Base.metadata.sorted_tables:
        streamed = {"yield_per": _BATCH}
        with source.execute(select(table), execution_options=streamed) as rows:
            for part in rows.mappings().partitions():
                target.execute(insert(table), [dict(row) for row in part])
    if target.dialect.name == "postgresql":
        for numbered in (ChangeRow.__table__, DecisionLogRow.__table__):
            assert isinstance(numbered, Table)
            _advance(target, numbered.name)
    target.execute(delete(MetaRow).where(MetaRow.key.in_(_OWN)))


def _advance(connection: Connection, table: str) -> None:
    """Let the numbers of new records follow those that were copied."""
    place = f"pg_get_serial_sequence('{table}', 'seq')"
    last = f"(SELECT coalesce(max(seq), 0) + 1 FROM {table})"
    connection.execute(text(f"SELECT setval({place}, {last}, false)"))
