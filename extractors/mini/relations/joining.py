"""What clauses state and what the relation head finds, as one set of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from extractors.mini.relations.names import RelationNames, Triple, triple_of
from kgkit.facts import Fact

__all__ = ["joined"]


def joined(
    names: RelationNames, stated: Iterable[Fact], related: Iterable[Fact]
) -> tuple[Fact, ...]:
    """Return all facts by id, each relation under one name.

    What both give rests on the evidence of both; where the clause says more of it, such as when,
    the relation head's evidence goes to the clause's fact.
    """
    found = list(related)
    known = frozenset(map(triple_of, found))
    facts: dict[str, Fact] = {}
    for fact in stated:
        _add(facts, names.restated(fact, known))
    fuller: dict[Triple, list[Fact]] = defaultdict(list)
    for fact in facts.values():
        if fact.qualifiers and fact.is_asserted:
            fuller[triple_of(fact)].append(fact)
    for fact in found:
        said = [] if fact.id in facts else fuller.get(triple_of(fact), [])
        least = min(said, key=lambda one: (len(one.qualifiers), one.id), default=None)
        _add(facts, least.with_evidence(*fact.evidence) if least else fact)
    return tuple(facts[id] for id in sorted(facts))


def _add(facts: dict[str, Fact], fact: Fact) -> None:
    earlier = facts.get(fact.id)
    if earlier is not None:
        evidence = dict.fromkeys((*earlier.evidence, *fact.evidence))
        fact = earlier.with_evidence(*evidence)
    facts[fact.id] = fact
