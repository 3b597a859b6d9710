"""Paths through the graph: shortest ones between pairs drawn uniformly, and ones with waypoints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from random import Random

from extractors.entigraph.coverage.reach import Reach
from extractors.entigraph.subsets.subset import Subset
from extractors.entigraph.view import FactIndex

__all__ = ["paths", "waypoints"]


def paths(
    index: FactIndex, documents: Mapping[str, tuple[str, ...]], seed: str
) -> Iterator[Subset]:
    """Yield the shortest path of pair after pair, drawn with replacement, without end.

    A pair is an ordered one of two entities with a path between them; each is equally likely
    (`Reach`). A graph without a fact between two entities yields nothing.
    """
    reach = Reach.over(index.neighbours)
    rng = Random(f"{seed}/paths")
    while reach.pairs:
        yield _along(index, reach.path(*reach.draw(rng)))


def waypoints(
    index: FactIndex, documents: Mapping[str, tuple[str, ...]], seed: str
) -> Iterator[Subset]:
    """Yield paths that pass an entity drawn at random on their way, without end.

    Such chains join facts that no shortest path has together (Buehler 2024, "MechGPT"). No
    entity comes twice on one: a path that would cross itself is drawn anew.
    """
    reach = Reach.over(index.neighbours)
    rng = Random(f"{seed}/waypoints")
    failures = 0
    while reach.pairs and failures < 1000:
        first, middle = reach.draw(rng)
        last = reach.draw_from(middle, rng)
        chain = (*reach.path(first, middle), *reach.path(middle, last)[1:])
        failures = failures + 1 if len(set(chain)) < len(chain) else 0
        if not failures:
            yield _along(index, chain)


def _along(index: FactIndex, chain: tuple[str, ...]) -> Subset:
    return Subset(chain, tuple(fact.id for a, b in pairwise(chain) for fact in index.joining(a, b)))
