from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mini.trees import best_tree


def is_tree(heads: list[int]) -> bool:
    if heads.count(-1) != 1:
        return False
    for start in range(len(heads)):
        node, steps = start, 0
        while node >= 0:
            node, steps = heads[node], steps + 1
            if steps > len(heads):
                return False
    return True


@given(st.integers(0, 2**32 - 1), st.integers(1, 30))
def test_any_scores_give_a_tree_with_one_root(seed: int, size: int) -> None:
    scores = np.random.default_rng(seed).normal(0, 3, (size, size + 1)).astype(np.float32)
    assert is_tree(best_tree(scores))


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_where_the_best_tree_has_one_root_it_is_found(seed: int, size: int) -> None:
    scores = np.random.default_rng(seed).normal(0, 3, (size, size + 1)).astype(np.float32)
    # A root of its own is made dear, so that the best tree of all has a single one.
    scores[:, 0] -= 100.0
    trees = [list(heads) for heads in product(range(-1, size), repeat=size) if is_tree(list(heads))]

    def total(heads: list[int]) -> float:
        return float(sum(scores[i, head + 1] for i, head in enumerate(heads)))

    assert np.isclose(total(best_tree(scores)), max(map(total, trees)), atol=1e-4)
