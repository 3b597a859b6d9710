"""Worked examples that are shown to the model."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.llm.anchors import Passage
from kgkit.errors import InputError
from kgkit.schema import Schema

__all__ = ["Example", "examples_of"]

#: "led the making of, e.g. Ridley Scott directed Alien. (Ridley Scott -> Alien)"
_GIVEN = re.compile(
    r"\be\.g\.\s+(?P<text>.+?)\s*\((?P<head>[^()]+?)\s*->\s*(?P<tail>[^()]+?)\)\s*$"
)


@dataclass(frozen=True, slots=True)
class Example:
    """A short text and the facts it states: (head, relation, tail), ends as the text says them.

    Raises `InputError` for an end that the text does not say.

    >>> Example("Ada wrote Note G.", (("Ada", "WROTE", "Note G"),)).facts[0][1]
    'WROTE'
    """

    text: str
    facts: tuple[tuple[str, str, str], ...]

    def __post_init__(self) -> None:
        passage = Passage(self.text)
        for head, _, tail in self.facts:
            for end in (head, tail):
                if not passage.find(end):
                    raise InputError(
                        f"the example {self.text!r} does not say {end!r}; copy both ends from it"
                    )


def examples_of(schema: Schema) -> tuple[Example, ...]:
    """Return the examples in a schema's descriptions of relations.

    They are written "DIRECTED: led the making of, e.g. Scott directed Alien. (Scott -> Alien)".

    >>> schema = Schema.parse('''(Person)-[WROTE]->(Text)
    ... WROTE: is the author of, e.g. Ada wrote Note G. (Ada -> Note G)''')
    >>> examples_of(schema)[0].facts
    (('Ada', 'WROTE', 'Note G'),)
    """
    return tuple(_given(schema))


def _given(schema: Schema) -> Iterable[Example]:
    relations = set(schema.relations)
    for name, text in schema.descriptions.items():
        found = _GIVEN.search(text)
        if found and name in relations:
            yield Example(found["text"], ((found["head"], name, found["tail"]),))
