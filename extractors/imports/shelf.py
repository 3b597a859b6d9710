"""Records put by under a key until they are needed, on disk where they are many."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Self

__all__ = ["Shelf"]


class Shelf:
    """JSON values by kind and key, each key with as many as were put there, in that order.

    A private database that SQLite spills to a temporary file and deletes when it is closed, so
    that what refers to one another in several files can be joined in bounded memory.

    >>> with Shelf() as shelf:
    ...     shelf.put("film", "alien", {"year": 1979})
    ...     shelf.get("film", "alien")
    [{'year': 1979}]
    """

    def __init__(self) -> None:
        # An empty name is SQLite's for a temporary database on disk.
        self._database = sqlite3.connect("", check_same_thread=False)
        self._database.execute(
            "CREATE TABLE record (kind TEXT, key TEXT, number INTEGER PRIMARY KEY, value TEXT)"
        )
        self._database.execute("CREATE INDEX by_key ON record (kind, key)")

    def put(self, kind: str, key: str, value: Any) -> None:
        """Put a value under a key."""
        row = (kind, key, json.dumps(value))
        self._database.execute("INSERT INTO record (kind, key, value) VALUES (?, ?, ?)", row)

    def get(self, kind: str, key: str) -> list[Any]:
        """Return the values under a key, in the order in which they were put there."""
        query = "SELECT value FROM record WHERE kind = ? AND key = ? ORDER BY number"
        return [json.loads(value) for (value,) in self._database.execute(query, (kind, key))]

    def first(self, kind: str, key: str) -> Any:
        """Return the first value under a key, or None."""
        found = self.get(kind, key)
        return found[0] if found else None

    def keys(self, kind: str) -> Iterator[str]:
        """Yield the keys of a kind, each once, in order."""
        query = "SELECT DISTINCT key FROM record WHERE kind = ? ORDER BY key"
        yield from (key for (key,) in self._database.execute(query, (kind,)))

    def close(self) -> None:
        """Delete all of it."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
