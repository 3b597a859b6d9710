"""The folder of an embedded graph: the engine's database, and who has it open.

The engine lets one process in at a time and does not say which; `writer.json` does.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from kgkit.errors import KgkitError, LockedError, StoreError
from stores.embedded.jvm import java

__all__ = ["close_database", "open_database", "remove_database"]

_DATABASE = "database"
_HOLDER = "writer.json"
_IN_USE = ("LockException", "locked by another process", "already in use", "needs recovery")


def open_database(folder: Path, *, read_only: bool) -> Any:
    """Open the database in a folder, making it when there is none.

    Every commit is on disk before it returns. Raises `LockedError` naming the process that has
    it open, and `StoreError` when there is nothing to read or it is damaged.
    """
    from arcadedb_embedded import Database

    place = folder / _DATABASE
    exists = (place / "schema.json").exists()
    if read_only and not exists:
        raise StoreError(f"there is no graph at {str(folder)!r}: build one first")
    folder.mkdir(parents=True, exist_ok=True)
    factory = java("com.arcadedb.database.DatabaseFactory")(str(place))
    mode = java("com.arcadedb.engine.ComponentFile$MODE")
    opening: Callable[[], Any] = factory.create
    if exists:
        wanted = mode.READ_ONLY if read_only else mode.READ_WRITE
        opening = lambda: factory.open(wanted)  # noqa: E731
    try:
        opened = opening()
    except java("java.lang.Exception") as error:
        raise _translated(folder, error) from error
    database = Database(opened)
    if not read_only:
        database.set_wal_flush("yes_full")
        holder = {"pid": os.getpid(), "host": socket.gethostname()}
        (folder / _HOLDER).write_text(json.dumps(holder))
    return database


def close_database(folder: Path, database: Any, *, read_only: bool) -> None:
    """Close a database and take back the note of who has it."""
    database.close()
    if not read_only:
        (folder / _HOLDER).unlink(missing_ok=True)


def remove_database(folder: Path) -> None:
    """Remove the database of a folder; a crash on the way leaves none, or the old one."""
    old, dropped = folder / _DATABASE, folder / f"{_DATABASE}.dropped"
    shutil.rmtree(dropped, ignore_errors=True)
    with suppress(FileNotFoundError):
        old.rename(dropped)
    shutil.rmtree(dropped, ignore_errors=True)


def _translated(folder: Path, error: BaseException) -> KgkitError:
    chain = []
    cause: Any = error
    while cause is not None:
        chain.append(f"{type(cause).__name__}: {cause}")
        cause = cause.getCause()
    said = " / ".join(chain)
    if any(sign in said for sign in _IN_USE):
        return LockedError(
            f"the graph {str(folder)!r} is open in {_holder(folder)}: close it there first, or "
            "ask there"
        )
    return StoreError(
        f"the graph {str(folder)!r} cannot be opened ({chain[-1]}): make it again with rebuild"
    )


def _holder(folder: Path) -> str:
    try:
        held = json.loads((folder / _HOLDER).read_text())
    except (OSError, ValueError):
        return "another process"
    return f"process {held['pid']} on {held['host']}"
