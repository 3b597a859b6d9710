"""The life of an open ledger: one database, one writer at a time, each method a transaction."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from filelock import FileLock
from sqlalchemy import Connection, Engine, select

from kgkit.errors import ClosedError, ReadOnlyError, StoreError
from stores.ledger import database, erasure
from stores.ledger.sql import PAGE, ChangeLog, pages

__all__ = ["Read", "Session"]

#: What reads the records with these ids.
Read = Callable[[Connection, list[str]], Mapping[str, Any]]


class Session:
    """An open ledger without its verbs: opening, closing, transactions, paging.

    Errors of the database come as `StoreError`, use after `close` or a fork as `ClosedError`,
    writing to a ledger opened for reading as `ReadOnlyError`.
    """

    def __init__(
        self, engine: Engine, name: str, *, read_only: bool, lock: FileLock | None
    ) -> None:
        self._engine: Engine | None = engine
        self._name = database.shown_name(name)
        self._read_only = read_only
        self._lock = lock
        self._process = os.getpid()
        self._one_writer = threading.Lock()
        self._prepared = False

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False) -> Self:
        """Open the ledger at a path, ":memory:" or a SQLAlchemy URL; write access makes it.

        Raises `LockedError` naming the process that writes to it, and `StoreError` where there
        is no ledger to read or one of a newer schema.
        """
        name = str(path)
        is_file = "://" not in name and name != ":memory:"
        if is_file and not Path(name).exists() and read_only:
            raise StoreError(f"there is no ledger at {name!r}: build one first, or check the path")
        lock = None
        if is_file and not read_only:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            lock = database.lock_for_writing(Path(name))
        ledger = cls(
            database.connect(name, read_only=read_only), name, read_only=read_only, lock=lock
        )
        try:
            ledger._prepare()
        except StoreError:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        """Give the database and the writer's lock back; closing twice is fine.

        The bytes of documents that were replaced are overwritten first.
        """
        engine, self._engine = self._engine, None
        if engine is None:
            return
        is_own = os.getpid() == self._process
        try:
            if self._prepared and not self._read_only and is_own:
                self._scrub(engine)
        finally:
            # After a fork the connections are the parent's.
            engine.dispose(close=is_own)
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def scrub(self) -> None:
        """Overwrite on the disk what was removed; a removal does so itself.

        What documents held that were replaced is overwritten by this or by `close`.
        """
        self._scrub(self._open_engine())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_engine(self) -> Engine:
        if self._engine is None:
            raise ClosedError(f"the ledger {self._name!r} is closed: open it again")
        if os.getpid() != self._process:
            raise ClosedError(f"the ledger {self._name!r} was opened before a fork: open it anew")
        return self._engine

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        engine = self._open_engine()
        with database.translated(self._name), engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, ChangeLog]]:
        engine = self._open_engine()
        if self._read_only:
            raise ReadOnlyError(f"{self._name!r} is open for reading only: open it for writing")
        with self._one_writer, database.translated(self._name):
            with engine.execution_options(writes=True).begin() as connection:
                log = ChangeLog(connection)
                yield connection, log
                log.flush()
                if log.erased:
                    erasure.note_removal(connection)
            if log.erased:
                erasure.empty_log(engine)

    def _prepare(self) -> None:
        engine = self._open_engine()
        with database.translated(self._name):
            database.prepare(engine, self._name, read_only=self._read_only)
        self._prepared = True
        if not self._read_only:
            # A process that was killed may have left it to this one.
            self._scrub(engine)

    def _scrub(self, engine: Engine) -> None:
        with self._one_writer, database.translated(self._name):
            erasure.scrub(engine)

    def _ids(self, column: Any) -> Iterator[list[str]]:
        last = ""
        query = select(column).order_by(column).distinct().limit(PAGE)
        while True:
            with self._reading() as connection:
                page = list(connection.scalars(query.where(column > last)))
            if not page:
                return
            yield page
            last = page[-1]

    def _values(self, column: Any, read: Read, ids: Iterable[str] | None) -> Iterator[Any]:
        for page in self._ids(column) if ids is None else pages(sorted(set(ids))):
            with self._reading() as connection:
                found = read(connection, page)
            yield from (found[id] for id in page if id in found)
