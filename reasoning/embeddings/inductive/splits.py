"""Splits whose validation and test entities are never seen in training (Daza et al. 2021, BLP).

Entities are dropped one by one, in a drawn order, each with all edges it still has, unless that
would leave a neighbour without edges or a relation with too few. The edges of the first half of
the dropped entities are the test, those of the second half validation, so that validation never
touches a test entity.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import torch

from kgkit.errors import InputError

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["drop_entities"]


def drop_entities(
    triples: Triples, *, share: float = 0.2, least: int = 100, seed: int = 0
) -> Triples:
    """Return the same graph, all its parts taken together, split by dropping a share of entities.

    Every relation keeps `least` edges in training; one that has fewer to begin with loses none.
    An entity that cannot be dropped now never can be later, so one pass over all is enough.
    Raises `InputError` when the share is not between 0 and 1, or no entity can be dropped.
    """
    if not 0 < share < 1:
        raise InputError(f"a share of {share} of the entities cannot be dropped; try 0.2")
    facts = torch.unique(torch.cat([triples.train, triples.valid, triples.test]), dim=0)
    dropping = _Dropping(facts.tolist(), len(triples.entities), len(triples.relations))
    wanted = max(2, round(share * len(triples.entities)))
    order = torch.randperm(
        len(triples.entities), generator=torch.Generator().manual_seed(seed)
    ).tolist()
    gone: list[list[int]] = []
    for entity in order:
        if len(gone) == wanted:
            break
        if dropping.can_go(entity, least):
            gone.append(dropping.drop(entity))
    if len(gone) < 2:
        raise InputError(
            f"no two entities can be dropped so that every relation keeps {least} edges and no "
            "neighbour is left alone; lower `least` or give a denser graph"
        )
    half = len(gone) // 2
    test = sorted(row for rows in gone[:half] for row in rows)
    valid = sorted(row for rows in gone[half:] for row in rows)
    kept = sorted(set(range(len(facts))) - set(test) - set(valid))
    return replace(triples, train=facts[kept], valid=facts[valid], test=facts[test])


class _Dropping:
    """The edges that are left: by entity, and how many each relation and each entity has."""

    def __init__(self, rows: list[list[int]], entities: int, relations: int) -> None:
        self.rows = rows
        self.edges: list[set[int]] = [set() for _ in range(entities)]
        self.left = [0] * relations
        for number, (head, relation, tail) in enumerate(rows):
            self.edges[head].add(number)
            self.edges[tail].add(number)
            self.left[relation] += 1

    def can_go(self, entity: int, least: int) -> bool:
        lost: dict[int, int] = {}
        shared: dict[int, int] = {}
        for number in self.edges[entity]:
            head, relation, tail = self.rows[number]
            lost[relation] = lost.get(relation, 0) + 1
            other = tail if head == entity else head
            shared[other] = shared.get(other, 0) + 1
        shared.pop(entity, None)  # a self-loop isolates nobody else
        return (
            bool(shared)
            and all(self.left[relation] - count >= least for relation, count in lost.items())
            and all(len(self.edges[other]) > count for other, count in shared.items())
        )

    def drop(self, entity: int) -> list[int]:
        gone = list(self.edges[entity])
        for number in gone:
            head, relation, tail = self.rows[number]
            self.edges[head].discard(number)
            self.edges[tail].discard(number)
            self.left[relation] -= 1
        return gone
