"""The database files of a graph: finding the newest, and leaving erased text behind.

The engine keeps the text of removed literals in its dictionary for good. So when a document is
removed, what is left is copied into a new database, `oxigraph.N+1`, and the old one is deleted.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kgkit.errors import StoreError
from stores.rdf.project import is_erasing, is_erasure_mark

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["NAME", "drop_part", "erase", "force", "install_part", "new_part", "open_newest"]

#: What the names of the databases begin with.
NAME = "oxigraph"

_PART = f"{NAME}.part"


def open_newest(folder: Path, *, read_only: bool) -> ox.Store:
    """Open the newest database of a folder, making the first where there is none.

    An erasure that a crash interrupted is done again. Raises `StoreError` for a damaged database,
    and when there is nothing to read.
    """
    from pyoxigraph import Store

    found = _numbers(folder)
    if read_only and not found:
        raise StoreError(f"there is no graph at {str(folder)!r}: build one first")
    path = _database(folder, max(found, default=1))
    try:
        store = (Store.read_only if read_only else Store)(str(path))
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"the graph {str(folder)!r} cannot be opened ({error}): make it again with rebuild"
        ) from error
    if read_only:
        return store
    _tidy(folder)
    return erase(folder, store) if is_erasing(store) else store


def force(folder: Path, store: ox.Store) -> None:
    """Have the disk hold what was committed, so that a power cut leaves it.

    The engine hands each commit to the operating system in its log files (RocksDB's `N.log`) and
    leaves it to that when they are written. Its own `flush` would write new data files instead,
    which takes about twenty times as long.
    """
    if os.name == "nt":
        # Files and folders that are open for reading cannot be forced there.
        store.flush()
        return
    database = _database(folder, max(_numbers(folder)))
    for path in (*sorted(database.glob("*.log")), database):
        _force(path)


def erase(folder: Path, store: ox.Store) -> ox.Store:
    """Return a store with the same content whose files hold nothing that was removed.

    The files of the old one are deleted; whoever still reads from it can go on.
    """
    fresh = new_part(folder)
    fresh.bulk_extend(quad for quad in store if not is_erasure_mark(quad))
    fresh.flush()
    del fresh  # closes it, so that its folder can be renamed
    return install_part(folder)


def new_part(folder: Path) -> ox.Store:
    """Return an empty database beside those of a folder, of which a crash leaves nothing."""
    from pyoxigraph import Store

    drop_part(folder)
    return Store(str(folder / _PART))


def install_part(folder: Path) -> ox.Store:
    """Make the database that `new_part` made, which was closed, the newest; return it opened.

    The files of the others are deleted; whoever still reads from them can go on.
    """
    from pyoxigraph import Store

    newest = _database(folder, max(_numbers(folder)) + 1)
    (folder / _PART).rename(newest)
    if os.name != "nt":
        _force(folder)
    opened = Store(str(newest))
    _tidy(folder)
    return opened


def drop_part(folder: Path) -> None:
    """Delete a database that was not completed, if there is one."""
    shutil.rmtree(folder / _PART, ignore_errors=True)


def _force(path: Path) -> None:
    try:
        opened = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return  # a log goes once all that it holds is in data files, which the engine forces
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _tidy(folder: Path) -> None:
    """Delete all databases but the newest, and what a crash left half-made."""
    for number in sorted(_numbers(folder))[:-1]:
        shutil.rmtree(_database(folder, number), ignore_errors=True)
    drop_part(folder)


def _database(folder: Path, number: int) -> Path:
    return folder / f"{NAME}.{number}"


def _numbers(folder: Path) -> list[int]:
    suffixes = (path.suffix[1:] for path in folder.glob(f"{NAME}.*") if path.is_dir())
    return [int(suffix) for suffix in suffixes if suffix.isdecimal()]
