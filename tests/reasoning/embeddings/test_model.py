"""Models: scores by number, text vectors for a table, one set of relations for both ways."""

from __future__ import annotations

import pytest
import torch

from kgkit.errors import InputError
from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.representations import Projected, Table
from reasoning.embeddings.scorers import DistMult, scorer_names

HEADS, RELATIONS = torch.tensor([0, 1, 4]), torch.tensor([0, 3, 2])


def started(name: str = "complex", *, is_reciprocal: bool = True) -> EmbeddingModel:
    model = EmbeddingModel.start(name, (5, 2), dim=8, seed=1, is_reciprocal=is_reciprocal)
    with torch.no_grad():
        model.relations.weight.mul_(100)
    return model


@pytest.mark.parametrize("name", scorer_names())
def test_tails_and_score_agree(name: str) -> None:
    model = started(name)
    whole = model.tails(HEADS, RELATIONS)
    assert whole.shape == (3, 5)
    some = model.tails(HEADS, RELATIONS, torch.tensor([4, 2]))
    torch.testing.assert_close(some, whole[:, [4, 2]])
    triples = torch.stack([HEADS, RELATIONS, torch.tensor([3, 3, 3])], dim=1)
    torch.testing.assert_close(model.score(triples), whole[:, 3])


@pytest.mark.parametrize("name", ["complex", "distmult", "rescal", "rotate", "transe"])
def test_one_set_of_relations_asks_both_ways(name: str) -> None:
    model = started(name, is_reciprocal=False)
    assert not model.is_reciprocal
    there = model.score(torch.tensor([[0, 1, 3]]))
    back = model.score(torch.tensor([[3, 1 + 2, 0]]))
    torch.testing.assert_close(there, back, rtol=1e-4, atol=1e-5)


def test_texts_in_place_of_a_table() -> None:
    features = torch.randn(5, 6, generator=torch.Generator().manual_seed(0))
    texts = Projected(features, 8, torch.Generator().manual_seed(0))
    model = EmbeddingModel.start("transe", (5, 2), dim=8, entities=texts)
    assert torch.equal(texts.rows(HEADS), texts.all()[HEADS])
    assert texts.rows(HEADS.view(3, 1)).shape == (3, 1, 8)
    assert model.tails(HEADS, RELATIONS).shape == (3, 5)
    assert "entities.features" not in model.state_dict()


def test_vectors_are_apart_from_the_model() -> None:
    model = started()
    model.vectors().zero_()
    assert bool(model.vectors().any())


def test_parts_that_do_not_fit_are_said() -> None:
    with pytest.raises(InputError, match="nothing to complete"):
        EmbeddingModel.start("complex", (1, 1))
    with pytest.raises(InputError, match="nothing to complete"):
        EmbeddingModel.start("complex", (4, 0))
    with pytest.raises(InputError, match="no inverse"):
        EmbeddingModel.start("tucker", (4, 2), dim=8, is_reciprocal=False)
    vectors = Table(torch.zeros(4, 8))
    with pytest.raises(InputError, match="3 relation vectors"):
        EmbeddingModel(vectors, Table(torch.zeros(3, 8)), DistMult(8), 2)
    with pytest.raises(InputError, match="same dim"):
        EmbeddingModel(vectors, Table(torch.zeros(4, 6)), DistMult(8), 2)
    with pytest.raises(InputError, match="matrix"):
        Projected(torch.zeros(4), 2, torch.Generator())
