"""A small world with a tokenizer that knows its words, and models that have read nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extractors.worlds.bios import Attribute, BiosWorld

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

ATTRIBUTES = (Attribute("BORN_IN", "City", 8), Attribute("WORKS_FOR", "Company", 8))


@pytest.fixture(scope="session")
def world() -> BiosWorld:
    return BiosWorld.make(1, people=12, attributes=ATTRIBUTES, unseen=4)


@pytest.fixture(scope="session")
def tokenizer(world: BiosWorld) -> PreTrainedTokenizerFast:
    from reasoning.teach.training.tiny import tiny_tokenizer

    return tiny_tokenizer([document.text for document in world.documents], 500)


@pytest.fixture
def model(tokenizer: PreTrainedTokenizerFast) -> PreTrainedModel:
    from reasoning.teach.training.tiny import tiny_model

    return tiny_model(tokenizer, layers=1, width=32, heads=2, length=128, seed=3)
