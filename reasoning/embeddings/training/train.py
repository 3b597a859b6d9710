"""Trains a model of a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from kgkit.errors import InputError
from reasoning.embeddings.losses import load_loss
from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.negatives.registry import load_negatives
from reasoning.embeddings.presets import Preset, preset_for
from reasoning.embeddings.training.batches import Batches, Grouped, Single
from reasoning.embeddings.training.curve import Progress, Trained
from reasoning.embeddings.training.epochs import Training
from reasoning.embeddings.training.optimisers import load_optimiser
from reasoning.embeddings.training.run import Run
from reasoning.embeddings.training.steps import Objective
from reasoning.embeddings.training.workers import Workers

if TYPE_CHECKING:
    from reasoning.embeddings.negatives.base import Negatives, NegativesFactory
    from reasoning.embeddings.scorers.base import Scorer, ScorerFactory
    from reasoning.embeddings.triples import Triples

__all__ = ["train"]


def train(
    triples: Triples,
    *,
    model: str | Scorer | ScorerFactory | EmbeddingModel = "complex",
    negatives: str | Negatives | NegativesFactory | None = None,
    preset: Preset | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    run: Run | None = None,
) -> Trained:
    """Train a model and return it with the vectors of its best epoch.

    `model` is a scorer by name, instance or class, or an untrained model (of entity texts, for
    one). `negatives` is what right answers are set against: "all" entities, a sampler by name,
    instance or factory, or None for what the preset says (without one: the preset for a graph
    of this size). The best epoch is the one with the highest MRR on validation triples; without
    any, the last. `progress` is called after each epoch. The same seed gives the same bytes, also
    when a run with a folder was interrupted, unless the sampler has a memory of its own ("eans",
    "nscaching"), which no checkpoint holds. Under `torchrun` the processes share each batch.

    Raises `InputError` for a graph with fewer than two entities or without training triples, or
    parts that do not fit, and `ModelError` when the loss is no finite number.

    >>> from reasoning.embeddings.triples import number
    >>> graph = number([("a", "likes", "b"), ("b", "likes", "c"), ("c", "likes", "a")])
    >>> trained = train(graph, preset=Preset(dim=8, epochs=3))
    >>> trained.best
    3
    """
    if not len(triples.train):
        raise InputError("the graph has no training triples; add facts that join two entities")
    name = model if isinstance(model, str) else ""
    drawn = negatives is not None and negatives != "all"
    preset = preset or preset_for(triples, model=name, drawn=drawn)
    run = run or Run()
    workers = Workers.joined(run.device)
    if not isinstance(model, EmbeddingModel):
        counts = len(triples.entities), len(triples.relations)
        model = EmbeddingModel.start(
            model, counts, dim=preset.dim, seed=seed, is_reciprocal=preset.is_reciprocal
        )
    model.to(run.device)
    chosen = negatives if negatives is not None else _usual(preset)
    objective = Objective(
        loss=load_loss(preset.loss, preset.loss_options),
        negatives=None if chosen == "all" else load_negatives(chosen, triples, preset.negatives),
        preset=preset,
        generator=torch.Generator().manual_seed(seed + 1 + workers.rank),
    )
    training = Training(
        model=model,
        objective=objective,
        batches=_batches(triples, preset, drawn=objective.negatives is not None),
        optimiser=load_optimiser(preset.optimiser, dict(model.named_parameters()), preset.rate),
        triples=triples,
        order=torch.Generator().manual_seed(seed),
        workers=workers,
        run=run,
        seed=seed,
    )
    return training.finish(progress)


def _usual(preset: Preset) -> str:
    return "all" if preset.candidates == "all" else "uniform"


def _batches(triples: Triples, preset: Preset, *, drawn: bool) -> Batches:
    if preset.grouped and not drawn:
        return Grouped(triples.known(), preset.batch)
    return Single(triples, preset.batch)
