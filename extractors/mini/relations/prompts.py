"""What the matcher is told of a relation: its name and the types of its ends, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgkit.schema import Schema

__all__ = ["Prompt", "prompts_of", "spoken"]


@dataclass(frozen=True, slots=True)
class Prompt:
    """A relation in words, with the types of its head and tail ("" where anything goes)."""

    relation: str
    head: str
    tail: str


def spoken(name: str) -> str:
    """Return a name of a schema as words.

    >>> spoken("PLACE_OF_BIRTH"), spoken("FilmGenre")
    ('place of birth', 'film genre')
    """
    parted = re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", name.replace("_", " "))
    return " ".join(parted.lower().split())


def prompts_of(schema: Schema) -> list[Prompt]:
    """Return one prompt for each pattern of a schema, in its order; a relation's description is
    part of its words."""
    found = []
    for pattern in schema.patterns:
        description = schema.descriptions.get(pattern.relation, "")
        words = spoken(pattern.relation)
        words = f"{words}: {description}" if description else words
        head, tail = (_typed(name) for name in (pattern.head, pattern.tail))
        found.append(Prompt(words, head, tail))
    return found


_PLAIN = {"dateTime": "date", "gYear": "year", "gYearMonth": "date", "decimal": "number"}


def _typed(name: str) -> str:
    return "" if name in ("Thing", "Entity", "string") else spoken(_PLAIN.get(name, name))
