"""Who there is in a world of biographies, and what is true of them and of the places they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from extractors.worlds.bios.sets import Attribute, NameSpace, values_of
from extractors.worlds.names import Names
from kgkit.errors import InputError
from kgkit.facts import Entity, Fact

__all__ = ["Biography", "draw_mentors", "draw_people", "place_facts"]

#: What the values of an attribute have in turn: one relation to one tail.
_PLACES = {
    "Company": ("HEADQUARTERED_IN", "City"),
    "University": ("CAMPUS_IN", "City"),
    "City": ("LOCATED_IN", "Country"),
}
#: As many cities, on average, to a country.
_CITIES = 5


@dataclass(frozen=True, slots=True)
class Biography:
    """A person and the facts about them, one for each attribute; texts tell it `exposures`
    times."""

    person: Entity
    facts: tuple[Fact, ...]
    exposures: int = 1

    def value(self, relation: str) -> str:
        """Return the value of a relation as texts say it, or nothing where there is none."""
        from extractors.worlds.bios.telling import said

        return next((said(fact.tail) for fact in self.facts if fact.relation == relation), "")


def draw_people(
    rng: Random, count: int, attributes: Sequence[Attribute], names: NameSpace
) -> Iterator[Biography]:
    """Yield so many people: names without replacement, every value evenly and by itself.

    Raises `InputError` for more people than names.
    """
    if not 0 <= count <= names.size:
        raise InputError(f"{count} people cannot all have one of {names.size} names; give fewer.")
    for number in rng.sample(range(names.size), count):
        name = names.name(number)
        person = Entity.named(name, "Person", (name.split()[-1],))
        facts = [
            Fact(person, each.relation, rng.choice(values_of(each)), predicate=each.relation)
            for each in attributes
        ]
        yield Biography(person, tuple(facts))


def draw_mentors(rng: Random, people: Sequence[Biography], share: float) -> list[Biography]:
    """Return the people, of whom a share from 0 to 1 is taught by another of them."""
    count = round(share * len(people)) if len(people) > 1 else 0
    chosen = set(rng.sample(range(len(people)), count))
    taught = []
    for place, one in enumerate(people):
        if place in chosen:
            other = people[(place + rng.randrange(1, len(people))) % len(people)].person
            fact = Fact(one.person, "MENTORED_BY", other, predicate="MENTORED_BY")
            one = replace(one, facts=(*one.facts, fact))
        taught.append(one)
    return taught


def place_facts(attributes: Sequence[Attribute]) -> list[Fact]:
    """Return where the companies, universities and cities of these attributes are: functions of
    the value that hold in every world, and so add no bits to a person."""
    known = {each.tail: values_of(each) for each in attributes}
    cities = known.get("City") or values_of(Attribute("", "City", 20))
    maker = Names(Random("bios Country"), "train")
    countries = [
        Entity.named(maker.country(), "Country") for _ in range(max(2, len(cities) // _CITIES))
    ]
    ends = {"City": cities, "Country": tuple(countries)}
    facts = []
    for kind, (relation, tail) in _PLACES.items():
        heads = ends["City"] if kind == "City" else known.get(kind, ())
        for head in heads:
            assert isinstance(head, Entity)
            place = Random(f"bios {relation} {head.name}").choice(ends[tail])
            facts.append(Fact(head, relation, place, predicate=relation))
    return facts
