"""Opening the database of a ledger: SQLite settings, one writer at a time, schema version."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, inspect, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from kgkit.errors import LockedError, ReadOnlyError, StoreError

__all__ = ["SCHEMA", "connect", "lock_for_writing", "prepare", "translated", "wipe"]

#: The schema version that this code reads and writes: the last revision in `migrations`.
SCHEMA = "0001"

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT = 10.0


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Raise what the database raises as `StoreError`, `LockedError` or `ReadOnlyError`."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _translation(name, error) from error


def lock_for_writing(path: Path) -> FileLock:
    """Take the writer's lock of the database at `path`, or raise `LockedError` with its holder.

    The operating system drops the lock when the process ends, however it ends.
    """
    lock = FileLock(f"{path}.lock")
    holder = path.with_name(f"{path.name}.writer")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        named = holder.read_text() if holder.exists() else "an unknown process"
        raise LockedError(
            f"{str(path)!r} is being written by {named}: close it there, or open read-only"
        ) from error
    holder.write_text(f"process {os.getpid()} on {socket.gethostname()}")
    return lock


def connect(address: str, *, read_only: bool) -> Engine:
    """Return an engine for a path, ":memory:" or a database URL; nothing is opened yet."""
    if "://" in address:
        with translated(address):
            engine = create_engine(address, hide_parameters=True)
    elif address == ":memory:":
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    elif read_only:
        uri = Path(address).resolve().as_uri()
        engine = create_engine(f"sqlite:///{uri}?mode=ro&uri=true", connect_args={"timeout": _WAIT})
    else:
        engine = create_engine(f"sqlite:///{address}", connect_args={"timeout": _WAIT})
    if engine.dialect.name == "sqlite":
        _set_up_sqlite(engine, read_only)
    return engine


def prepare(engine: Engine, name: str, *, read_only: bool) -> None:
    """Bring the schema to `SCHEMA`; raise `StoreError` where that is impossible."""
    with engine.connect() as connection:
        found = _version(connection)
    if found == SCHEMA:
        return
    if found is not None and found > SCHEMA:
        raise StoreError(
            f"{name!r} has schema {found}, and this kgkit knows {SCHEMA}: install a newer kgkit"
        )
    if read_only:
        raise StoreError(
            f"{name!r} has schema {found}, and {SCHEMA} is needed: open it once for writing"
        )
    _migrate(engine)


def wipe(engine: Engine) -> None:
    """Write the log of SQLite back and empty it, so that erased text is in no file."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        raw.close()


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def _migrate(engine: Engine) -> None:
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, SCHEMA)


def _set_up_sqlite(engine: Engine, read_only: bool) -> None:
    settings = ["foreign_keys=ON", "temp_store=MEMORY", "cache_size=-32768"]
    if not read_only:
        # NORMAL loses nothing when a process is killed; a power cut may cost the last documents,
        # never the consistency. Fewer checkpoints: each writes the touched pages once.
        settings += ["secure_delete=ON", "journal_mode=WAL", "synchronous=NORMAL"]
        settings += ["wal_autocheckpoint=8000"]

    def on_connect(raw: Any, _: object) -> None:
        # The driver's own transactions would leave reads outside of them.
        raw.isolation_level = None
        for setting in settings:
            raw.execute(f"PRAGMA {setting}").close()

    def on_begin(connection: Connection) -> None:
        # A transaction that is to write takes the lock at once: it cannot be upgraded later.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)


def _translation(name: str, error: SQLAlchemyError) -> StoreError:
    said = str(getattr(error, "orig", None) or error)
    if isinstance(error, OperationalError) and "locked" in said:
        return LockedError(f"{name!r} is being written by another process: try again later")
    if isinstance(error, OperationalError) and "readonly" in said:
        return ReadOnlyError(f"{name!r} cannot be written: open it with write access")
    return StoreError(f"the ledger {name!r} failed ({said}): check that the path is a ledger")
