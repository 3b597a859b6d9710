"""Scores of the relation head on held-out documents with given mentions, and what is fitted there:
how high the threshold is and how probable a margin makes a relation."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from extractors.mini.relations.layout import lay
from extractors.mini.relations.network import RelationNetwork
from extractors.mini.train.relations_data import Labelled

__all__ = ["best_shift", "f1_of", "fitted", "margins"]


def margins(
    network: RelationNetwork, documents: Sequence[Labelled], device: str = "cpu"
) -> tuple[Tensor, Tensor]:
    """Return how far each relation is above the threshold and whether it holds, both
    [pairs, relations] for the pairs of all documents."""
    network.eval()
    found, gold = [], []
    with torch.inference_mode(), torch.autocast(device, torch.bfloat16):
        for document in documents:
            (pairs,) = network(lay([document.case]), [document.case])
            scores = pairs.scores.float()
            found.append(scores[:, 1:] - scores[:, :1])
            gold.append(document.targets(scores.shape[1] - 1))
    network.train()
    return torch.cat(found), torch.cat(gold)


def f1_of(found: Tensor, gold: Tensor) -> float:
    """Return the F1, in [0, 1], of saying what has a margin above 0."""
    said = found > 0
    right = float((said & (gold > 0)).sum())
    return 2 * right / max(1.0, float(said.sum() + gold.sum()))


def best_shift(found: Tensor, gold: Tensor) -> tuple[float, float]:
    """Return what to add to all margins so that F1 is best, on a grid, and that F1 in [0, 1]."""
    shifts = [step * 0.125 for step in range(-8, 41)]
    scores = [f1_of(found + shift, gold) for shift in shifts]
    best = max(range(len(shifts)), key=lambda i: (scores[i], -abs(shifts[i])))
    return shifts[best], scores[best]


def fitted(found: Tensor, gold: Tensor) -> tuple[float, float]:
    """Return slope and offset of the logistic function that makes probabilities of the margins
    above 0 (Platt 1999), fitted by Newton's method; (1, 0) where there is nothing to fit."""
    said = found > 0
    margins, truth = found[said].double(), gold[said].double()
    if not 0 < float(truth.sum()) < len(truth):
        return 1.0, 0.0
    features = torch.stack([margins, torch.ones_like(margins)], dim=1)
    # From nothing: Newton steps from elsewhere may leave for infinity.
    weights = torch.zeros(2, dtype=torch.float64)
    for _ in range(20):
        odds = torch.sigmoid(features @ weights)
        slope = features.T @ (odds - truth) + 1e-3 * weights
        bend = (features * (odds * (1 - odds))[:, None]).T @ features + 1e-3 * torch.eye(2)
        weights = weights - torch.linalg.solve(bend, slope)
    return round(float(weights[0]), 4), round(float(weights[1]), 4)
