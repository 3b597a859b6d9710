"""Continued pretraining: a causal model reads texts, by the trainer of transformers."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from kgkit.errors import InputError, MissingExtra
from reasoning.teach.training.blocks import mix, pack
from reasoning.teach.training.course import Course

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

__all__ = ["Lesson", "Step", "blocks_of", "teach"]


@dataclass(frozen=True, slots=True)
class Step:
    """How far a course is: `step` of `steps`, tokens read so far, and the model as it is."""

    step: int
    steps: int
    tokens: int
    model: PreTrainedModel


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a course came to: steps, tokens read (replay among them), processor seconds and the
    mean loss in nats a token."""

    steps: int
    tokens: int
    seconds: float
    loss: float


def teach(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerFast,
    texts: Sequence[str],
    course: Course | None = None,
    *,
    replay: Sequence[str] = (),
    progress: Callable[[Step], None] | None = None,
    every: int = 0,
) -> Lesson:
    """Train all parameters of `model` that ask for it on texts, in place.

    A model with adapters (`reasoning.teach.training.adapters`) learns only these. `replay` are
    texts that are mixed in by the share that the course says. `progress` is called every `every`
    steps and at the end. Same model, texts and course: same weights, on one machine. Raises
    `InputError` where there is nothing to train, and `MissingExtra` without accelerate.
    """
    import torch

    course = course or Course()
    limit = getattr(model.config, "max_position_embeddings", None)
    if limit is not None and course.length > limit:
        raise InputError(
            f"length={course.length} is more than the {limit} tokens that the model reads; give "
            "a shorter one"
        )
    if not any(p.requires_grad for p in model.parameters()):
        raise InputError("the model has no parameter to train; give one that is not frozen")
    blocks = blocks_of(texts, tokenizer, course, replay)
    steps = -(-len(blocks) // course.batch)
    began = time.process_time()
    with torch.random.fork_rng(devices=[]), tempfile.TemporaryDirectory() as folder:
        trainer = _trainer(model, blocks, course, folder)
        if progress is not None:
            trainer.add_callback(_callback(progress, every, course))
        result = trainer.train()
    model.train(False)
    seconds = round(time.process_time() - began, 3)
    return Lesson(steps, int(blocks.size), seconds, round(float(result.training_loss), 6))


def blocks_of(
    texts: Sequence[str],
    tokenizer: PreTrainedTokenizerFast,
    course: Course,
    replay: Sequence[str] = (),
) -> NDArray[np.int64]:
    """Return the blocks `[n, length]` that a course reads, in order.

    Raises `InputError` for replay without texts for it.
    """
    passes = [
        pack(texts, tokenizer, course.length, tokens=course.tokens, seed=course.seed + n)
        for n in range(1 if course.tokens is not None else course.passes)
    ]
    blocks = np.concatenate(passes)
    if not course.replay:
        return blocks
    if not replay:
        raise InputError(f"the course replays {course.replay} of its blocks; give replay= texts")
    others = pack(replay, tokenizer, course.length, seed=course.seed)
    return mix(blocks, others, course.replay, course.seed)


def _trainer(model: PreTrainedModel, blocks: NDArray[np.int64], course: Course, folder: str) -> Any:
    if find_spec("accelerate") is None:
        raise MissingExtra("training a model needs: pip install 'kgkit[train]'")
    import torch
    from transformers import PrinterCallback, Trainer, TrainingArguments

    steps = -(-len(blocks) // course.batch)
    arguments = TrainingArguments(
        output_dir=folder,
        per_device_train_batch_size=course.batch,
        max_steps=steps,
        learning_rate=course.rate,
        lr_scheduler_type="cosine",
        warmup_steps=round(course.warmup * steps),
        weight_decay=course.decay,
        seed=course.seed,
        use_cpu=model.device.type == "cpu",
        save_strategy="no",
        logging_strategy="no",
        report_to="none",
        disable_tqdm=True,
        dataloader_pin_memory=False,
    )
    ids = torch.from_numpy(blocks)
    trainer = Trainer(
        model=model,
        args=arguments,
        train_dataset=[{"input_ids": row, "labels": row} for row in ids],
    )
    trainer.remove_callback(PrinterCallback)  # it prints
    return trainer


def _callback(progress: Callable[[Step], None], every: int, course: Course) -> Any:
    from transformers import TrainerCallback

    class Watch(TrainerCallback):
        """Tells how far the course is."""

        def on_step_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
            done, of = int(state.global_step), int(state.max_steps)
            if done == of or (every and done % every == 0):
                model = more["model"].eval()
                progress(Step(done, of, done * course.batch * course.length, model))
                model.train()

    return Watch()
