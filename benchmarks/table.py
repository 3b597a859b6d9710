"""A table of facts with skewed degrees, the same for every store."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact
from kgkit.ids import content_id

__all__ = ["RELATIONS", "Row", "as_facts", "entity_id", "rows"]

#: Number of the head, of the relation and of the tail.
Row = tuple[int, int, int]

RELATIONS = tuple(f"RELATION_{n:02}" for n in range(20))
_TYPES = ("Person", "Organization", "Location", "Work")


def rows(count: int, seed: int = 0) -> Iterator[Row]:
    """Yield `count` rows over count / 5 entities; few entities and relations are in most of them.

    A row may come twice, as in a real table.
    """
    draw = random.Random(seed).random
    entities = max(2, count // 5)
    for _ in range(count):
        head, tail = int(entities * draw() ** 2), int(entities * draw() ** 1.5)
        yield head, int(len(RELATIONS) * draw() ** 2), tail


def entity_id(number: int) -> str:
    """Return the id of an entity of the table."""
    return content_id("table", number)


def as_facts(table: Iterator[Row]) -> Iterator[Fact]:
    """Yield the rows as facts between named and typed entities, resting on their row."""
    for place, (head, relation, tail) in enumerate(table):
        evidence = ImportEvidence("table", str(place))
        yield Fact(
            _entity(head), RELATIONS[relation], _entity(tail), predicate="", evidence=(evidence,)
        )


def _entity(number: int) -> Entity:
    return Entity(entity_id(number), f"entity {number}", _TYPES[number % len(_TYPES)])
