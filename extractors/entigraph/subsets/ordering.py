"""Entities and facts one by one: shuffled, the rarest first, or what a trainee lacks first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from extractors.entigraph.subsets.shuffling import shuffled
from extractors.entigraph.subsets.subset import Subset
from extractors.entigraph.view import FactIndex
from kgkit.facts import Entity, Fact

__all__ = ["entities", "facts", "long_tail", "unknown_first"]

_Documents = Mapping[str, tuple[str, ...]]


def entities(index: FactIndex, documents: _Documents, seed: str) -> Iterator[Subset]:
    """Yield every entity that has a fact, in shuffled order."""
    known = list(index.entities)
    for i in shuffled(len(known), f"{seed}/entities"):
        yield Subset((known[i],))


def facts(index: FactIndex, documents: _Documents, seed: str) -> Iterator[Subset]:
    """Yield every fact, in shuffled order."""
    for i in shuffled(len(index.facts), f"{seed}/facts"):
        yield _alone(index.facts[i])


def long_tail(index: FactIndex, documents: _Documents, seed: str) -> Iterator[Subset]:
    """Yield every entity, those with the fewest facts and documents first.

    Equals come in shuffled order. Rare entities are what a model knows least of (Kandpal et al.
    2023, "Large language models struggle to learn long-tail knowledge").
    """
    told: dict[str, int] = {}
    for members in documents.values():
        for id in members:
            told[id] = told.get(id, 0) + 1
    ranked = list(entities(index, documents, seed))
    ranked.sort(key=lambda subset: _weight(index, told, subset.entities[0]))
    yield from ranked


def unknown_first(
    known: Callable[[Fact], float],
) -> Callable[[FactIndex, _Documents, str], Iterator[Subset]]:
    """Return the strategy that yields facts by how well a trainee knows them, the least first.

    `known` scores a fact, a mean log-probability say; equal scores come in shuffled order.
    """

    def unknown(index: FactIndex, documents: _Documents, seed: str) -> Iterator[Subset]:
        score = {fact.id: round(known(fact), 6) for fact in index.facts}
        ranked = list(facts(index, documents, seed))
        ranked.sort(key=lambda subset: score[subset.facts[0]])
        yield from ranked

    return unknown


def _alone(fact: Fact) -> Subset:
    tail = (fact.tail.id,) if isinstance(fact.tail, Entity) else ()
    return Subset(tuple(dict.fromkeys((fact.head.id, *tail))), (fact.id,))


def _weight(index: FactIndex, told: Mapping[str, int], id: str) -> int:
    return len(index.of.get(id, ())) + told.get(id, 0)
