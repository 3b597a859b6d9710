"""Pushing what is left over comes to the personalised PageRank."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kgkit.errors import InputError
from reasoning.retrieval.push import WeightedGraph, push


def iterated(
    nodes: int, edges: list[tuple[int, int]], weights: list[float], seeds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same by a dense matrix and many rounds."""
    matrix = np.zeros((nodes, nodes))
    for (one, other), weight in zip(edges, weights, strict=True):
        if one != other:
            matrix[one, other] += weight
            matrix[other, one] += weight
    totals = matrix.sum(axis=1)
    moving = np.divide(matrix, totals[:, None], where=totals[:, None] > 0, out=matrix * 0)
    moving[totals == 0, totals == 0] = 1
    start: NDArray[np.float64] = seeds / seeds.sum()
    rank = start
    for _ in range(80):
        rank = 0.5 * start + 0.5 * rank @ moving
    return rank


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_it_is_what_power_iteration_gives(data: st.DataObject) -> None:
    nodes = data.draw(st.integers(1, 8))
    node = st.integers(0, nodes - 1)
    edges = data.draw(st.lists(st.tuples(node, node), max_size=15))
    weights = [data.draw(st.sampled_from([0.5, 1.0, 3.0])) for _ in edges]
    seeds = np.array([data.draw(st.sampled_from([0.0, 1.0, 2.0])) for _ in range(nodes)])
    seeds[0] += 1
    alone = {n for n in range(nodes) if not any(n in edge and edge[0] != edge[1] for edge in edges)}
    found = push(WeightedGraph.of(nodes, edges, weights), seeds, tolerance=1e-10)
    expected = iterated(nodes, edges, weights, seeds)
    assert found == pytest.approx(expected, abs=1e-7), alone


def test_what_is_missing_is_bounded() -> None:
    rng = np.random.default_rng(0)
    edges = rng.integers(0, 500, (2000, 2))
    graph = WeightedGraph.of(500, edges, rng.random(2000) + 0.1)
    seeds = np.zeros(500)
    seeds[:3] = 1
    exact = push(graph, seeds, tolerance=1e-12)
    near = push(graph, seeds, tolerance=1e-5)
    assert 0 <= 1 - near.sum() <= 1e-5 * len(graph.targets)
    assert (near <= exact + 1e-9).all()
    assert exact.sum() == pytest.approx(1, abs=1e-6)


def test_far_nodes_cost_nothing() -> None:
    chain = WeightedGraph.of(1000, [(n, n + 1) for n in range(999)], [1.0] * 999)
    seeds = np.zeros(1000)
    seeds[0] = 1
    assert np.flatnonzero(push(chain, seeds, tolerance=1e-4)).max() < 40


@pytest.mark.parametrize("seeds", [[0.0, 0.0], [1.0], [-1.0, 2.0], [float("nan"), 1.0]])
def test_bad_seeds_are_refused(seeds: list[float]) -> None:
    with pytest.raises(InputError, match="give"):
        push(WeightedGraph.of(2, [(0, 1)], [1.0]), seeds)


def test_bad_graphs_and_dampings_are_refused() -> None:
    with pytest.raises(InputError, match="outside the 2 nodes"):
        WeightedGraph.of(2, [(0, 2)], [1.0])
    with pytest.raises(InputError, match="not above 0"):
        WeightedGraph.of(2, [(0, 1)], [0.0])
    with pytest.raises(InputError, match="1 edges and 2 weights"):
        WeightedGraph.of(2, [(0, 1)], [1.0, 1.0])
    with pytest.raises(InputError, match="damping=1"):
        push(WeightedGraph.of(2, [(0, 1)], [1.0]), [1.0, 0.0], damping=1)
