"""Erasing for good: what was removed stays in no byte of the files of a SQLite ledger.

SQLite overwrites what it deletes (`secure_delete`), but not what it leaves behind in a page when
it moves records to another. So the database is written anew after a removal. A note in the same
transaction as the removal says that this is still to be done, in case the process is killed.

On a server the rows are gone, and their bytes when the server next vacuums and recycles its log:
that is for its owner to say.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, delete, select

from stores.ledger.sql import insert_new
from stores.ledger.tables import MetaRow

__all__ = ["empty_log", "is_scrubbed", "note_removal", "scrub"]

_KEY = "unscrubbed"


def note_removal(connection: Connection) -> None:
    """Note, in the transaction that removes text, that its bytes are to be overwritten."""
    if connection.dialect.name == "sqlite":
        insert_new(connection, MetaRow, [{"key": _KEY, "value": ""}])


def is_scrubbed(connection: Connection) -> bool:
    """Return whether every removal so far is overwritten."""
    return connection.scalar(select(MetaRow.key).where(MetaRow.key == _KEY)) is None


def scrub(engine: Engine) -> None:
    """Write a SQLite database anew, without what was removed, and forget the note.

    Where a reader in another process keeps the old state in the files, the note stays.
    """
    with engine.connect() as connection:
        if is_scrubbed(connection):
            return
    raw = engine.raw_connection()
    # The new copy is as large as the database: not in memory.
    raw.cursor().execute("PRAGMA temp_store=FILE").close()
    raw.cursor().execute("VACUUM").close()
    raw.cursor().execute("PRAGMA temp_store=MEMORY").close()
    raw.close()
    if empty_log(engine):
        with engine.execution_options(writes=True).begin() as connection:
            connection.execute(delete(MetaRow).where(MetaRow.key == _KEY))


def empty_log(engine: Engine) -> bool:
    """Write the log of SQLite back and empty it; return whether no reader prevented it."""
    if engine.dialect.name != "sqlite":
        return True
    raw = engine.raw_connection()
    found: list[Any] = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()
    return not found[0][0]
