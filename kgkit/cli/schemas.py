"""The schema that a command is given as a file."""

from __future__ import annotations

from pathlib import Path

from kgkit.errors import InputError

__all__ = ["schema_text"]


def schema_text(path: Path) -> str:
    """Return the text of a schema file; raises `InputError` where it is no text in UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not text in UTF-8 (at byte {error.start}); a schema is lines such as "
            "'(Person)-[BORN_IN]->(Place)'"
        ) from error
