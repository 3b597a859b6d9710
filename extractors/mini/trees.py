"""The best dependency tree for given arc scores: exactly one root, no cycle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_tree"]


#: Only noise has more roots: of these, the likeliest are tried.
_MOST_ROOTS = 8


def best_tree(scores: NDArray[np.float32]) -> list[int]:
    """Return the governor of each of n words, -1 for the one root, from scores [n, n + 1].

    Column 0 scores being the root, column j + 1 being governed by word j. When each word's best
    governor makes no tree, the maximum spanning tree is found (Chu and Liu 1965, Edmonds 1967);
    with several roots in it, the best among the trees that keep one of these (the constraint of
    Zmigrod et al. 2020, here by one run for each).

    >>> best_tree(np.array([[0, 0, 9], [9, 9, 0]], dtype=np.float32))
    [1, -1]
    """
    size = len(scores)
    weights = np.full((size + 1, size + 1), -np.inf, dtype=np.float64)
    weights[1:] = scores
    np.fill_diagonal(weights, -np.inf)
    heads = weights.argmax(axis=1)
    heads[0] = 0
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) == 1 and _cycle(heads) is None:
        return [int(head) - 1 for head in heads[1:]]
    heads = _spanning(weights)
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) > 1:
        roots = roots[np.argsort(-weights[roots, 0], kind="stable")[:_MOST_ROOTS]]
        single = [_rooted(weights, int(root)) for root in roots]
        heads = max(single, key=lambda tree: _total(weights, tree))
    return [int(head) - 1 for head in heads[1:]]


def _rooted(weights: NDArray[np.float64], root: int) -> NDArray[np.int64]:
    only = weights.copy()
    only[1:, 0] = -np.inf
    only[root, :] = -np.inf
    only[root, 0] = 0.0
    return _spanning(only)


def _total(weights: NDArray[np.float64], heads: NDArray[np.int64]) -> float:
    return float(weights[np.arange(1, len(heads)), heads[1:]].sum())


def _spanning(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """The heads of the maximum spanning arborescence from node 0; rows are dependents."""
    heads: NDArray[np.int64] = weights.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    outer = np.flatnonzero(~inside)
    kept = weights[cycle, heads[cycle]]
    # The cycle becomes one node: entering it at a word gives up that word's arc of the cycle.
    entering = weights[np.ix_(cycle, outer)] - kept[:, None]
    leaving = weights[np.ix_(outer, cycle)]
    count = len(outer)
    small = np.full((count + 1, count + 1), -np.inf)
    small[:count, :count] = weights[np.ix_(outer, outer)]
    small[count, :count] = entering.max(axis=0)
    small[:count, count] = leaving.max(axis=1)
    solved = _spanning(small)
    result: NDArray[np.int64] = heads.copy()
    for i in range(1, count):
        node = outer[i]
        chosen = solved[i]
        result[node] = cycle[leaving[i].argmax()] if chosen == count else outer[chosen]
    entry = solved[count]
    broken = cycle[entering[:, entry].argmax()]
    result[broken] = outer[entry]
    return result


def _cycle(heads: NDArray[np.int64]) -> NDArray[np.int64] | None:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        node, path = start, []
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.array(path[path.index(node) :])
        for visited in path:
            state[visited] = 2
    return None
