"""Expected coverage is what simulation gives, and what a corpus is made to cover."""

from __future__ import annotations

from random import Random

import networkx
import numpy as np
import pytest

from extractors.entigraph import FactIndex, Recipe, synthesise
from extractors.entigraph.coverage import CoverageModel, Reach
from extractors.entigraph.coverage.model import subtree_sizes
from extractors.entigraph.planner import plan
from kgkit.errors import InputError
from tests.extractors.entigraph.worlds import world


def _random_graph(nodes: int, p: float, seed: int) -> dict[str, list[str]]:
    rng = Random(seed)
    names = [str(i) for i in range(nodes)]
    return {a: [b for b in names if a != b and rng.random() < p] for a in names}


def _simulated(reach: Reach, neighbours: dict[str, list[str]], texts: list[int]) -> list[float]:
    """Return the mean coverage of 30 runs of the paper's process, after so many texts each."""
    found = np.zeros(len(texts))
    for run in range(30):
        rng = Random(f"run {run}")
        learnt = {(a, b) for a, near in neighbours.items() for b in near}
        n = len(neighbours)
        trees = {i: set(reach.tree(i)[0].tolist()) for i in range(n)}
        for t in range(1, texts[-1] + 1):
            a, b = rng.sample(range(n), 2)
            if b in trees[a]:
                chain = reach.path(str(a), str(b))
                learnt.update((chain[0], other) for other in chain[1:])
            if t in texts:
                found[texts.index(t)] += len(learnt) / (n * (n - 1)) / 30
    return found.tolist()


def test_the_exact_form_is_what_simulation_gives() -> None:
    neighbours = _random_graph(30, 0.08, 1)
    reach = Reach.over(neighbours, directed=True)
    model = CoverageModel.over(reach, everywhere=True)
    texts = [50, 200, 800]
    expected = [model.expected(t) for t in texts]
    assert expected == pytest.approx(_simulated(reach, neighbours, texts), abs=0.015)


def test_subtrees_are_counted() -> None:
    neighbours = _random_graph(30, 0.1, 4)
    reach = Reach.over(neighbours, directed=True)
    order, before = reach.tree(0)
    tree = networkx.DiGraph((int(before[i]), int(i)) for i in order[1:])
    sizes = subtree_sizes(order, before)
    for node, size in zip(order.tolist(), sizes.tolist(), strict=True):
        assert size == 1 + len(networkx.descendants(tree, node))


def test_reach_counts_pairs_with_a_path() -> None:
    neighbours = _random_graph(25, 0.05, 2)
    graph = networkx.DiGraph((a, b) for a, near in neighbours.items() for b in near)
    graph.add_nodes_from(neighbours)
    reach = Reach.over(neighbours, directed=True)
    assert reach.pairs == sum(len(networkx.descendants(graph, a)) for a in graph)
    rng = Random(0)
    for _ in range(50):
        a, b = reach.draw(rng)
        assert len(reach.path(a, b)) == networkx.shortest_path_length(graph, a, b) + 1


def test_the_curve_rises_to_what_follows() -> None:
    model = CoverageModel.over(Reach.over(_random_graph(30, 0.08, 3), directed=True))
    curve = [model.expected(t) for t in (0, 10, 100, 1000, 10**7)]
    assert curve == sorted(curve)
    assert curve[-1] == pytest.approx(model.most)
    assert model.expected(model.texts_for(0.9)) >= 0.9 > model.expected(model.texts_for(0.9) - 2)
    assert model.texts_for(1.1) == float("inf")
    with pytest.raises(InputError, match="no pair"):
        CoverageModel.over(Reach.over({"a": []}))


@pytest.mark.parametrize("recipe", [None, Recipe({"path": 1.0})])
def test_the_plan_is_what_is_made(recipe: Recipe | None) -> None:
    view = world(40)
    planned = plan(view, tokens=200_000, seed=1, recipe=recipe)
    made = synthesise(view, tokens=200_000, seed=1, recipe=recipe)
    assert abs(planned.coverage - made.coverage) < 0.02
    for form, n in planned.texts.items():
        assert n == pytest.approx(made.forms[form], rel=0.1)
    assert [c for _, c in planned.curve] == sorted(c for _, c in planned.curve)


def test_it_stops_at_the_coverage_asked_for() -> None:
    view = world(20)
    recipe = Recipe({"path": 1.0})
    made = synthesise(view, tokens=10**7, recipe=recipe, coverage=0.5)
    assert made.coverage == pytest.approx(0.5, abs=0.03)
    assert plan(view, tokens=10**7, recipe=recipe, coverage=0.5).tokens == pytest.approx(
        made.tokens, rel=0.1
    )


def test_known_pairs_are_those_of_the_graph() -> None:
    view = world(20)
    index = FactIndex.over(view)
    model = CoverageModel.over(Reach.over(index.neighbours))
    assert model.known == sum(len(near) for near in index.neighbours.values())
