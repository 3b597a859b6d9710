"""Graphs that the tests of synthesis write about."""

from __future__ import annotations

from datetime import date

from extractors.entigraph import GraphView
from extractors.worlds import World
from kgkit.facts import Entity, Fact, Literal, Polarity, Qualifier

ADA = Entity.named("Ada Lovelace", "Person")
BABBAGE = Entity.named("Charles Babbage", "Person")
LONDON = Entity.named("London", "City")
ENGLAND = Entity.named("England", "Country")
ENGINE = Entity.named("Analytical Engine", "Machine")

FACTS = (
    Fact(ADA, "BORN_IN", LONDON),
    Fact(ADA, "BORN_ON", Literal(date(1815, 12, 10), "date")),
    Fact(BABBAGE, "BORN_ON", Literal(date(1791, 12, 26), "date")),
    Fact(BABBAGE, "BORN_IN", LONDON),
    Fact(BABBAGE, "DESIGNED", ENGINE),
    Fact(LONDON, "CAPITAL_OF", ENGLAND),
    Fact(ADA, "KNOWS", BABBAGE, (Qualifier("valid_from", Literal(1833, "gYear")),)),
    Fact(ADA, "DESIGNED", ENGINE, polarity=Polarity.NEGATIVE),
)
VIEW = GraphView.of(FACTS)


def world(people: int = 40, seed: int = 3) -> GraphView:
    """Return the facts, mentions and documents of a synthetic world."""
    made = World.make(seed, people=people)
    return GraphView.of(made.facts, made.mentions, (), made.documents)
