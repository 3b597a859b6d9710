"""Lists of entities, one for each key: whom to draw from for a tail, or for a relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

__all__ = ["Lists"]


@dataclass(frozen=True, slots=True)
class Lists:
    """List number `of[key]` of each key [n]; list i is `members[starts[i]:starts[i + 1]]`,
    sorted and without repetition. `pairs` are list * entities + member, ascending: membership is
    a binary search in them. `entities` is E."""

    of: Tensor
    starts: Tensor
    members: Tensor
    pairs: Tensor
    entities: int

    @classmethod
    def build(cls, of: Tensor, lists: Sequence[Tensor], entities: int) -> Lists:
        """Return the lists for keys numbered by `of` [n].

        >>> ends = [torch.tensor([2, 1]), torch.tensor([0])]
        >>> lists = Lists.build(torch.tensor([0, 0, 1]), ends, 3)
        >>> lists.sizes(torch.tensor([1, 2])).tolist()
        [2, 1]
        """
        unique = [torch.unique(members) for members in lists]
        sizes = torch.tensor([0, *(len(members) for members in unique)])
        return cls._paired(of, sizes.cumsum(0), torch.cat(unique), entities)

    @classmethod
    def rows(cls, members: Tensor) -> Lists:
        """Return one list of m distinct members for each of E entities, from members [E, m]."""
        count, width = members.shape
        starts = torch.arange(0, (count + 1) * width, width)
        return cls._paired(torch.arange(count), starts, members.sort(1).values.flatten(), count)

    @classmethod
    def _paired(cls, of: Tensor, starts: Tensor, members: Tensor, entities: int) -> Lists:
        pairs = torch.repeat_interleave(starts.diff()) * entities + members
        return cls(of, starts, members, pairs, entities)

    def to(self, device: torch.device) -> Lists:
        """Return the same lists on a device."""
        moved = [part.to(device) for part in (self.of, self.starts, self.members, self.pairs)]
        return Lists(moved[0], moved[1], moved[2], moved[3], self.entities)

    def sizes(self, keys: Tensor) -> Tensor:
        """Return how long [n] the lists of keys [n] are, or of keys of any other shape."""
        at = self.of[keys]
        return self.starts[at + 1] - self.starts[at]

    def pick(self, keys: Tensor, count: int, generator: torch.Generator) -> Tensor:
        """Return `count` members of the list of each key [b], drawn with replacement, [b, count].

        For an empty list it gives a member of another one: check `sizes` where that can be.
        """
        sizes = self.sizes(keys).clamp(min=1)[:, None]
        shape = (len(keys), count)
        drawn = torch.rand(shape, generator=generator, device=generator.device)
        within = (drawn * sizes).long().minimum(sizes - 1)
        places = self.starts[self.of[keys]][:, None] + within
        return self.members[places.clamp_(max=len(self.members) - 1)]

    def holds(self, keys: Tensor, entities: Tensor) -> Tensor:
        """Return whether the list of each key [b] holds each entity of [b, k], bool [b, k]."""
        wanted = self.of[keys][:, None] * self.entities + entities
        at = torch.searchsorted(self.pairs, wanted).clamp_(max=len(self.pairs) - 1)
        return self.pairs[at] == wanted

    def pooled(self, keys: Tensor) -> Tensor:
        """Return the chances [E] of each entity when a key of the batch [b] is drawn first and
        then one of its list; they sum to 1 unless a list is empty."""
        chosen, counts = torch.unique(self.of[keys], return_counts=True)
        begins, sizes = self.starts[chosen], self.starts[chosen + 1] - self.starts[chosen]
        rows = torch.repeat_interleave(sizes)
        within = torch.arange(len(rows), device=rows.device) - (sizes.cumsum(0) - sizes)[rows]
        each = counts / (len(keys) * sizes.clamp(min=1))
        chances = torch.zeros(self.entities, device=rows.device)
        return chances.index_add_(0, self.members[begins[rows] + within], each[rows])
