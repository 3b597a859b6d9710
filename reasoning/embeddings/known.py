"""Which facts are known: exact, vectorised, without a loop over triples.

Each fact is one 64-bit key, (head * 2R + relation) * E + tail; sorted keys are searched by
bisection, and the tails of a query (head, relation) are one run of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from kgkit.errors import InputError

__all__ = ["KnownFacts"]


@dataclass(frozen=True, slots=True, eq=False)
class KnownFacts:
    """Facts and their reciprocals as sorted `keys` [n] of int64, each once.

    `entities` is E, `relations` is R; a relation from R on is reciprocal.
    """

    keys: Tensor
    entities: int
    relations: int

    @classmethod
    def of(cls, triples: Tensor, entities: int, relations: int) -> KnownFacts:
        """Return the known facts of `triples` [n, 3] (relations below R), both ways round.

        Raises `InputError` for a graph whose keys would not fit 64 bits.

        >>> known = KnownFacts.of(torch.tensor([[0, 0, 1]]), entities=2, relations=1)
        >>> known.contains(torch.tensor([1, 1]), torch.tensor([0, 1]), torch.tensor(0)).tolist()
        [False, True]
        """
        if entities * entities * 2 * relations >= 2**63:
            raise InputError(
                f"{entities} entities and {relations} relations do not fit 64-bit keys; "
                "train on a part of the graph"
            )
        heads, names, tails = triples.unbind(1)
        forward = (heads * 2 * relations + names) * entities + tails
        backward = (tails * 2 * relations + names + relations) * entities + heads
        return cls(torch.unique(torch.cat([forward, backward])), entities, relations)

    def to(self, device: torch.device | str) -> KnownFacts:
        """Return the same facts on a device."""
        return KnownFacts(self.keys.to(device), self.entities, self.relations)

    def contains(self, heads: Tensor, relations: Tensor, tails: Tensor) -> Tensor:
        """Return which triples are known, bool [n] or [b, k]; the three tensors broadcast."""
        wanted = self._first(heads, relations) + tails
        if not len(self.keys):
            return torch.zeros_like(wanted, dtype=torch.bool)
        places = torch.searchsorted(self.keys, wanted).clamp_(max=len(self.keys) - 1)
        return self.keys[places] == wanted

    def tails(self, heads: Tensor, relations: Tensor) -> tuple[Tensor, Tensor]:
        """Return the known tails of queries [b], [b] as rows [m] and tails [m]: pairs in order,
        `rows` counts the queries from 0."""
        first = self._first(heads, relations)
        begins = torch.searchsorted(self.keys, first)
        counts = torch.searchsorted(self.keys, first + self.entities) - begins
        rows = torch.repeat_interleave(counts)
        starts = begins - counts.cumsum(0) + counts
        places = torch.arange(len(rows), device=rows.device) + starts[rows]
        return rows, self.keys[places] % self.entities

    def among(self, heads: Tensor, relations: Tensor, candidates: Tensor) -> Tensor:
        """Return which candidates are known tails of queries [b], [b]; bool [b, k].

        `candidates` is [k], the same for all queries, or [b, k].
        """
        if candidates.dim() == 2:
            return self.contains(heads[:, None], relations[:, None], candidates)
        # Few tails are known: look them up among the candidates, not the other way round.
        columns = torch.arange(len(candidates), device=candidates.device)
        places = torch.full((self.entities,), -1, device=candidates.device)
        places[candidates] = columns
        rows, tails = self.tails(heads, relations)
        found = places[tails]
        hit = (found >= 0).nonzero().squeeze(1)
        known = torch.zeros(len(heads), len(candidates), dtype=torch.bool, device=heads.device)
        known.view(-1)[rows[hit] * len(candidates) + found[hit]] = True
        first = places[candidates]
        again = (first != columns).nonzero().squeeze(1)  # a candidate that was drawn twice
        known[:, again] = known.index_select(1, first[again])
        return known

    def queries(self) -> tuple[Tensor, Tensor, Tensor]:
        """Return the distinct queries [q, 2] (head, relation), where the tails of each begin
        [q + 1], and all their tails [n]."""
        prefixes, counts = torch.unique_consecutive(self.keys // self.entities, return_counts=True)
        both = 2 * self.relations
        pairs = torch.stack([prefixes // both, prefixes % both], dim=1)
        begins = torch.cat([counts.new_zeros(1), counts.cumsum(0)])
        return pairs, begins, self.keys % self.entities

    def _first(self, heads: Tensor, relations: Tensor) -> Tensor:
        """The key that the tails of these queries begin at, in the shape of the queries."""
        return (heads * (2 * self.relations) + relations) * self.entities
