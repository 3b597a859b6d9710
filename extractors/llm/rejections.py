"""Rows of a reply that were not believed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Rejection", "RejectionKind"]

#: Why, in a word to count by: it cannot be read, lacks a part, has an end that the text does
#: not have, is not what the schema allows, says nothing; or the model refused to reply at all.
RejectionKind = Literal[
    "unreadable", "incomplete", "not found", "not in schema", "empty", "refused"
]

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that was not believed: as it stood (cut to 300 characters), and a sentence why."""

    kind: RejectionKind
    row: str
    reason: str
    document_id: str = ""
    chunk_id: str = ""

    @classmethod
    def of(cls, kind: RejectionKind, row: object, reason: str) -> Rejection:
        """Return the rejection of a row in a chunk that is not known yet."""
        text = row if isinstance(row, str) else str(row)
        return cls(kind, text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "...", reason)
