"""The relation network: windows, thresholds, losses, and what a reader makes of its scores."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from extractors.mini.relations.cases import Case
from extractors.mini.relations.halves import HalfLinear, halve, is_faster
from extractors.mini.relations.layout import lay
from extractors.mini.relations.network import RelationNetwork, likely_pairs
from extractors.mini.relations.reader import RelationReader
from extractors.mini.relations.store import Labels, load_relations, save_relations
from extractors.mini.train.relations_data import Labelled
from extractors.mini.train.relations_losses import relation_losses, thresholds
from kgkit.errors import ModelError
from kgkit.models.encoder import load_encoder


def case(length: int, mentions: list[tuple[int, int, int]]) -> Case:
    pieces = tuple(1000 + 7 * i % 900 for i in range(length))
    bounds = (*range(0, length, 20), length)
    return Case(
        pieces,
        (1,) * length,
        (0,) * length,
        tuple(first for first, _, _ in mentions),
        tuple(end for _, end, _ in mentions),
        tuple(first // 20 for first, _, _ in mentions),
        tuple(entity for _, _, entity in mentions),
        (0,) * (1 + max(entity for _, _, entity in mentions)),
        bounds,
    )


@pytest.fixture(scope="module")
def network() -> RelationNetwork:
    torch.manual_seed(0)
    return RelationNetwork(load_encoder().bert, 5).requires_grad_(False).eval()


def test_each_ordered_pair_has_scores_and_a_focus(network: RelationNetwork) -> None:
    one = case(40, [(1, 3, 0), (5, 6, 1), (25, 27, 0), (30, 31, 2)])
    (pairs,) = network(lay([one]), [one])
    assert list(zip(pairs.heads.tolist(), pairs.tails.tolist(), strict=True)) == [
        (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)
    ]  # fmt: skip
    assert pairs.scores.shape == (6, 6)
    # Attention to the encoder's own two pieces is left out and the rest adds up to one.
    assert torch.allclose(pairs.focus.sum(1), torch.ones(6), atol=1e-3)


def test_documents_do_not_see_each_other(network: RelationNetwork) -> None:
    one = case(30, [(1, 3, 0), (5, 6, 1)])
    two = case(64, [(2, 3, 0), (50, 52, 1), (60, 61, 2)])
    both = network(lay([one, two]), [one, two])
    alone = [network(lay([each]), [each])[0] for each in (one, two)]
    for a, b in zip(both, alone, strict=True):
        assert torch.allclose(a.scores, b.scores, atol=1e-4)


def test_long_documents_are_read_in_overlapping_windows(network: RelationNetwork) -> None:
    long = case(900, [(3, 4, 0), (450, 452, 1), (890, 893, 2)])
    (pairs,) = network(lay([long]), [long])
    assert pairs.focus.shape == (6, 900)
    assert bool(torch.isfinite(pairs.scores).all())


@given(st.lists(st.integers(0, 1), min_size=4, max_size=4))
def test_the_loss_falls_when_true_relations_rise_above_the_threshold(truth: list[int]) -> None:
    targets = torch.tensor([truth], dtype=torch.float32)
    good = torch.cat([torch.zeros(1, 1), targets * 6.0 - 3.0], dim=1)
    assert thresholds(good, targets) < thresholds(-good, targets)


def test_marked_evidence_draws_the_focus(network: RelationNetwork) -> None:
    one = case(40, [(1, 3, 0), (30, 31, 1)])
    (pairs,) = network(lay([one]), [one])
    plain = Labelled(one, ((0, 1, 2, ()),))
    marked = Labelled(one, ((0, 1, 2, (1,)),))
    extra = float(relation_losses(pairs, marked) - relation_losses(pairs, plain))
    share = float(pairs.focus[0, 20:].sum())
    assert extra == pytest.approx(-0.2 * math.log(share + 1e-6), rel=1e-3)


def test_a_reader_says_what_is_above_the_threshold(network: RelationNetwork) -> None:
    labels = Labels(("P1",) * 5, ("a",) * 5, shift=0.0, slope=2.0, offset=0.0)
    reader = RelationReader(network, load_encoder().tokenizer, labels)
    one = case(40, [(1, 3, 0), (5, 6, 1)])
    (pairs,) = network(lay([one]), [one])
    margins = pairs.scores[:, 1:] - pairs.scores[:, :1]
    found = reader.relate(one)
    assert len(found) == int((margins > 0.0005).sum())
    for each in found:
        row = pairs.heads.tolist().index(each.head)
        margin = float(margins[row, each.relation])
        assert each.probability == pytest.approx(1 / (1 + math.exp(-2 * margin)), abs=1e-2)
    assert reader.relate(case(40, [(1, 3, 0)])) == []


def test_an_adapter_comes_back_as_it_was_saved(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("relations")
    labels = Labels(("P17",), ("country",), 0.5, 1.5, -0.25)
    save_relations(folder, {"head.weight": torch.eye(2), "bert.x": torch.ones(3)}, labels)
    tensors, found = load_relations(folder)
    assert found == labels
    assert tensors["head.weight"].tolist() == [[1.0, 0.0], [0.0, 1.0]]
    (folder / "head.safetensors").write_bytes(b"none")
    with pytest.raises(ModelError, match="reinstall"):
        load_relations(folder)


def test_pairs_that_are_never_related_are_not_scored(network: RelationNetwork) -> None:
    one = replace(case(40, [(1, 3, 0), (5, 6, 1), (30, 31, 2)]), kinds=(0, 3, 4))
    (every,) = network(lay([one]), [one])
    (likely,) = network(lay([one]), [one], likely_pairs)
    assert list(zip(likely.heads.tolist(), likely.tails.tolist(), strict=True)) == [(0, 1)]
    assert torch.allclose(likely.scores, every.scores[:1], atol=1e-5)
    labels = Labels(("P1",) * 5, ("a",) * 5, shift=99.0)
    reader = RelationReader(network, load_encoder().tokenizer, labels)
    assert {(each.head, each.tail) for each in reader.relate(one)} == {(0, 1)}
    assert reader.relate(replace(one, kinds=(3, 3, 4))) == []


def test_halved_layers_say_nearly_the_same() -> None:
    torch.manual_seed(0)
    inner = nn.Sequential(nn.Linear(32, 8))
    plain = nn.Sequential(nn.Linear(64, 32), nn.Tanh(), inner)
    states = torch.randn(5, 64)
    expected = plain(states)
    halve(plain)
    found = plain(states)
    assert [type(one) for one in (plain[0], inner[0])] == [HalfLinear, HalfLinear]
    assert found.dtype == torch.bfloat16
    assert torch.allclose(found.float(), expected, atol=0.05)
    assert is_faster() in (True, False)
