"""A few films, for the tests of logical forms."""

from __future__ import annotations

from datetime import date

from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity, Qualifier
from reasoning.logic.source import MemoryFacts

SURE = (PersonEvidence("Ada", "2026-01-01", 0.9),)

SCOTT = Entity.named("Ridley Scott", "Person")
CAMERON = Entity.named("James Cameron", "Person")
ALIEN, ALIENS, BLADE = (Entity.named(n, "Film") for n in ("Alien", "Aliens", "Blade Runner"))
LONDON, ENGLAND = (Entity.named(n, "Location") for n in ("London", "England"))


def said(head: Entity, relation: str, tail: Entity | Literal, *roles: Qualifier) -> Fact:
    """Return an asserted fact that a person vouches for."""
    return Fact(head, relation, tail, roles, evidence=SURE)


def day(year: int, month: int, day: int) -> Literal:
    """Return a day."""
    return Literal(date(year, month, day), "date")


FACTS = (
    said(SCOTT, "DIRECTED", ALIEN),
    said(SCOTT, "DIRECTED", BLADE),
    said(CAMERON, "DIRECTED", ALIENS),
    said(ALIEN, "RELEASED_ON", day(1979, 5, 25)),
    said(ALIENS, "RELEASED_ON", day(1986, 7, 18)),
    said(BLADE, "RELEASED_ON", Literal(1982, "gYear")),
    said(ALIEN, "RUNS", Literal(117, "quantity", unit="min")),
    said(ALIENS, "RUNS", Literal(2.5, "quantity", unit="h")),
    said(SCOTT, "BORN_ON", day(1937, 11, 30)),
    said(CAMERON, "BORN_ON", day(1954, 8, 16)),
    said(
        SCOTT,
        "LIVED_IN",
        LONDON,
        Qualifier("valid_from", Literal(1960, "gYear")),
        Qualifier("valid_to", Literal(1990, "gYear")),
        Qualifier("with", CAMERON),
    ),
    said(CAMERON, "LIVED_IN", LONDON),
    said(LONDON, "PART_OF", ENGLAND),
    said(ENGLAND, "PART_OF", LONDON),
    Fact(CAMERON, "DIRECTED", ALIEN, polarity=Polarity.NEGATIVE, evidence=SURE),
    Fact(CAMERON, "DIRECTED", BLADE, modality=Modality.HEDGED, evidence=SURE),
)
SOURCE = MemoryFacts(FACTS)
