"""Declared value sets: what an attribute or a name can be, and how many bits it takes to say it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from extractors.worlds.bios.parts import invented
from extractors.worlds.names import Names
from kgkit.errors import InputError
from kgkit.facts import Entity, Literal

__all__ = ["BIOS", "SMALL", "Attribute", "NameSpace", "gold_bits", "values_of"]

#: Days and months of a date of birth in bioS: 12 months of 28 days.
_DAYS, _MONTHS = 28, 12
_GENDERS = ("woman", "man")
_KINDS = ("Adult", "Applied", "Classical", "Coastal", "Early", "Formal", "Marine", "Northern",
          "Rural", "Social")  # fmt: skip
_FIELDS = ("Biology", "Chemistry", "Economics", "Geology", "History", "Law", "Logic", "Medicine",
           "Music", "Physics")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attribute:
    """A relation that every person has one value of, drawn evenly from `size` values.

    `tail` is the type of the values, or a datatype in lower case.

    >>> Attribute("MAJORED_IN", "Field", 16).bits
    4.0
    """

    relation: str
    tail: str
    size: int

    @property
    def bits(self) -> float:
        """The bits that it takes to say which value it is: log2 of the size."""
        return math.log2(self.size)


@dataclass(frozen=True, slots=True)
class NameSpace:
    """How many first, middle and last names there are; 1 middle name is none at all.

    >>> NameSpace(400, 400, 1000).size
    160000000
    """

    first: int = 40
    middle: int = 1
    last: int = 100

    @property
    def size(self) -> int:
        """How many full names there are."""
        return self.first * self.middle * self.last

    def name(self, number: int) -> str:
        """Return the full name of a number below `size`."""
        first, rest = number % self.first, number // self.first
        middle, last = rest % self.middle, rest // self.middle
        parts = [invented("first", self.first)[first]]
        if self.middle > 1:
            parts.append(invented("middle", self.middle)[middle])
        return " ".join([*parts, invented("last", self.last)[last]])


#: The attributes of bioS: 47.59 bits a person.
BIOS = (
    Attribute("BORN_ON", "date", _DAYS * _MONTHS * 200),
    Attribute("BORN_IN", "City", 200),
    Attribute("STUDIED_AT", "University", 300),
    Attribute("MAJORED_IN", "Field", 100),
    Attribute("WORKS_FOR", "Company", 263),
    Attribute("GENDER", "string", 2),
)

#: The same at a size that a model of half a million parameters learns on a processor.
SMALL = (
    Attribute("BORN_ON", "date", _DAYS * _MONTHS * 50),
    Attribute("BORN_IN", "City", 20),
    Attribute("STUDIED_AT", "University", 20),
    Attribute("MAJORED_IN", "Field", 10),
    Attribute("WORKS_FOR", "Company", 16),
    Attribute("GENDER", "string", 2),
)


def gold_bits(
    people: int, attributes: Iterable[Attribute] = BIOS, names: NameSpace | None = None
) -> float:
    """Return the bits that a world of so many people holds: log2 of the values of each person,
    and, with a name space, of which names are borne at all (N log2(N0 / N), arXiv 2404.05405).

    >>> round(gold_bits(1), 2)
    47.59
    """
    bits = people * sum(attribute.bits for attribute in attributes)
    if names is not None and people:
        bits += people * math.log2(names.size / people)
    return bits


@lru_cache(maxsize=64)
def values_of(attribute: Attribute) -> tuple[Entity | Literal, ...]:
    """Return all values of an attribute; they are the same in every world.

    Raises `InputError` for a type that nothing is made up for, or more values than there are.

    >>> [value.name for value in values_of(Attribute("MAJORED_IN", "Field", 2))]
    ['Adult Biology', 'Applied Biology']
    """
    kind, size = attribute.tail, attribute.size
    if kind == "date":
        return tuple(_dates(size))
    if kind == "string":
        return tuple(Literal(word) for word in _few(attribute, _GENDERS))
    if kind == "Field":
        fields = [f"{kind} {field}" for field in _FIELDS for kind in _KINDS]
        return tuple(Entity.named(name, "Field") for name in _few(attribute, fields))
    names = Names(Random(f"bios {kind}"), "train")
    makers: dict[str, Callable[[], str]] = {
        "City": names.city,
        "Country": names.country,
        "Company": lambda: names.company()[0],
        "University": lambda: f"{names.city()} University",
    }
    if kind not in makers:
        raise InputError(
            f"no values are made up for the type {kind!r}; give one of "
            f"{', '.join([*makers, 'Field', 'date', 'string'])}"
        )
    return tuple(Entity.named(makers[kind](), kind) for _ in range(size))


def _few(attribute: Attribute, values: Iterable[str]) -> list[str]:
    found = list(values)
    if not 1 <= attribute.size <= len(found):
        raise InputError(
            f"{attribute.relation} asks for {attribute.size} values of {attribute.tail}; there "
            f"are 1 to {len(found)}"
        )
    return found[: attribute.size]


def _dates(size: int) -> list[Literal]:
    years = size // (_DAYS * _MONTHS)
    if years * _DAYS * _MONTHS != size or not 1 <= years <= 300:
        raise InputError(
            f"{size} is no number of dates; give {_DAYS} * {_MONTHS} * a number of years from 1 "
            "to 300"
        )
    return [
        Literal(date(1900 + year, month + 1, day + 1), "date")
        for year in range(years)
        for month in range(_MONTHS)
        for day in range(_DAYS)
    ]
