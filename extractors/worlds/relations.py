"""What a world tells: its relations, their ends, and which of them have one value."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RELATIONS", "SINGLE_VALUED", "TYPES", "Relation"]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation from a type to a type, or to a datatype in lower case; `single` where a head
    has one value at most, `symmetric` where it also holds the other way round."""

    name: str
    head: str
    tail: str
    single: bool = False
    symmetric: bool = False


#: Every relation of a world, by name.
RELATIONS = {
    relation.name: relation
    for relation in (
        Relation("BORN_ON", "Person", "date", single=True),
        Relation("BORN_IN", "Person", "City", single=True),
        Relation("STUDIED_AT", "Person", "University"),
        Relation("MAJORED_IN", "Person", "Field"),
        Relation("WORKS_FOR", "Person", "Company"),
        Relation("MARRIED_TO", "Person", "Person", symmetric=True),
        Relation("PARENT_OF", "Person", "Person"),
        Relation("KNOWS", "Person", "Person", symmetric=True),
        Relation("RECEIVED", "Person", "Award"),
        Relation("WROTE", "Person", "Book"),
        Relation("FOUNDED", "Person", "Company"),
        Relation("HEADQUARTERED_IN", "Company", "City", single=True),
        Relation("FOUNDED_IN", "Company", "gYear", single=True),
        Relation("EMPLOYEES", "Company", "integer", single=True),
        Relation("CAMPUS_IN", "University", "City", single=True),
        Relation("LOCATED_IN", "City", "Country", single=True),
        Relation("POPULATION", "City", "integer", single=True),
        Relation("PUBLISHED_IN", "Book", "gYear", single=True),
    )
}

#: Relations of which a head has one value at most: two of them contradict each other.
SINGLE_VALUED = frozenset(r.name for r in RELATIONS.values() if r.single)

#: The types of entities in a world.
TYPES = ("Award", "Book", "City", "Company", "Country", "Field", "Person", "University")
