"""Pairs that the graph joins, whatever documents they are from, and pairs that compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from random import Random

from extractors.entigraph.subsets.shuffling import shuffled
from extractors.entigraph.subsets.subset import Subset
from extractors.entigraph.view import FactIndex
from extractors.entigraph.wording.values import kind_of
from kgkit.facts import Fact

__all__ = ["neighbours", "peers"]


def neighbours(
    index: FactIndex, documents: Mapping[str, tuple[str, ...]], seed: str
) -> Iterator[Subset]:
    """Yield the pairs that a fact joins, in shuffled order, each with its facts.

    Before every second one comes a pair that a common neighbour joins, in the order entity,
    neighbour, entity.
    """
    joined = sorted(index.between)
    rng = Random(f"{seed}/neighbours")
    for n, i in enumerate(shuffled(len(joined), f"{seed}/neighbours")):
        one, other = joined[i]
        far = [id for id in index.neighbours[other] if id != one]
        if n % 2 and far:
            end = far[int(rng.random() * len(far))]
            facts = (*index.joining(one, other), *index.joining(other, end))
            yield Subset((one, other, end), tuple(fact.id for fact in facts))
        else:
            yield Subset((one, other), tuple(fact.id for fact in index.between[joined[i]]))


def peers(
    index: FactIndex, documents: Mapping[str, tuple[str, ...]], seed: str
) -> Iterator[Subset]:
    """Yield pairs of heads of one relation, each with a fact of either, for comparisons.

    Every fact whose relation has another head comes once, beside one drawn at random.
    """
    groups: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in index.facts:
        groups[fact.relation, kind_of(fact.tail), fact.head.type].append(fact)
    rng = Random(f"{seed}/peers")
    for i in shuffled(len(index.facts), f"{seed}/peers"):
        fact = index.facts[i]
        group = groups[fact.relation, kind_of(fact.tail), fact.head.type]
        other = group[int(rng.random() * len(group))]
        if other.head.id != fact.head.id:
            yield Subset((fact.head.id, other.head.id), (fact.id, other.id))
