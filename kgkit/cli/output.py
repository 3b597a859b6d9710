"""How results are written: JSON with stable keys, or a table for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta

__all__ = ["write", "write_json", "write_table"]

#: Characters of the longest line that goes into a pipe.
_WIDE = 1_000_000


def write(text: str) -> None:
    """Write a line of text to standard output."""
    sys.stdout.write(text + "\n")


def write_json(value: object) -> None:
    """Write a value as one JSON document; dates and times become ISO 8601 texts."""
    write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows under their column names."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(_shown(row.get(column))) for column in columns))
    # In a pipe nothing is cut off to fit the width of a screen.
    width = None if sys.stdout.isatty() else _WIDE
    Console(width=width, soft_wrap=width is not None, highlight=False).print(table)


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() | float():
            return json.dumps(value)
        case int():
            return str(value)
        case date() | time():
            return value.isoformat()
    if is_dataclass(value):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    match value:
        case date() | time():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Mapping():
            return dict(value)
        case bytes():
            return value.hex()
        case set() | frozenset():
            return sorted(value, key=str)
    if is_dataclass(value):  # nodes, relationships and paths
        return {part.name: getattr(value, part.name) for part in fields(value)}
    return str(value)
