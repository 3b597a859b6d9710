"""Zero-shot relations: a tenth of the relations left out of training, told by their words."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor

from reasoning.embeddings.evaluation import measure, rank
from reasoning.embeddings.inductive import text_features, unseen_relations
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.training import train
from reasoning.embeddings.triples import Triples

__all__ = ["zero_shot"]


def zero_shot(triples: Triples, preset: Preset, *, share: float = 0.1) -> dict[str, object]:
    """Return the MRR on training facts of relations that a model has not seen: with vectors from
    their words, and with the mean of the seen relations as the floor."""
    count = len(triples.relations)
    order = torch.randperm(count, generator=torch.Generator().manual_seed(0))
    hidden = order[: max(1, round(share * count))]
    is_hidden = torch.zeros(count, dtype=torch.bool)
    is_hidden[hidden] = True
    facts = triples.train[is_hidden[triples.train[:, 1]]]
    kept = replace(
        triples,
        train=triples.train[~is_hidden[triples.train[:, 1]]],
        valid=triples.valid[~is_hidden[triples.valid[:, 1]]],
    )
    model = train(kept, model="complex", preset=preset).model
    words = [triples.relation_texts.get(key, key) for key in triples.relations]
    features = text_features(words)[:, -1]
    known = triples.known(triples.train, triples.valid, triples.test)
    found: dict[str, object] = {"relations": len(hidden), "facts": len(facts)}
    for name, ridge in (("floor", 1e9), ("words", 0.5)):
        _write(model.relations.weight, features, is_hidden, ridge)
        found[f"mrr_{name}"] = measure(rank(model, facts, known)).mrr
    return found


@torch.no_grad()
def _write(weight: Tensor, features: Tensor, hidden: Tensor, ridge: float) -> None:
    """Give the hidden relations vectors, in both directions."""
    count = len(hidden)
    for begin in (0, count):
        rows = weight[begin : begin + count]
        rows[hidden] = unseen_relations(
            features[~hidden], rows[~hidden], features[hidden], ridge=ridge
        )
