"""What the matcher is told of a relation: its name and the types of its ends, as vectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from kgkit.models.encoder import Encoder
    from kgkit.schema import Schema

__all__ = ["Prompt", "prompt_vectors", "prompts_of", "spoken"]


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


def _typed(name: str) -> str:
    return "" if name in ("Thing", "Entity") else spoken(name)


def prompt_vectors(encoder: Encoder, prompts: Sequence[Prompt]) -> NDArray[np.float32]:
    """Return [prompts, 1152]: the sentence vectors of relation, head type and tail type, zeros
    for a type that is not given."""
    texts = sorted({text for p in prompts for text in (p.relation, p.head, p.tail) if text})
    # One text a pass: a vector must not depend on the other relations of the schema.
    vectors = {text: encoder.encode([text])[0] for text in texts}
    nothing = np.zeros(encoder.dim, dtype=np.float32)
    rows = [
        np.concatenate([vectors.get(text, nothing) for text in (p.relation, p.head, p.tail)])
        for p in prompts
    ]
    return np.stack(rows) if rows else np.zeros((0, 3 * encoder.dim), dtype=np.float32)
