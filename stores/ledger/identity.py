"""Which ledger this is: a number of its own, so that what follows it can tell it from others."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Connection, select

from stores.ledger.sql import insert_new
from stores.ledger.tables import MetaRow

__all__ = ["ID", "ledger_id", "own_id"]

#: The setting that keeps it. It is drawn by chance, and no part of what the ledger exports.
ID = "id"


def ledger_id(connection: Connection) -> str:
    """Return the id of a ledger, "" before it was given one."""
    return connection.scalar(select(MetaRow.value).where(MetaRow.key == ID)) or ""


def own_id(connection: Connection) -> str:
    """Return the id of a ledger, giving it one where it has none."""
    insert_new(connection, MetaRow, [{"key": ID, "value": uuid4().hex}])
    return ledger_id(connection)
