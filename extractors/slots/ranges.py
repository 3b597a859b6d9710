"""What an answer can be: the entity or value that a schema's range asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.mini.dates import number_literal, time_literal
from kgkit.facts import Entity, Literal, Mention
from kgkit.schema import Pattern

__all__ = [
    "NUMBER",
    "ORGANISATION",
    "PERSON",
    "PLACE",
    "TEXT",
    "TIME",
    "can_be",
    "is_told",
    "kind_of",
    "value_of",
]

PERSON, PLACE, ORGANISATION = "person", "place", "organisation"
TIME, NUMBER, TEXT = "time", "number", "text"
_DATATYPES = {
    **dict.fromkeys(("date", "dateTime", "gYear", "gYearMonth", "interval", "time"), TIME),
    **dict.fromkeys(("integer", "decimal", "quantity", "range", "duration"), NUMBER),
    **dict.fromkeys(("string", "boolean"), TEXT),
}
_SAME: Mapping[str, str] = {
    PERSON: "person human people actor artist scientist author writer director politician musician "
    "composer athlete player character",
    PLACE: "place location city town village country state region river island mountain continent "
    "address district county province settlement",
    ORGANISATION: "organization organisation company university institution school college club "
    "team band party agency business",
}
_TYPES = {type: kind for kind, types in _SAME.items() for type in types.split()}
#: Types that anything may have.
_ANY = frozenset(["", "thing", "entity"])
#: A longer name is a clause.
_LONGEST_NAME = 80
_ARTICLE = re.compile(r"(?:the|a|an|his|her|its|their)\s+", re.IGNORECASE)


def kind_of(type: str) -> str:
    """Return the kind of a type or datatype: person, place, organisation, time, number, text, or
    the type itself in lower case where it is none of these.

    >>> kind_of("City"), kind_of("gYear"), kind_of("Film")
    ('place', 'time', 'film')
    """
    return _DATATYPES.get(type) or _TYPES.get(type.lower(), type.lower())


def can_be(seen: str, wanted: str) -> bool:
    """Return whether what an extractor typed so can be of a type that a schema wants.

    Persons, places and organisations are told apart; of any other type a person is none.

    >>> can_be("Location", "Country"), can_be("Misc", "Film"), can_be("Person", "Film")
    (True, True, False)
    """
    has, needs = kind_of(seen), kind_of(wanted)
    if has == needs or needs in _ANY:
        return True
    return has == "thing" or not (is_told(seen) or is_told(wanted))


def is_told(type: str) -> bool:
    """Return whether a type is a person's, a place's or an organisation's, which extractors tell
    from each other and from all the rest.

    >>> is_told("City"), is_told("Film")
    (True, False)
    """
    return kind_of(type) in (PERSON, PLACE, ORGANISATION)


def value_of(
    answer: tuple[int, int], text: str, pattern: Pattern, mentions: Sequence[Mention]
) -> Entity | Literal | None:
    """Return what the characters [start, end) of a text are as the tail of a pattern, or None.

    A name that is mentioned there is its entity, if that can be of the type; other words are a
    new one. A value must be of the datatype's family.
    """
    start, end = answer
    words = text[start:end]
    if pattern.is_property:
        return _literal(words, kind_of(pattern.tail))
    named = [m for m in mentions if m.start < end and start < m.end and m.kind == "name"]
    if named:
        best = max(named, key=lambda m: (min(m.end, end) - max(m.start, start), -m.start, m.id))
        shared = min(best.end, end) - max(best.start, start)
        if 2 * shared < max(best.end - best.start, end - start):
            return None  # the answer is more, or less, than the name
        if not can_be(best.entity.type, pattern.tail):
            return None
        if is_told(best.entity.type):
            return best.entity
        return Entity(best.entity.id, best.entity.name, pattern.tail)
    if any(m.start < end and start < m.end for m in mentions):
        return None  # a pronoun
    name = _ARTICLE.sub("", words, count=1).strip(" .,;:'\"")
    proper = any(c.isupper() or c.isdigit() for c in name) or not any(c.isalpha() for c in name)
    if not name or len(name) > _LONGEST_NAME or (is_told(pattern.tail) and not proper):
        return None
    return Entity.named(name, pattern.tail)


def _literal(words: str, kind: str) -> Literal | None:
    if kind == TIME:
        found = time_literal(words)
        return found if kind_of(found.datatype) == TIME else None
    if kind == NUMBER:
        return number_literal(words) or _counted(words)
    return Literal(" ".join(words.split()), "string", words)


def _counted(words: str) -> Literal | None:
    """Return the number before a noun: "300 people"."""
    number, _, noun = words.rpartition(" ")
    return number_literal(number, noun) if number else None
