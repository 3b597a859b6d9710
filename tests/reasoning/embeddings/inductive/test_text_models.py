"""Text models: unseen entities are ranked by their texts; heads and zero-shot relations."""

from __future__ import annotations

import pytest
import torch

from kgkit.errors import InputError
from reasoning.embeddings.evaluation import evaluate
from reasoning.embeddings.inductive import (
    BAG_OF_WORDS,
    EntityClassifier,
    EntitySearch,
    prepared,
    text_model,
    unseen_relations,
)
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.training import train
from reasoning.embeddings.triples import Triples, number


def kinds() -> tuple[Triples, torch.Tensor]:
    """Return animals that eat plants, and features that tell which is which; some are new."""
    train_rows = [(f"a{n}", "eats", f"p{(n + k) % 6}") for n in range(6) for k in range(3)]
    new = [("z1", "eats", "p1"), ("z2", "eats", "p2"), ("a1", "eats", "q1")]
    triples = number(train_rows, new[:1], new)
    generator = torch.Generator().manual_seed(0)
    noise = torch.randn(len(triples.entities), 4, 384, generator=generator) * 0.3
    animal = torch.tensor([key[0] in "az" for key in triples.entities])
    noise[:, :, 0] += 8.0 * animal.float()[:, None]
    noise[:, :, 1] += 8.0 * (~animal).float()[:, None]
    return triples, noise


def test_an_unseen_entity_is_ranked_by_its_text() -> None:
    triples, features = kinds()
    rows = prepared(features, triples.seen, dimensions=8)
    model = text_model(rows, len(triples.relations), dim=16)
    preset = Preset(dim=16, epochs=30, rate=0.02, batch=8, optimiser="adam", loss="softmax")
    trained = train(triples, model=model, negatives="uniform", preset=preset)
    found = evaluate(trained.model, triples)
    assert found.unseen_triples == 3
    assert found.both.amri > 0.3


def test_prepared_features_are_even_and_known_by_depth() -> None:
    triples, features = kinds()
    rows = prepared(features, triples.seen, depths=BAG_OF_WORDS, dimensions=5)
    assert rows.shape == (len(triples.entities), 5)
    assert float(rows[triples.seen].norm(dim=1).mean()) == pytest.approx(1.0, abs=1e-4)
    with pytest.raises(InputError, match="depths"):
        prepared(features, triples.seen, depths=(7,))


def test_classes_that_can_be_told_are_told() -> None:
    _, features = kinds()
    vectors = features[:, 0]
    classes = (vectors[:, 0] > vectors[:, 1]).long()
    classifier = EntityClassifier.learn(vectors[::2], classes[::2])
    assert classifier.accuracy(vectors[1::2], classes[1::2]) == 100.0
    assert torch.allclose(classifier.probabilities(vectors).sum(1), torch.ones(len(vectors)))
    with pytest.raises(InputError, match="two classes"):
        EntityClassifier.learn(vectors, torch.zeros(len(vectors), dtype=torch.int64))


def test_entities_are_found_for_a_question() -> None:
    search = EntitySearch(torch.eye(3), weight=0.25)
    assert search.find(torch.tensor([0.0, 2.0, 1.0]), 2) == [(1, 0.89443), (2, 0.44721)]
    first = {0: 5.0, 2: 1.0}
    assert [n for n, _ in search.find(torch.tensor([0.0, 0.1, 1.0]), 2, first=first)] == [0, 2]
    assert search.find(torch.ones(3), first={}) == []
    with pytest.raises(InputError, match="k=0"):
        search.find(torch.ones(3), 0)


def test_an_unseen_relation_is_like_the_ones_with_like_words() -> None:
    seen = torch.tensor([[1.0, 0.0, 0.1], [0.0, 1.0, 0.1]])
    vectors = torch.tensor([[4.0, 0.0], [0.0, 4.0]])
    found = unseen_relations(seen, vectors, torch.tensor([[0.9, 0.1, 0.0]]), ridge=0.1)
    assert float(found[0, 0]) > 3.0 > 1.0 > float(found[0, 1])
    with pytest.raises(InputError, match="two trained"):
        unseen_relations(seen[:1], vectors[:1], seen)
