"""Neighbourhoods: clusters that never starve, nearest that are nearest, vectors kept on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kgkit.errors import InputError
from reasoning.embeddings.negatives.clusters import cluster_lists, k_means
from reasoning.embeddings.negatives.lists import Lists
from reasoning.embeddings.negatives.nearest import nearest_lists
from reasoning.embeddings.negatives.schedules import as_schedule, rising
from reasoning.embeddings.negatives.texts import entity_texts, facts_in_words
from reasoning.embeddings.negatives.vectors import reduced, text_vectors
from reasoning.embeddings.triples import number


class Letters:
    """Encodes a text as how often it has a, b and c; counts its calls."""

    name = "letters"

    def __init__(self) -> None:
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        return np.array([[t.count(c) for c in "abc"] for t in texts], dtype=np.float32)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 99), st.integers(2, 40), st.integers(1, 9), st.integers(1, 12))
def test_clusters_hold_their_members_and_enough(
    seed: int, count: int, clusters: int, least: int
) -> None:
    vectors = torch.randn(count, 3, generator=torch.Generator().manual_seed(seed))
    lists = cluster_lists(vectors, clusters, least=least)
    keys = torch.arange(count)
    assert bool(lists.holds(keys, keys[:, None]).all())
    assert bool((lists.sizes(keys) >= min(least, count)).all())


def test_k_means_finds_what_lies_apart() -> None:
    vectors = torch.cat([torch.zeros(5, 2), torch.full((5, 2), 9.0), torch.full((2, 2), -9.0)])
    _, labels = k_means(vectors + torch.rand(12, 2), 6)
    groups = [set(part.tolist()) for part in torch.split(labels, [5, 5, 2])]
    assert groups[0].isdisjoint(groups[1] | groups[2])


def test_nearest_are_nearest_and_not_oneself() -> None:
    angles = torch.tensor([0.0, 0.1, 0.3, 3.0, 3.1])
    lists = nearest_lists(torch.stack([angles.cos(), angles.sin()], 1), 1)
    assert lists.members.tolist() == [1, 0, 1, 4, 3]
    assert nearest_lists(torch.eye(3), 9).sizes(torch.arange(3)).tolist() == [2, 2, 2]


def test_the_approximate_path_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = torch.randn(60, 5, generator=torch.Generator().manual_seed(1))
    exact = nearest_lists(vectors, 3)
    monkeypatch.setattr("reasoning.embeddings.negatives.nearest._EXACT", 0)
    assert torch.equal(nearest_lists(vectors, 3).members, exact.members)


def test_pooled_chances_are_the_mean_over_the_batch() -> None:
    lists = Lists.build(torch.tensor([0, 1, 1]), [torch.tensor([0, 1]), torch.tensor([2])], 4)
    chances = lists.pooled(torch.tensor([0, 1, 2, 0]))
    assert chances.tolist() == [0.25, 0.25, 0.5, 0.0]


def test_vectors_are_kept_by_what_they_were_made_of(tmp_path: Path) -> None:
    encoder = Letters()
    first = text_vectors(["ab", "c", "ab"], encoder=encoder, cache=tmp_path)
    again = text_vectors(["ab", "c", "ab"], encoder=encoder, cache=tmp_path)
    assert encoder.calls == 1
    assert torch.equal(first, again)
    text_vectors(["ab", "c", "b"], encoder=encoder, cache=tmp_path)
    assert encoder.calls == 2


def test_reduction_keeps_who_is_near() -> None:
    flat = torch.randn(30, 2, generator=torch.Generator().manual_seed(0))
    wide = torch.cat([flat - flat.mean(0), torch.zeros(30, 4)], dim=1)
    unit = torch.nn.functional.normalize(wide, dim=1)
    small = reduced(wide, 2)
    assert torch.allclose(small @ small.T, unit @ unit.T, atol=1e-5)


def test_an_entity_without_text_is_told_by_training_facts_only() -> None:
    triples = number([("ada", "born_in", "rome")], [], [("ada", "DIED_IN", "paris")])
    assert facts_in_words(triples)[0] == ["ada born in rome"]
    assert entity_texts(triples)[0] == "ada. ada born in rome"
    assert entity_texts(triples, facts=0)[0] == "ada"


def test_schedules() -> None:
    assert rising(0.2, 0.8)(0.5) == pytest.approx(0.5)
    assert as_schedule(0.3)(0.9) == 0.3
    with pytest.raises(InputError, match="from 0 to 1"):
        as_schedule(1.5)
