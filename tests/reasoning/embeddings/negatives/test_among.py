"""Negatives of some entities only."""

from __future__ import annotations

import pytest
import torch

from kgkit.errors import InputError
from reasoning.embeddings.negatives.among import Among, among
from reasoning.embeddings.negatives.uniform import Uniform
from reasoning.embeddings.training import train
from reasoning.embeddings.triples import number


def test_only_allowed_entities_are_usable() -> None:
    triples = number([(f"e{n}", "r", f"e{(n + 1) % 10}") for n in range(10)])
    allowed = torch.arange(10) < 4
    sampler = among("uniform", allowed)(triples, 64)
    assert isinstance(sampler, Among)
    drawn = sampler.draw(triples.train, torch.Generator().manual_seed(0))
    usable = drawn.usable.any(dim=0) if drawn.is_shared else drawn.usable
    assert bool(usable.any())
    assert bool(allowed[drawn.ids[usable]].all())
    assert sampler.rejected.drawn > 0


def test_a_model_can_be_trained_with_it() -> None:
    triples = number([(f"e{n}", "r", f"e{(n + 1) % 10}") for n in range(10)])
    trained = train(triples, negatives=among(Uniform.over, torch.ones(10, dtype=torch.bool)))
    assert trained.curve[-1].loss < trained.curve[0].loss


def test_nobody_allowed_is_refused() -> None:
    triples = number([("a", "r", "b")])
    with pytest.raises(InputError, match="no entity is allowed"):
        among("uniform", torch.zeros(2, dtype=torch.bool))(triples, 4)
