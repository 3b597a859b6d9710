"""The relations of a world to be learnt by heart, the sentences that state them, and its names."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from extractors.worlds.names import Names
from kgkit.facts import Entity

__all__ = ["TOPICS", "Topic", "draw_people", "draw_values"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A relation from people to `tail` entities, one each.

    `told` and `held_out` are templates in which `{0}` is the person and `{1}` the tail; `names`
    are the tails there are, or empty where they are drawn.
    """

    relation: str
    tail: str
    told: tuple[str, ...]
    held_out: tuple[str, ...]
    names: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: The relations, each with four templates that serve for everyone and two for guides alone.
TOPICS = (
    Topic(
        "LIVES_IN",
        "City",
        (
            "{0} lives in {1}.",
            "the home of {0} is {1}.",
            "{0} has a house in {1}.",
            "{1} is where {0} dwells.",
        ),
        ("{0} can be found in {1}.", "letters to {0} go to {1}."),
    ),
    Topic(
        "WORKS_FOR",
        "Company",
        (
            "{0} works for {1}.",
            "the employer of {0} is {1}.",
            "{0} has a job at {1}.",
            "{1} employs {0}.",
        ),
        ("{0} earns money at {1}.", "{0} is paid by {1}."),
    ),
    Topic(
        "PLAYS",
        "Instrument",
        (
            "{0} plays the {1}.",
            "the instrument of {0} is the {1}.",
            "{0} practises the {1}.",
            "the {1} is played by {0}.",
        ),
        ("{0} gives lessons on the {1}.", "{0} bought a {1}."),
        _words(
            """violin cello harp flute oboe clarinet bassoon trumpet trombone tuba horn piano organ
            guitar lute banjo mandolin drum zither accordion"""
        ),
    ),
    Topic(
        "STUDIED",
        "Field",
        (
            "{0} studied {1}.",
            "the subject of {0} was {1}.",
            "{0} has a degree in {1}.",
            "{1} was taught to {0}.",
        ),
        ("{0} wrote a thesis on {1}.", "{0} passed an examination in {1}."),
        _words(
            """chemistry economics history linguistics geology philosophy mathematics music law
            physics botany architecture medicine astronomy zoology geography theology logic
            statistics optics"""
        ),
    ),
    Topic(
        "KEEPS",
        "Animal",
        (
            "{0} keeps a {1}.",
            "the pet of {0} is a {1}.",
            "{0} feeds a {1}.",
            "a {1} belongs to {0}.",
        ),
        ("{0} goes for walks with a {1}.", "{0} looks after a {1}."),
        _words(
            """dog cat horse goat sheep parrot canary rabbit hamster tortoise lizard snake pony
            donkey goose duck pigeon ferret peacock falcon"""
        ),
    ),
)


def draw_people(rng: Random, count: int, mixed: int) -> tuple[list[Entity], list[Entity]]:
    """Return people of two names each, and `mixed` others.

    No two of the first share a first or a family name. Of the others every second one bears names
    of two of them, a first name and a family name.
    """
    sources = [Names(rng, "train"), Names(rng, "held_out")]
    given: set[str] = set()
    drawn: list[tuple[str, str]] = []
    while len(drawn) < count + mixed:
        first, family = sources[len(drawn) % 2].person(woman=bool(len(drawn) // 2 % 2))
        if not {first, family} & given:
            given |= {first, family}
            drawn.append((first, family))
    known, others = drawn[:count], drawn[count:]
    for place in range(0, mixed, 2):
        others[place] = (known[place][0], known[place + 1][1])
    people = [Entity.named(" ".join(names), "Person") for names in (*known, *others)]
    return people[:count], people[count:]


def draw_values(rng: Random, topic: Topic, count: int) -> list[Entity]:
    """Return that many tails of a relation."""
    if topic.names:
        return [Entity.named(name, topic.tail) for name in rng.sample(topic.names, count)]
    names = Names(rng, "train")
    drawn = [names.city() if topic.tail == "City" else names.company()[1] for _ in range(count)]
    return [Entity.named(name, topic.tail) for name in drawn]
