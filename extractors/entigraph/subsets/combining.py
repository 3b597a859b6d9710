"""All pairs and triplets of a document's entities, as EntiGraph takes them (arXiv 2409.07431)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import comb

from extractors.entigraph.subsets.shuffling import pair_at, shuffled, triplet_at
from extractors.entigraph.subsets.subset import Subset
from extractors.entigraph.view import FactIndex

__all__ = ["pairs", "triplets"]


def pairs(
    index: FactIndex, documents: Mapping[str, tuple[str, ...]], seed: str
) -> Iterator[Subset]:
    """Yield each unordered pair of entities of each document, one document after the other.

    Without documents, pairs of all entities.
    """
    return _combined(index, documents, seed, 2, pair_at)


def triplets(
    index: FactIndex, documents: Mapping[str, tuple[str, ...]], seed: str
) -> Iterator[Subset]:
    """Yield each triplet of entities of each document, one document after the other."""
    return _combined(index, documents, seed, 3, triplet_at)


def _combined(
    index: FactIndex,
    documents: Mapping[str, tuple[str, ...]],
    seed: str,
    size: int,
    at: Callable[[int], tuple[int, ...]],
) -> Iterator[Subset]:
    groups = documents or {"": tuple(index.entities)}
    for document, members in groups.items():
        for i in shuffled(comb(len(members), size), f"{seed}/{document}/{size}"):
            chosen = tuple(members[place] for place in at(i))
            yield Subset(chosen, _facts_among(index, chosen), document)


def _facts_among(index: FactIndex, chosen: tuple[str, ...]) -> tuple[str, ...]:
    found = [
        fact.id
        for i, a in enumerate(chosen)
        for b in chosen[i + 1 :]
        for fact in index.joining(a, b)
    ]
    return tuple(dict.fromkeys(found))
