"""Writing statements: names in them, and many rows for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

__all__ = ["quoted", "run"]

#: Rows in one message to the server.
_SLICE = 5_000


def run(tx: ManagedTransaction, text: str, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Run a statement that unwinds `$rows`, and return all that it returns; no rows, no call."""
    found: list[dict[str, Any]] = []
    for start in range(0, len(rows), _SLICE):
        found += tx.run(text, rows=rows[start : start + _SLICE]).data()
    return found


def quoted(name: str) -> str:
    """Return a label, type or property name as it stands in a statement.

    >>> quoted("a `b`")
    '`a ``b```'
    """
    return f"`{name.replace('`', '``')}`"
