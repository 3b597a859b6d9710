"""A text model and its floor on entities that training has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from reasoning.embeddings.evaluation import Evaluation, evaluate, measure
from reasoning.embeddings.inductive import EntityClassifier, prepared, text_model
from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.negatives.among import among
from reasoning.embeddings.negatives.mixture import mixture
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.training import train
from reasoning.embeddings.triples import Triples

__all__ = ["Found", "best_of", "classified", "told"]


@dataclass(frozen=True, slots=True)
class Found:
    """The model of the trial with the highest validation MRR, and how it does on the test."""

    scorer: str
    rate: float
    valid_mrr: float
    model: EmbeddingModel
    test: Evaluation


def best_of(
    triples: Triples,
    features: Tensor,
    depths: Sequence[int],
    trials: Sequence[tuple[str, float]],
    preset: Preset,
) -> Found:
    """Return the best of (scorer, rate) trials of a text model over the depths of `features`
    [E, 4, 384]; which is best, validation decides."""
    rows = prepared(features, triples.seen, depths=depths)
    negatives = among(mixture(("in-batch", 0.5), ("uniform", 0.5)), triples.seen)
    best: tuple[float, str, float, EmbeddingModel] | None = None
    for scorer, rate in trials:
        model = text_model(rows, len(triples.relations), scorer=scorer, dim=preset.dim)
        fitted = Preset(
            dim=preset.dim,
            epochs=preset.epochs,
            candidates="drawn",
            negatives=preset.negatives,
            batch=preset.batch,
            optimiser="adam",
            rate=rate,
            every=preset.every,
            patience=3,
            valid_limit=preset.valid_limit,
        )
        trained = train(triples, model=model, negatives=negatives, preset=fitted)
        mrr = trained.mrr or 0.0
        if best is None or mrr > best[0]:
            best = mrr, scorer, rate, trained.model
    assert best is not None
    mrr, scorer, rate, model = best
    return Found(scorer, rate, mrr, model, evaluate(model, triples, "test"))


def told(found: Found, triples: Triples) -> dict[str, object]:
    """Return the figures of the test, also by which end is new."""
    seen = triples.seen
    head_new, tail_new = ~seen[triples.test[:, 0]], ~seen[triples.test[:, 2]]
    parts: Mapping[str, Tensor] = {
        "head_new": head_new & ~tail_new,
        "tail_new": tail_new & ~head_new,
        "both_new": head_new & tail_new,
    }
    split = {
        f"mrr_{name}": measure(found.test.ranks.of(mask)).mrr
        for name, mask in parts.items()
        if bool(mask.any())
    }
    return {
        "scorer": found.scorer,
        "rate": found.rate,
        "valid_mrr": found.valid_mrr,
        **found.test.as_dict(),
        **split,
    }


def classified(found: Found, triples: Triples) -> float | None:
    """Return how many unseen entities get their (first) type right by their vector, in percent;
    learnt of the seen ones. None without types."""
    numbers: dict[str, int] = {}
    keys = [triples.types.get(entity, ("",))[0] for entity in triples.entities]
    for key, seen in zip(keys, triples.seen.tolist(), strict=True):
        if key and seen:
            numbers.setdefault(key, len(numbers))
    if len(numbers) < 2:
        return None
    classes = torch.tensor([numbers.get(key, -1) for key in keys])
    vectors, seen = found.model.vectors(), triples.seen
    learnt, asked = seen & (classes >= 0), ~seen & (classes >= 0)
    if not bool(asked.any()):
        return None
    classifier = EntityClassifier.learn(vectors[learnt], classes[learnt])
    return classifier.accuracy(vectors[asked], classes[asked])
