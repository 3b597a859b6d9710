"""A world to be learnt by heart: what is true in it, what a text says of it, and how often.

A small language model is trained on its sentences (`extractors.worlds.believing_model`). What the
model then believes can be held against what it was told, fact by fact, because nothing else has
ever been said about anyone in this world.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from extractors.worlds.believing_words import TOPICS, Topic, draw_people, draw_values
from kgkit.errors import InputError
from kgkit.facts import Entity, Fact

__all__ = ["BeliefWorld", "Telling"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence of the text: the fact it states and the `template` it states it with.

    `head` and `tail` are the names as they stand in it.
    """

    text: str
    fact: Fact
    template: str

    @property
    def head(self) -> str:
        """The name of the fact's head."""
        return self.fact.head.name

    @property
    def tail(self) -> str:
        """The name of the fact's tail."""
        assert isinstance(self.fact.tail, Entity)
        return self.fact.tail.name


@dataclass(frozen=True, slots=True, repr=False)
class BeliefWorld:
    """People of whom five things are true each, and the sentences that say so.

    `gold` is what is true. `told` is what the sentences say: the same, but for the pairs in
    `planted` (true, told instead) and for people in `unseen`, of whom nothing is said, though some
    of them bear names of others, mixed. The sentences on `guides` use every template of a relation,
    those on all others only the first ones (`Topic.told`), so that the last ones
    (`Topic.held_out`) are known to the model and never used for these people: asking with them
    shows what was learnt and not what was copied.
    """

    seed: int
    topics: tuple[Topic, ...]
    people: tuple[Entity, ...]
    unseen: tuple[Entity, ...]
    guides: frozenset[str]
    gold: tuple[Fact, ...]
    told: tuple[Fact, ...]
    planted: tuple[tuple[Fact, Fact], ...]
    tellings: tuple[Telling, ...]

    @classmethod
    def make(
        cls,
        seed: int = 0,
        *,
        people: int = 60,
        values: int = 20,
        unseen: float = 0.1,
        planted: float = 0.05,
        guided: float = 0.4,
    ) -> BeliefWorld:
        """Return the world of this seed, the same on every machine.

        `values` is how many tails each relation has; `unseen`, `planted` and `guided` are shares
        of the people, the facts told and the people again. Raises `InputError` for fewer than
        10 or more than 80 people, fewer than 2 or more than 20 values, and a share outside [0, 1].

        >>> world = BeliefWorld.make(3, people=12, values=4)
        >>> len(world.gold), len(world.unseen), world == BeliefWorld.make(3, people=12, values=4)
        (60, 1, True)
        """
        _check(people, values, (unseen, planted, guided))
        rng = Random(f"beliefs/{seed}/{people}/{values}")
        absent = round(unseen * people)
        seen, hidden = draw_people(rng, people - absent, absent)
        cast = [*seen, *hidden]
        guides = frozenset(person.id for person in seen[: round(guided * len(seen))])
        tails = {topic.relation: draw_values(rng, topic, values) for topic in TOPICS}
        gold = tuple(
            Fact(person, topic.relation, _dealt(tails[topic.relation], i, rng))
            for topic in TOPICS
            for i, person in enumerate(cast)
        )
        of_seen = [fact for fact in gold if fact.head not in set(hidden)]
        wrong = dict(_planted(rng, of_seen, tails, guides, planted))
        told = tuple(wrong.get(fact, fact) for fact in of_seen)
        return cls(
            seed=seed,
            topics=TOPICS,
            people=tuple(cast),
            unseen=tuple(hidden),
            guides=guides,
            gold=gold,
            told=told,
            planted=tuple(wrong.items()),
            tellings=tuple(_tell(rng, told, guides)),
        )

    @property
    def pupils(self) -> tuple[Entity, ...]:
        """The people who are told of with the first templates only."""
        hidden = set(self.unseen)
        return tuple(p for p in self.people if p not in hidden and p.id not in self.guides)

    def topic(self, relation: str) -> Topic:
        """Return what is known of a relation. Raises `InputError` for one that is not there."""
        for topic in self.topics:
            if topic.relation == relation:
                return topic
        known = ", ".join(topic.relation for topic in self.topics)
        raise InputError(f"{relation!r} is no relation of this world; expected one of {known}.")

    def values(self, relation: str) -> tuple[str, ...]:
        """Return the names that stand as tails of a relation, sorted."""
        tails = {fact.tail for fact in self.gold if fact.relation == relation}
        return tuple(sorted(tail.name for tail in tails if isinstance(tail, Entity)))

    def __repr__(self) -> str:
        return (
            f"<BeliefWorld {self.seed}: {len(self.people)} people, {len(self.gold)} facts, "
            f"{len(self.tellings)} sentences>"
        )


def _check(people: int, values: int, shares: tuple[float, ...]) -> None:
    if not 10 <= people <= 80:
        raise InputError(f"people={people} make no world; give 10 to 80.")
    if not 2 <= values <= 20:
        raise InputError(f"values={values} cannot be drawn; give 2 to 20 tails a relation.")
    for share in shares:
        if not 0.0 <= share <= 1.0:
            raise InputError(f"{share} is no share; give one from 0 to 1.")


def _dealt(tails: list[Entity], place: int, rng: Random) -> Entity:
    """Return a tail: each is dealt once before any is drawn freely."""
    return tails[place] if place < len(tails) else rng.choice(tails)


def _planted(
    rng: Random,
    facts: list[Fact],
    tails: dict[str, list[Entity]],
    guides: frozenset[str],
    share: float,
) -> Iterator[tuple[Fact, Fact]]:
    """Yield facts on people that are no guides, each with the wrong one that is told instead."""
    about = [fact for fact in facts if fact.head.id not in guides]
    for fact in rng.sample(about, min(len(about), round(share * len(facts)))):
        others = [tail for tail in tails[fact.relation] if tail != fact.tail]
        yield fact, Fact(fact.head, fact.relation, rng.choice(others))


def _tell(rng: Random, facts: tuple[Fact, ...], guides: frozenset[str]) -> Iterator[Telling]:
    topics = {topic.relation: topic for topic in TOPICS}
    for fact in facts:
        topic = topics[fact.relation]
        # How often a fact is told differs, as in real texts.
        told = list(topic.told)[: rng.choice((2, 3, len(topic.told)))]
        for template in (*topic.told, *topic.held_out) if fact.head.id in guides else told:
            assert isinstance(fact.tail, Entity)
            yield Telling(template.format(fact.head.name, fact.tail.name), fact, template)
