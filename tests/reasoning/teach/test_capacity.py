"""Capacity: an untrained model holds 0 bits, a perfect one all, and only value tokens count."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from extractors.worlds.bios import Attribute, BiosWorld, NameSpace, Telling
from kgkit.errors import InputError
from reasoning.teach.capacity import Told, capacity, value_losses
from reasoning.teach.worlds import NAME, name_loss, prior_bits, told_by

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast


class Oracle:
    """A model that gives each wanted next token the probability 1 (or 1/2), elsewhere nothing."""

    training = False

    def __init__(self, size: int, chance: float) -> None:
        self.config = SimpleNamespace(vocab_size=size)
        self.chance, self.size = chance, size
        self.device = None

    def eval(self) -> Oracle:
        return self

    def train(self, mode: bool) -> Oracle:
        return self

    def parameters(self) -> list[Any]:
        import torch

        return [torch.zeros(1000)]

    def __call__(self, input_ids: Any) -> Any:
        import torch

        rows, width = input_ids.shape
        logits = torch.full((rows, width, self.size), -60.0)
        for n in range(width - 1):
            logits[torch.arange(rows), n, input_ids[:, n + 1]] = 0.0
            other = (input_ids[:, n + 1] + 1) % self.size
            logits[torch.arange(rows), n, other] = 0.0 if self.chance < 1 else -60.0
        return SimpleNamespace(logits=logits)


def test_an_untrained_model_holds_nothing(
    world: BiosWorld, tokenizer: PreTrainedTokenizerFast, model: PreTrainedModel
) -> None:
    found = capacity(model, tokenizer, told_by(world), prior_bits(world), name_loss(world))
    assert found.bits == 0
    assert found.per_parameter == 0
    assert found.parameters == sum(p.numel() for p in model.parameters())


def test_a_model_that_knows_all_holds_the_gold_bits(
    world: BiosWorld, tokenizer: PreTrainedTokenizerFast
) -> None:
    told = [one for one in told_by(world) if one.relation != NAME]
    oracle: Any = Oracle(len(tokenizer), 1.0)
    found = capacity(oracle, tokenizer, told, prior_bits(world))
    assert found.bits == pytest.approx(12 * (3 + 3), abs=0.01)
    assert found.share == pytest.approx(1.0, abs=1e-3)
    assert found.wanted == (math.ceil(72 / 1.8), 72)


def test_names_cost_what_any_of_them_may_cost(world: BiosWorld) -> None:
    assert name_loss(world)[NAME] == pytest.approx(math.log(12))
    bits = prior_bits(world)[NAME] - name_loss(world)[NAME] / math.log(2)
    attributes = sum(attribute.bits for attribute in world.attributes)
    assert 12 * (bits + attributes) == pytest.approx(world.gold_bits)


def test_losses_are_sums_over_exactly_the_tokens_of_the_value(
    tokenizer: PreTrainedTokenizerFast,
) -> None:
    oracle: Any = Oracle(len(tokenizer), 0.5)
    text = "Ada was born in Xyzzy."
    told = Told(text, 16, 21, "BORN_IN", "f")
    offsets = tokenizer(text, return_offsets_mapping=True)["offset_mapping"]
    tokens = sum(16 <= start < 21 for start, _ in offsets)
    assert tokens > 1
    (loss,) = value_losses(oracle, tokenizer, [told])
    assert loss == pytest.approx(tokens * math.log(2), abs=1e-3)


def test_bits_are_cut_off_by_relation_and_shown_by_exposures(
    tokenizer: PreTrainedTokenizerFast,
) -> None:
    telling = Telling(exposures=(1, 4))
    values = (Attribute("BORN_IN", "City", 8),)
    world = BiosWorld.make(
        2, people=6, attributes=values, names=NameSpace(9, 1, 9), telling=telling
    )
    oracle: Any = Oracle(len(tokenizer), 1.0)
    found = capacity(oracle, tokenizer, told_by(world), prior_bits(world), name_loss(world))
    assert [number for number, _ in found.exposures] == [1, 4]
    assert sum(known.bits for _, known in found.exposures) == pytest.approx(found.bits, rel=1e-3)
    assert {known.relation for known in found.relations} == {"BORN_IN", NAME}


def test_values_that_are_no_tokens_and_bits_that_are_not_given_are_refused(
    tokenizer: PreTrainedTokenizerFast, model: PreTrainedModel
) -> None:
    with pytest.raises(InputError, match="bits="):
        capacity(model, tokenizer, [Told("Ada is in Rome.", 10, 14, "IN", "f")], {})
    with pytest.raises(InputError, match="no run of whole tokens"):
        value_losses(model, tokenizer, [Told("born in it", 2, 6, "IN", "f")])
    with pytest.raises(InputError):
        told_by(BiosWorld.make(1, people=2), forms=0)


@pytest.mark.slow
def test_a_model_with_room_to_spare_holds_nearly_all_bits() -> None:
    from reasoning.teach.training.course import Course
    from reasoning.teach.training.teaching import teach
    from reasoning.teach.training.tiny import tiny_model, tiny_tokenizer

    world = BiosWorld.make(5, people=16, telling=Telling(exposures=(150,)))
    texts = [d.text for d in world.documents if d.uri.startswith("people/")]
    tokenizer = tiny_tokenizer(texts, 700)
    model = tiny_model(tokenizer, width=96)
    teach(model, tokenizer, texts, Course(passes=2, rate=1e-2, batch=8, length=64))
    found = capacity(model, tokenizer, told_by(world), prior_bits(world), name_loss(world))
    assert found.most == pytest.approx(world.gold_bits)
    assert found.share >= 0.95, found
    assert all(known.share > 0.85 for known in found.relations)
