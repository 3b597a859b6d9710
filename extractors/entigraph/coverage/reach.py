"""Who can be reached from whom, and along which shortest path."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Reach"]

#: Bytes of breadth-first trees that are kept.
_KEPT = 64 * 2**20


class Reach:
    """Ordered pairs of nodes with a path from one to the other, and breadth-first paths.

    Trees are made when they are first needed; those used last are kept, 64 MiB of them.
    """

    def __init__(self, ids: Sequence[str], matrix: csr_array[Any], *, directed: bool) -> None:
        from scipy.sparse.csgraph import connected_components

        self.ids = tuple(ids)
        self.matrix = matrix
        self._place = {id: i for i, id in enumerate(self.ids)}
        self._trees: OrderedDict[int, tuple[NDArray[np.int32], NDArray[np.int32]]] = OrderedDict()
        self._most = max(16, _KEPT // max(1, 8 * len(self.ids)))
        self._labels = connected_components(matrix, directed=False)[1].tolist()
        if directed:
            counts = [len(self.tree(i)[0]) - 1 for i in range(len(self.ids))]
        else:
            counts = (np.bincount(self._labels)[self._labels] - 1).tolist() if self.ids else []
        self._until = np.cumsum([0, *counts]).tolist()

    @classmethod
    def over(cls, neighbours: Mapping[str, Sequence[str]], *, directed: bool = False) -> Reach:
        """Return the reach over an adjacency; with `directed`, edges lead one way only."""
        from scipy.sparse import csr_array

        place = {id: i for i, id in enumerate(neighbours)}
        columns = [sorted(place[id] for id in near) for near in neighbours.values()]
        pointers = np.cumsum([0, *map(len, columns)])
        flat = np.array([j for row in columns for j in row], dtype=np.int32)
        ones = np.ones(len(flat), dtype=np.int8)
        matrix = csr_array((ones, flat, pointers), shape=(len(place), len(place)))
        return cls(tuple(neighbours), matrix, directed=directed)

    @property
    def pairs(self) -> int:
        """How many ordered pairs have a path."""
        return int(self._until[-1])

    def has(self, one: str, other: str) -> bool:
        """Return whether two ids are known and joined by edges, whatever their directions."""
        if one not in self._place or other not in self._place:
            return False
        return bool(self._labels[self._place[one]] == self._labels[self._place[other]])

    def tree(self, root: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the nodes in breadth-first order from a root, [reached], and the predecessor of
        every node, [n] (negative for none)."""
        from scipy.sparse.csgraph import breadth_first_order

        kept = self._trees.get(root)
        if kept is None:
            order, before = breadth_first_order(self.matrix, root, directed=True)
            kept = order.astype(np.int32), before.astype(np.int32)
            self._trees[root] = kept
            if len(self._trees) > self._most:
                self._trees.popitem(last=False)
        else:
            self._trees.move_to_end(root)
        return kept

    def draw(self, rng: Random) -> tuple[str, str]:
        """Return an ordered pair with a path, each equally likely."""
        at = int(rng.random() * self.pairs)
        root = bisect_right(self._until, at) - 1
        return self.ids[root], self.ids[int(self.tree(root)[0][1 + at - self._until[root]])]

    def draw_from(self, id: str, rng: Random) -> str:
        """Return a node that can be reached from this one, each equally likely."""
        order = self.tree(self._place[id])[0]
        return self.ids[int(order[1 + int(rng.random() * (len(order) - 1))])]

    def path(self, first: str, last: str) -> tuple[str, ...]:
        """Return the breadth-first path between two ids, both included."""
        before = self.tree(self._place[first])[1]
        root, at = self._place[first], self._place[last]
        found = [last]
        while at != root:
            at = int(before[at])
            found.append(self.ids[at])
        return tuple(reversed(found))
