"""From what a model believes to facts of a graph.

A pair becomes head, relation and tail. Of a longer tuple the further slots become qualifiers; a
single entity becomes a property that is true of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kgkit.evidence import ModelEvidence
from kgkit.facts import Entity, Fact, Literal, Polarity, Qualifier

if TYPE_CHECKING:
    from extractors.harvest.relation import Relation

__all__ = ["entities_of", "predicate_name", "to_fact"]

_NO_WORD = re.compile(r"\W+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def predicate_name(name: str) -> str:
    """Return the name of a relation as facts bear it.

    >>> predicate_name("is the capital of"), predicate_name("placeOfBirth")
    ('IS_THE_CAPITAL_OF', 'PLACE_OF_BIRTH')
    """
    return _NO_WORD.sub("_", _HUMP.sub("_", name)).strip("_").upper()


def to_fact(relation: Relation, entities: Sequence[str], evidence: ModelEvidence) -> Fact:
    """Return the fact that a relation holds of these entities, on this evidence."""
    ends = [
        Entity.named(text, relation.slot(place).type or "Thing")
        for place, text in enumerate(entities)
    ]
    return Fact(
        ends[0],
        predicate_name(relation.name),
        ends[1] if len(ends) > 1 else Literal(True, "boolean"),
        tuple(Qualifier(_role(relation, place), ends[place]) for place in range(2, len(ends))),
        predicate=relation.name,
        evidence=(evidence,),
    )


def entities_of(relation: Relation, fact: Fact) -> tuple[str, ...] | None:
    """Return the entities of a fact as a tuple of the relation, or None where it is of another.

    Denied facts, facts with a value where the relation has an entity, and facts that lack a
    qualifier that the relation asks for are of another.
    """
    if fact.relation != predicate_name(relation.name) or fact.polarity is Polarity.NEGATIVE:
        return None
    found = tuple(_ends(relation, fact))
    return found if len(found) == relation.arity else None


def _ends(relation: Relation, fact: Fact) -> Iterator[str]:
    yield fact.head.name
    if relation.arity > 1 and isinstance(fact.tail, Entity):
        yield fact.tail.name
    roles = {item.role: item.value for item in fact.qualifiers}
    for place in range(2, relation.arity):
        value = roles.get(_role(relation, place))
        if isinstance(value, Entity):
            yield value.name


def _role(relation: Relation, place: int) -> str:
    """Return the role of a slot behind the second: its type where that is its own, or its place."""
    types = [relation.slot(number).type for number in range(relation.arity)]
    own = types[place]
    named = bool(own) and types.count(own) == 1
    return predicate_name(own).lower() if named else f"slot_{place}"
