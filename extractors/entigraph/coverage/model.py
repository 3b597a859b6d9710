"""How much a number of path texts is expected to bring together: the exact finite form.

The model of arXiv 2409.07431, section 5: a text draws an ordered pair (x, y) and tells the
breadth-first path between them, by which x is learnt together with every node on it. For a
given graph, the cell (x, z) is learnt by one text with probability

    q(x, z) = (nodes of the subtree of z in the breadth-first tree from x) / (pairs drawn from)

so after t texts the expected share is [known + sum over unknown cells of 1 - (1 - q)^t] / cells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import expm1, inf, log1p
from random import Random

import numpy as np
from numpy.typing import NDArray

from extractors.entigraph.coverage.reach import Reach
from kgkit.errors import InputError

__all__ = ["CoverageModel", "subtree_sizes"]

#: Graphs above this many nodes are judged by as many breadth-first trees, drawn at random.
_TREES = 2000


@dataclass(frozen=True, slots=True)
class CoverageModel:
    """Cells by how likely a text learns them.

    `sizes` holds (nodes of the subtree, cells with it) of the cells that the source does not
    join, `known` how many it does, `cells` all that count and `drawn` the pairs that texts are
    drawn from. Where only some trees were looked at, all counts are those of the sample, scaled.
    """

    sizes: tuple[tuple[int, float], ...]
    known: float
    cells: float
    drawn: float

    @classmethod
    def over(cls, reach: Reach, *, everywhere: bool = False, seed: int = 0) -> CoverageModel:
        """Return the model of a graph.

        Pairs are drawn from those with a path, and their cells count; with `everywhere`, all
        pairs are drawn from and count, as in the paper. Raises `InputError` for fewer than two
        nodes.
        """
        n = len(reach.ids)
        if n < 2:
            raise InputError(f"{n} nodes make no pair; give a graph of two or more")
        roots = list(range(n))
        if n > _TREES:
            roots = sorted(Random(f"{seed}/coverage").sample(roots, _TREES))
        sizes: Counter[int] = Counter()
        known = 0
        for root in roots:
            order, before = reach.tree(root)
            below = subtree_sizes(order, before)
            far = before[order[1:]] != root
            known += int((~far).sum())
            values, counts = np.unique(below[1:][far], return_counts=True)
            sizes.update(dict(zip(values.tolist(), counts.tolist(), strict=True)))
        scale = n / len(roots)
        drawn = float(n * (n - 1)) if everywhere else float(reach.pairs)
        kept = tuple((size, sizes[size] * scale) for size in sorted(sizes))
        return cls(kept, known * scale, drawn, drawn)

    def expected(self, texts: float) -> float:
        """Return the expected share of cells learnt after so many texts, 0 to 1."""
        if not self.cells:
            return 1.0
        learnt = sum(n * -expm1(texts * log1p(-size / self.drawn)) for size, n in self.sizes)
        return min(1.0, (self.known + learnt) / self.cells)

    @property
    def most(self) -> float:
        """The share that any number of texts can reach: what follows from the graph."""
        return min(1.0, (self.known + sum(n for _, n in self.sizes)) / self.cells)

    def texts_for(self, coverage: float) -> float:
        """Return how many texts are expected to reach a coverage, 0 to 1; infinite for none."""
        if coverage >= self.most:
            return inf
        low, high = 0.0, 1.0
        while self.expected(high) < coverage:
            high *= 2
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (low, middle) if self.expected(middle) >= coverage else (middle, high)
        return float(np.ceil(high))


def subtree_sizes(order: NDArray[np.int32], before: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the number of nodes of the subtree of each node, [reached], in the order given.

    `order` [reached] is breadth-first, `before` [n] holds predecessors.
    """
    place = np.zeros(len(before), dtype=np.int64)
    place[order] = np.arange(len(order))
    parents = place[before[order[1:]]]  # never falls, since the order is breadth-first
    ends = [0, 1]
    while ends[-1] < len(order):
        ends.append(1 + int(np.searchsorted(parents, ends[-1])))
    sizes = np.ones(len(order), dtype=np.int64)
    for start, end in zip(ends[-2:0:-1], ends[:1:-1], strict=False):
        np.add.at(sizes, parents[start - 1 : end - 1], sizes[start:end])
    return sizes
