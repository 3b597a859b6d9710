"""Training: the same course gives the same weights, and nothing else in the process changes."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest

from kgkit.errors import InputError
from reasoning.teach.training.adapters import adapt, merge
from reasoning.teach.training.course import Course
from reasoning.teach.training.teaching import Step, teach
from reasoning.teach.training.tiny import tiny_model, tiny_tokenizer

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

    from extractors.worlds.bios import BiosWorld

COURSE = Course(tokens=4000, length=32, batch=4, rate=5e-3)


def weights(model: PreTrainedModel) -> dict[str, torch.Tensor]:
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def same(one: PreTrainedModel, other: PreTrainedModel) -> bool:
    ours, theirs = weights(one), weights(other)
    return all(bool((ours[name] == theirs[name]).all()) for name in ours)


@pytest.fixture
def texts(world: BiosWorld) -> list[str]:
    return [document.text for document in world.documents]


def test_the_same_course_gives_the_same_weights(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, texts: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    import torch

    other, before = copy.deepcopy(model), copy.deepcopy(model)
    state = torch.get_rng_state()
    lesson = teach(model, tokenizer, texts, COURSE)
    again = teach(other, tokenizer, texts, COURSE)
    assert same(model, other)
    assert not same(model, before)
    assert lesson.tokens == 4000
    assert (lesson.steps, lesson.loss) == (again.steps, again.loss)
    assert bool((torch.get_rng_state() == state).all())
    assert capsys.readouterr().out == ""


def test_progress_sees_the_model_on_its_way(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, texts: list[str]
) -> None:
    seen: list[Step] = []
    lesson = teach(model, tokenizer, texts, COURSE, progress=seen.append, every=10)
    assert [step.step for step in seen] == [10, 20, 30, 32]
    assert seen[-1].steps == lesson.steps == 32
    assert seen[0].tokens == 10 * 4 * 32


def test_replayed_texts_are_read_in_their_share(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, texts: list[str]
) -> None:
    course = Course(tokens=2000, length=32, batch=4, replay=0.5)
    lesson = teach(model, tokenizer, texts[:3], course, replay=texts[3:])
    assert lesson.tokens == 1984
    with pytest.raises(InputError, match="replay="):
        teach(model, tokenizer, texts, course)


def test_adapters_learn_and_leave_the_model_as_it_was(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, texts: list[str]
) -> None:
    import torch

    before = copy.deepcopy(model)
    adapted = adapt(model, 2)
    trained = [p for p in adapted.parameters() if p.requires_grad]
    assert 0 < sum(p.numel() for p in trained) < 5000
    teach(adapted, tokenizer, texts, Course(tokens=2000, length=32, batch=4, rate=1e-2))
    merged = merge(adapted)
    assert not same(merged, before)
    ids = torch.tensor([[1, 2, 3]])
    assert merged(input_ids=ids).logits.shape == before(input_ids=ids).logits.shape
    with pytest.raises(InputError):
        merge(merged)
    with pytest.raises(InputError):
        adapt(before, 0)


def test_a_model_that_is_frozen_or_too_short_is_refused(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerFast, texts: list[str]
) -> None:
    with pytest.raises(InputError, match="more than the 128 tokens"):
        teach(model, tokenizer, texts, Course(length=200))
    model.requires_grad_(False)
    with pytest.raises(InputError, match="no parameter"):
        teach(model, tokenizer, texts, COURSE)


@pytest.mark.parametrize(
    "arguments", [{"tokens": 0}, {"batch": 0}, {"rate": 0.0}, {"length": 1}, {"replay": 1.5}]
)
def test_a_course_that_is_none_is_refused(arguments: dict[str, float]) -> None:
    with pytest.raises(InputError):
        Course(**arguments)  # type: ignore[arg-type]


def test_tiny_tokenizers_write_any_text_and_models_are_drawn_by_seed() -> None:
    tokenizer = tiny_tokenizer(["Ada was born in Rome."] * 3, 300)
    for text in ("Ada was born in Rome.", "Žižek wrote 「本」\n"):
        assert tokenizer.decode(tokenizer(text)["input_ids"]) == text
    assert same(tiny_model(tokenizer, width=8, seed=1), tiny_model(tokenizer, width=8, seed=1))
    assert not same(tiny_model(tokenizer, width=8, seed=1), tiny_model(tokenizer, width=8, seed=2))
    with pytest.raises(InputError):
        tiny_model(tokenizer, width=10, heads=3)
    with pytest.raises(InputError):
        tiny_tokenizer(["a"], 10)
