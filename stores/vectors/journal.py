"""Which row is whose: the journal of a vector index, in SQLite.

What is not in the journal is not in the index, so that its commit is the commit of the index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kgkit.errors import LockedError, StoreError

__all__ = ["Journal"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS rows (id TEXT PRIMARY KEY, row INTEGER NOT NULL UNIQUE) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS contents (id TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS contents_by_content ON contents (content);
"""
_WAIT_SECONDS = 10.0


class Journal:
    """Row numbers by id and a few notes, in a file or, without one, in memory.

    Raises `StoreError` when the file is no journal.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._connection = sqlite3.connect(
            path or ":memory:",
            timeout=_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{path} is no vector journal ({error}); run kgkit rebuild."
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what is done inside, or nothing; raises `LockedError` while another writes."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise LockedError(
                f"Another process writes {self._path} ({error}); close it there first."
            ) from error
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the journal inside, whatever other connections commit."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def note(self, key: str, default: str = "") -> str:
        """Return the note under `key`."""
        found = self._connection.execute("SELECT value FROM notes WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else default

    def number(self, key: str) -> int:
        """Return the note under `key` as a number, 0 where there is none."""
        return int(self.note(key, "0"))

    def keep(self, key: str, value: str | int) -> None:
        """Write a note."""
        self._connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (key, str(value)))

    def rows(self) -> list[tuple[str, int]]:
        """Return every id with its row, in order of rows."""
        return self._connection.execute("SELECT id, row FROM rows ORDER BY row").fetchall()

    def count(self) -> int:
        """Return how many ids there are."""
        return int(self._connection.execute("SELECT count(*) FROM rows").fetchone()[0])

    def find(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the rows of those ids that are known."""
        found: dict[str, int] = {}
        for part in _parts(sorted(set(ids))):
            marks = ",".join("?" * len(part))
            found.update(
                self._connection.execute(f"SELECT id, row FROM rows WHERE id IN ({marks})", part)
            )
        return found

    def parts(self, id: str) -> list[str]:
        """Return `id` and every `id#...` that is known, sorted."""
        # "$" is the character after "#".
        found = self._connection.execute(
            "SELECT id FROM rows WHERE id = ? OR (id >= ? AND id < ?) ORDER BY id",
            (id, f"{id}#", f"{id}$"),
        )
        return [str(row[0]) for row in found]

    def mark(self, contents: Iterable[tuple[str, str]]) -> None:
        """Keep the hash of what the vector of each id was made from."""
        self._connection.executemany("INSERT OR REPLACE INTO contents VALUES (?, ?)", contents)

    def unmark_all(self) -> None:
        """Forget what vectors were made from."""
        self._connection.execute("DELETE FROM contents")

    def made_from(self, contents: Iterable[str]) -> dict[str, str]:
        """Return, by hash of content, the least id whose vector was made from that."""
        found: dict[str, str] = {}
        for part in _parts(sorted(set(contents))):
            marks = ",".join("?" * len(part))
            found.update(
                self._connection.execute(
                    "SELECT content, min(id) FROM contents JOIN rows USING (id) "
                    f"WHERE content IN ({marks}) GROUP BY content",
                    part,
                )
            )
        return found

    def insert(self, rows: Iterable[tuple[str, int]]) -> None:
        """Add ids with their rows."""
        self._connection.executemany("INSERT INTO rows VALUES (?, ?)", rows)

    def delete(self, ids: Iterable[str]) -> None:
        """Take ids out, and what their vectors were made from."""
        known = [(id,) for id in ids]
        self._connection.executemany("DELETE FROM rows WHERE id = ?", known)
        self._connection.executemany("DELETE FROM contents WHERE id = ?", known)

    def delete_all(self) -> None:
        """Take every id out."""
        self._connection.execute("DELETE FROM rows")

    def version(self) -> int:
        """Return a number that changes when another connection has committed."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _parts(ids: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
