"""What one text is to be about."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Subset"]


@dataclass(frozen=True, slots=True)
class Subset:
    """Entities, in the order of a path where they form one, facts among them, and the document
    that all are from; ids, and "" for no document."""

    entities: tuple[str, ...]
    facts: tuple[str, ...] = ()
    document: str = ""
