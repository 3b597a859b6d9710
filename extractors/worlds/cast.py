"""Who and what there is in a world, and what is true of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from extractors.worlds.names import Names, Split
from extractors.worlds.templates import DENIED, HEDGED
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity
from kgkit.ids import content_id

__all__ = ["Cast", "Figure", "Shares", "cast_world"]


@dataclass(frozen=True, slots=True)
class Shares:
    """Which share of the people, from 0 to 1, is a namesake of another, has two dates of birth,
    and has something said of them that is denied or hedged."""

    namesakes: float
    contradictions: float
    denied: float
    hedged: float


@dataclass(frozen=True, slots=True)
class Figure:
    """An entity with how texts refer to it: `short` for later mentions, and its pronouns."""

    entity: Entity
    short: str
    subject: str = "It"
    genitive: str = "Its"


@dataclass(slots=True)
class Cast:
    """The figures of a world by type, and the facts about each."""

    figures: dict[str, list[Figure]] = field(default_factory=dict)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    #: Pairs of facts that cannot both be true; a second source tells the second.
    conflicts: list[tuple[Fact, Fact]] = field(default_factory=list)
    namesakes: list[tuple[Entity, Entity]] = field(default_factory=list)

    def tell(self, head: Figure, relation: str, tail: Entity | Literal) -> Fact:
        """Make it true that the relation holds, and return the fact."""
        fact = Fact(head.entity, relation, tail, predicate=relation)
        self.facts.setdefault(head.entity.id, []).append(fact)
        return fact

    def about(self, figure: Figure) -> list[Fact]:
        """Return the facts whose head this figure is."""
        return self.facts.get(figure.entity.id, [])


def cast_world(rng: Random, seed: int, people: int, split: Split, shares: Shares) -> Cast:
    """Return a world of so many people, and of places, companies and works in proportion."""
    return _Casting(rng, seed, split).run(people, shares)


class _Casting:
    def __init__(self, rng: Random, seed: int, split: Split) -> None:
        self.rng = rng
        self.names = Names(rng, split)
        self.key = (seed, split)
        self.cast = Cast()

    def run(self, people: int, shares: Shares) -> Cast:
        self._places(max(4, people // 3))
        self._institutions(max(3, people // 4), max(2, people // 8))
        for _ in range(max(2, people // 10)):
            name = self.names.award()
            self._add("Award", name, name)
        for _ in range(max(3, people // 3)):
            title = self.names.book()
            book = self._add("Book", title, title)
            self.cast.tell(book, "PUBLISHED_IN", _year(self.rng.randint(1930, 2015)))
        for _ in range(people):
            self._person()
        self._share(shares.namesakes, self._namesake)
        for figure in self.cast.figures["Person"]:
            self._life(figure)
        self._link()
        self._share(shares.contradictions, self._contradict)
        self._share(shares.denied, self._deny)
        self._share(shares.hedged, self._hedge)
        return self.cast

    def _add(
        self, kind: str, name: str, short: str, pronouns: tuple[str, str] = ("It", "Its")
    ) -> Figure:
        own = self.cast.figures.setdefault(kind, [])
        identity = content_id("world", *self.key, kind, len(own))
        aliases = (short,) if short != name else ()
        figure = Figure(Entity(identity, name, kind, aliases), short, *pronouns)
        own.append(figure)
        return figure

    def _any(self, kind: str) -> Entity:
        return self.rng.choice(self.cast.figures[kind]).entity

    def _places(self, cities: int) -> None:
        for _ in range(max(2, cities // 3)):
            name = self.names.country()
            self._add("Country", name, name)
        for _ in range(cities):
            name = self.names.city()
            city = self._add("City", name, name)
            self.cast.tell(city, "LOCATED_IN", self._any("Country"))
            self.cast.tell(city, "POPULATION", self._count(8_000, 3_000_000))

    def _institutions(self, companies: int, universities: int) -> None:
        for _ in range(companies):
            name, short = self.names.company()
            company = self._add("Company", name, short)
            self.cast.tell(company, "HEADQUARTERED_IN", self._any("City"))
            self.cast.tell(company, "FOUNDED_IN", _year(self.rng.randint(1850, 2005)))
            self.cast.tell(company, "EMPLOYEES", self._count(40, 90_000))
        cities = self.rng.sample(self.cast.figures["City"], k=universities)
        for city in cities:
            name = f"University of {city.entity.name}"
            university = self._add("University", name, name)
            self.cast.tell(university, "CAMPUS_IN", city.entity)

    def _count(self, least: int, most: int) -> Literal:
        count = self.rng.randint(least, most)
        # Large counts are round, as sources give them.
        size = 100_000 if count > 10**6 else 100 if count > 5_000 else 1
        return Literal(count // size * size, "integer")

    def _person(self) -> None:
        woman = self.rng.random() < 0.5
        first, family = self.names.person(woman=woman)
        pronouns = ("She", "Her") if woman else ("He", "His")
        self._add("Person", f"{first} {family}", family, pronouns)

    def _namesake(self, figure: Figure) -> None:
        pronouns = figure.subject, figure.genitive
        other = self._add("Person", figure.entity.name, figure.short, pronouns)
        self.cast.namesakes.append((figure.entity, other.entity))

    def _life(self, figure: Figure) -> None:
        born = date(self.rng.randint(1900, 1990), self.rng.randint(1, 12), self.rng.randint(1, 28))
        tell = self.cast.tell
        tell(figure, "BORN_ON", Literal(born, "date"))
        tell(figure, "BORN_IN", self._any("City"))
        tell(figure, "STUDIED_AT", self._any("University"))
        tell(figure, "MAJORED_IN", self._field())
        tell(figure, "WORKS_FOR", self._any("Company"))
        if self.rng.random() < 0.2:
            tell(figure, "RECEIVED", self._any("Award"))

    def _field(self) -> Entity:
        name = self.names.field()
        known = {f.entity.name: f.entity for f in self.cast.figures.get("Field", [])}
        return known[name] if name in known else self._add("Field", name, name).entity

    def _link(self) -> None:
        people = list(self.cast.figures["Person"])
        for book in self.cast.figures["Book"]:
            self.cast.tell(self.rng.choice(people), "WROTE", book.entity)
        for company in self.cast.figures["Company"]:
            if self.rng.random() < 0.6:
                self.cast.tell(self.rng.choice(people), "FOUNDED", company.entity)
        self.rng.shuffle(people)
        third = len(people) // 3
        for one, other in zip(people[:third], people[third : 2 * third], strict=True):
            relation = self.rng.choice(["MARRIED_TO", "PARENT_OF"])
            if one.entity.name != other.entity.name:
                self.cast.tell(one, relation, other.entity)
        for one, other in zip(people[third:], people, strict=False):
            if one.entity.name != other.entity.name and self.rng.random() < 0.5:
                self.cast.tell(one, "KNOWS", other.entity)

    def _share(self, share: float, change: object) -> None:
        assert callable(change)
        people = self.cast.figures["Person"]
        count = min(len(people), round(share * len(people)))
        for figure in self.rng.sample(people, k=count):
            change(figure)

    def _contradict(self, figure: Figure) -> None:
        true = next(fact for fact in self.cast.about(figure) if fact.relation == "BORN_ON")
        assert isinstance(true.tail, Literal)
        assert isinstance(true.tail.value, date)
        born = true.tail.value
        other = born.replace(year=born.year + self.rng.choice([-3, -2, -1, 1, 2, 3]))
        wrong = Fact(figure.entity, "BORN_ON", Literal(other, "date"), predicate="BORN_ON")
        self.cast.conflicts.append((true, wrong))

    def _deny(self, figure: Figure) -> None:
        self._unsure(figure, self.rng.choice(sorted(DENIED)), Polarity.NEGATIVE)

    def _hedge(self, figure: Figure) -> None:
        self._unsure(figure, self.rng.choice(sorted(HEDGED)), Modality.HEDGED)

    def _unsure(self, figure: Figure, relation: str, how: Polarity | Modality) -> None:
        kinds = {"WORKS_FOR": "Company", "FOUNDED": "Company", "STUDIED_AT": "University"}
        kinds |= {"WROTE": "Book", "RECEIVED": "Award"}
        facts = self.cast.about(figure)
        said = {fact.tail for fact in facts if fact.relation == relation}
        free = [f.entity for f in self.cast.figures[kinds[relation]] if f.entity not in said]
        if not free:
            return
        denied = how is Polarity.NEGATIVE
        facts.append(
            Fact(
                figure.entity,
                relation,
                self.rng.choice(free),
                polarity=Polarity.NEGATIVE if denied else Polarity.POSITIVE,
                modality=Modality.ASSERTED if denied else Modality.HEDGED,
                predicate=relation,
            )
        )


def _year(year: int) -> Literal:
    return Literal(year, "gYear")
