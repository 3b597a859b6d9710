"""What is known of an entity before it is compared with others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from extractors.align.names import form_of

__all__ = ["Profile", "family", "joined"]

_FAMILIES = {
    "person": "person",
    "per": "person",
    "location": "place",
    "loc": "place",
    "place": "place",
    "city": "place",
    "country": "place",
    "gpe": "place",
    "organization": "organisation",
    "organisation": "organisation",
    "org": "organisation",
    "company": "organisation",
    "work": "work",
    "film": "work",
    "album": "work",
    "song": "work",
    "book": "work",
    "concept": "concept",
    "date": "value",
    "time": "value",
    "literal": "value",
    "number": "value",
    "num": "value",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity as it is compared: names, type, what its sources say, where it stands.

    `values` holds what an entity has one of at most ("birth_year": {"1867"}), `neighbours` the
    (folded) names of what it is joined with, `documents` the ids of the documents that name it,
    `weight` how often it is named. `context` is the text around it that an encoder is given.

    >>> Profile("e1", "Marie Curie", "Person").family
    'person'
    """

    id: str
    name: str
    type: str = "Thing"
    aliases: tuple[str, ...] = ()
    values: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    neighbours: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    context: str = ""
    weight: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """The name and then the aliases, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))

    @property
    def telling_names(self) -> tuple[str, ...]:
        """The name and those aliases that tell it: two words, or the capitals of an acronym.

        "Curie" and "William I" are aliases of many.
        """
        return tuple(name for name in self.names if name == self.name or _is_telling(name))

    @property
    def family(self) -> str:
        """The coarse kind of its type: person, place, organisation, work, concept, value, other."""
        return family(self.type)


def _is_telling(alias: str) -> bool:
    form = form_of(alias)
    words = [word for word in form.core if len(word) > 1 and not _NUMERAL.fullmatch(word)]
    return len(words) > 1 or (len(form.squashed) > 2 and alias.isupper())


_NUMERAL = re.compile(r"[ivx]+|\d+")


def family(type: str) -> str:
    """Return the coarse kind of a type: person, place, organisation, work, concept, value, other.

    >>> family("PERSON"), family("Location"), family("Reaction")
    ('person', 'place', 'other')
    """
    return _FAMILIES.get(type.casefold(), "other")


def joined(profiles: Iterable[Profile]) -> Profile:
    """Return the profile of several that are one entity: the most frequent name, all else added.

    Of equally frequent names the longest, then the first in order stands for it. Raises
    `ValueError` for no profile at all.
    """
    members = sorted(profiles, key=lambda p: (-p.weight, -len(p.name), p.name, p.id))
    if not members:
        raise ValueError("no profile to join: give at least one")
    first = members[0]
    values: dict[str, frozenset[str]] = {}
    for member in members:
        for key, found in member.values.items():
            values[key] = values.get(key, frozenset()) | found
    names = sorted({name for member in members for name in member.names} - {first.name})
    return Profile(
        min(member.id for member in members),
        first.name,
        first.type,
        tuple(names),
        MappingProxyType(values),
        frozenset().union(*(member.neighbours for member in members)),
        frozenset().union(*(member.documents for member in members)),
        first.context,
        sum(member.weight for member in members),
    )
