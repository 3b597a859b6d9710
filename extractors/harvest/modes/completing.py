"""Completing a graph: what a model knows of its entities and the graph does not state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.harvest.facts import entities_of, predicate_name
from extractors.harvest.modes.asking import tails
from kgkit.facts import Entity, Fact

if TYPE_CHECKING:
    from extractors.harvest.inquiry import Inquiry
    from extractors.harvest.relation import Relation

__all__ = ["complete", "seeded"]

#: How many facts of a graph serve as seeds at most.
_SEEDS = 8


def complete(
    inquiries: Sequence[Inquiry], facts: Iterable[Fact], *, n: int = 3, threshold: float = 0.5
) -> Iterator[Fact]:
    """Yield facts that a graph lacks: for each of its entities, relation by relation.

    `facts` are those of the graph. An entity is asked for a relation when it has the type of the
    first slot, or is a head of that relation where the slot has no type; of a functional relation
    only when it has no tail yet. `n` tails are looked at for each, and those below `threshold`
    are left out. Facts keep the graph's entities, with their ids.
    """
    known = list(facts)
    entities = _entities(known)
    by_name = {(entity.name, entity.type): entity for entity in entities.values()}
    for inquiry in inquiries:
        relation = inquiry.relation
        stated = [fact for fact in known if fact.relation == predicate_name(relation.name)]
        tails_of: dict[str, set[str]] = {}
        for fact in stated:
            tails_of.setdefault(fact.head.id, set()).add(_name(fact.tail))
        for entity in sorted(entities.values(), key=lambda entity: (entity.name, entity.id)):
            own = tails_of.get(entity.id, set())
            fits = entity.type == relation.head_type if relation.head_type else bool(own)
            if not fits or (own and relation.functional):
                continue
            yield from _new(inquiry, (entity, own), by_name, (n, threshold))


def _new(
    inquiry: Inquiry,
    about: tuple[Entity, set[str]],
    by_name: dict[tuple[str, str], Entity],
    limits: tuple[int, float],
) -> Iterator[Fact]:
    """Yield the facts on an entity that name a tail it has not, from the graph where it is one."""
    entity, own = about
    n, threshold = limits
    given = 0
    for fact in tails(inquiry, entity.name, n + len(own)):
        tail = fact.tail
        if not isinstance(tail, Entity) or tail.name.casefold() in own:
            continue
        if fact.confidence >= threshold:
            kept = by_name.get((tail.name, tail.type), tail)
            yield Fact(
                entity, fact.relation, kept, predicate=fact.predicate, evidence=fact.evidence
            )
            given += 1
        if given == n or (given and inquiry.relation.functional):
            return


def _entities(facts: Iterable[Fact]) -> dict[str, Entity]:
    found: dict[str, Entity] = {}
    for fact in facts:
        found.setdefault(fact.head.id, fact.head)
        if isinstance(fact.tail, Entity):
            found.setdefault(fact.tail.id, fact.tail)
    return found


def _name(tail: object) -> str:
    return tail.name.casefold() if isinstance(tail, Entity) else ""


def seeded(relation: Relation, facts: Iterable[Fact]) -> Relation:
    """Return the relation with what facts state of it as seeds, where it has none of its own.

    The surest facts are taken, ties by name, so that the choice depends on the facts alone.
    """
    if relation.seeds:
        return relation
    known = {
        entities: fact.confidence
        for fact in facts
        if (entities := entities_of(relation, fact)) is not None
    }
    best = sorted(known, key=lambda entities: (-known[entities], entities))[:_SEEDS]
    return replace(relation, seeds=tuple(best))
