"""Personalised PageRank by pushing what is left over, so that a walk costs what it reaches.

Power iteration touches every edge of a graph in every round; the push of Andersen, Chung and
Lang ("Local graph partitioning using PageRank vectors", 2006) touches only edges around the
seeds, and says how far it is from the exact answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kgkit.errors import InputError
from reasoning.retrieval.ranges import ranges

__all__ = ["WeightedGraph", "push"]


@dataclass(frozen=True, slots=True)
class WeightedGraph:
    """An undirected graph by rows: node i leads to `targets[begins[i]:begins[i + 1]]`.

    `begins` is [nodes + 1]; `targets` and `shares` are [2 x edges], each row in order of target.
    A share is the part of a node's weight that goes over an edge: those of a node sum to 1.
    """

    begins: NDArray[np.int64]
    targets: NDArray[np.int64]
    shares: NDArray[np.float64]

    @classmethod
    def of(cls, nodes: int, edges: ArrayLike, weights: ArrayLike) -> WeightedGraph:
        """Return the graph of `edges` [n, 2] between nodes 0 to `nodes` - 1, `weights` [n].

        Parallel edges add up, loops are left out. Raises `InputError` for an edge to a node that
        is not there or a weight that is not above 0.

        >>> WeightedGraph.of(3, [(0, 1), (1, 2)], [1.0, 3.0]).shares.tolist()
        [1.0, 0.25, 0.75, 1.0]
        """
        from scipy.sparse import coo_array

        pairs = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
        values = np.asarray(weights, dtype=np.float64)
        _check(nodes, pairs, values)
        apart = pairs[:, 0] != pairs[:, 1]
        pairs, values = pairs[apart], values[apart]
        ends = (np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate(pairs[:, ::-1].T))
        joined = coo_array((np.tile(values, 2), ends), shape=(nodes, nodes)).tocsr()
        joined.sum_duplicates()
        begins = joined.indptr.astype(np.int64)
        totals = np.bincount(
            np.repeat(np.arange(nodes), np.diff(begins)), joined.data, minlength=nodes
        )
        shares = joined.data / np.repeat(totals, np.diff(begins))
        return cls(begins, joined.indices.astype(np.int64), shares)

    def __len__(self) -> int:
        return len(self.begins) - 1


def push(
    graph: WeightedGraph, seeds: ArrayLike, *, damping: float = 0.5, tolerance: float = 1e-6
) -> NDArray[np.float64]:
    """Return the personalised PageRank [nodes] of a walk that starts anew at `seeds` [nodes].

    With probability `damping` the walk follows an edge, else it starts anew. A node is pushed
    while more than `tolerance` times its degree is left over at it, all such nodes of a round
    together; what is left over at the end, at most `tolerance` x 2 x edges of the seeds' sum
    (scaled to 1), is how much of the answer is missing. Raises `InputError` when the seeds are
    not one number at least 0 a node, their sum is 0, or `damping` is not in [0, 1).

    >>> graph = WeightedGraph.of(3, [(0, 1), (1, 2)], [1.0, 1.0])
    >>> push(graph, [1.0, 0.0, 0.0], tolerance=1e-9).round(3).tolist()
    [0.583, 0.333, 0.083]
    """
    left = np.array(seeds, dtype=np.float64)
    if left.shape != (len(graph),) or not np.isfinite(left).all() or (left < 0).any():
        raise InputError(f"seeds of shape {left.shape}: give {len(graph)} numbers, each at least 0")
    if not left.sum():
        raise InputError("all seeds are 0; give at least one node a weight")
    if not 0 <= damping < 1:
        raise InputError(f"damping={damping} is outside [0, 1); 0.5 keeps a walk near its seeds")
    left /= left.sum()
    degrees = np.diff(graph.begins)
    reached = np.zeros(len(graph))
    while len(full := np.flatnonzero(left > tolerance * np.maximum(degrees, 1))):
        pushed = left[full]
        left[full] = 0
        # A walk that finds no edge ends where it is.
        reached[full] += np.where(degrees[full] > 0, 1 - damping, 1) * pushed
        rows, which = ranges(graph.begins[full], graph.begins[full + 1])
        np.add.at(left, graph.targets[rows], damping * graph.shares[rows] * pushed[which])
    return reached


def _check(nodes: int, pairs: NDArray[np.int64], values: NDArray[np.float64]) -> None:
    if len(pairs) != len(values):
        raise InputError(f"{len(pairs)} edges and {len(values)} weights; give each edge one weight")
    if len(pairs) and (pairs.min() < 0 or pairs.max() >= nodes):
        raise InputError(f"an edge leads outside the {nodes} nodes, which are counted from 0")
    if not (np.isfinite(values) & (values > 0)).all():
        raise InputError("an edge has a weight that is not above 0; leave such edges out")
