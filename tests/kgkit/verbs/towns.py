"""A small graph with a pattern to learn: who works for a company lives in its town."""

from __future__ import annotations

from kgkit.evidence import PersonEvidence
from kgkit.facts import Entity, Fact, Literal

COMPANIES = tuple(Entity.named(f"Company {n}", "Company") for n in range(6))
TOWNS = tuple(Entity.named(f"Town {n}", "Town") for n in range(6))
PEOPLE = tuple(Entity.named(f"Person {n}", "Person") for n in range(60))


def facts(*, without: int = 0) -> list[Fact]:
    """Return all facts, but where the first `without` people live."""
    found = [Fact(company, "SEAT", TOWNS[n]) for n, company in enumerate(COMPANIES)]
    for n, person in enumerate(PEOPLE):
        found.append(Fact(person, "WORKS_FOR", COMPANIES[n % 6]))
        found.append(Fact(person, "BORN", Literal(1900 + n, "integer")))
        if n >= without:
            found.append(Fact(person, "LIVES_IN", TOWNS[n % 6]))
    return [fact.with_evidence(PersonEvidence("Ada")) for fact in found]
