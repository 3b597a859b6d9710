"""Opening the database of a ledger: settings, one writer at a time, schema version."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    StaticPool,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from kgkit.errors import InputError, LockedError, ReadOnlyError, StoreError
from stores.ledger.postgres import connect_postgres

__all__ = [
    "SCHEMA",
    "connect",
    "lock_for_writing",
    "prepare",
    "shown_name",
    "translated",
]

#: The schema version that this code reads and writes: the last revision in `migrations`.
SCHEMA = "0003"

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT = 10.0


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Raise what the database raises as `StoreError`, `LockedError` or `ReadOnlyError`.

    A text with half a surrogate pair, which no encoding keeps, is an `InputError` everywhere.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise _translation(name, error) from error
    except UnicodeEncodeError as error:
        raise InputError(
            f"a text holds {error.object[error.start]!r}, half of a surrogate pair, at position "
            f"{error.start}: expected Unicode text; replace it first"
        ) from error


def shown_name(address: str) -> str:
    """Return an address as messages show it: without its password."""
    if "://" not in address:
        return address
    with translated("the address"):
        return make_url(address).render_as_string()


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
    """Return an engine for a path, ":memory:" or a database URL; nothing is opened yet.

    Raises `StoreError` for a database that is neither SQLite nor PostgreSQL.
    """
    if "://" in address:
        with translated(shown_name(address)):
            engine = _on_server(make_url(address))
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


def _on_server(url: URL) -> Engine:
    kind = url.get_backend_name()
    if kind == "postgresql":
        return connect_postgres(url)
    if kind != "sqlite":
        raise StoreError(f"a ledger cannot be kept in {kind!r}: give a path or a PostgreSQL URL")
    return create_engine(url, hide_parameters=True)


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
        # Another process may have been first.
        if _version(connection) != SCHEMA:
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
    said = str(getattr(error, "orig", None) or error).strip()
    if isinstance(error, OperationalError) and ("locked" in said or "lock timeout" in said):
        return LockedError(f"{name!r} is being written by another process: try again later")
    if isinstance(error, OperationalError) and "readonly" in said:
        return ReadOnlyError(f"{name!r} cannot be written: open it with write access")
    return StoreError(f"the ledger {name!r} failed ({said}): check that the path is a ledger")
