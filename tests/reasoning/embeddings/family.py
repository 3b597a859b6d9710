"""A small family whose model is a table of scores: who lives where, who knows whom."""

from __future__ import annotations

import torch
from torch import Tensor

from kgkit.facts import Entity
from reasoning.embeddings.calibrating import Calibrator
from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.predicting import Card, Names, TrainedModel

PEOPLE = ("Ada", "Ben", "Cleo", "Dan")
TOWNS = ("Oslo", "Rome")
ENTITIES = tuple(
    [Entity.named(name, "Person") for name in PEOPLE] + [Entity.named(t, "Town") for t in TOWNS]
)
RELATIONS = ("KNOWS", "LIVES_IN")
#: Ada, Ben and Cleo live in Oslo, Oslo, Rome; Ada knows Ben.
KNOWN = torch.tensor([[0, 1, 4], [1, 1, 4], [2, 1, 5], [0, 0, 1]])


class Table:
    """Scores read off a table [2R, E, E]; the vector of an entity is its scores."""

    def __init__(self, scores: Tensor) -> None:
        self.scores = scores

    def tails(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return scores [b, E]."""
        return self.scores[relations, heads]

    def vectors(self) -> Tensor:
        """Return vectors [E, d]."""
        return self.scores.transpose(0, 1).flatten(1)


def table(true: Tensor, *, weight: float = 4.0) -> Table:
    """Return a table that gives these triples [n, 3] a high score, both ways round."""
    count = len(RELATIONS)
    scores = torch.rand(2 * count, 6, 6, generator=torch.Generator().manual_seed(1))
    heads, names, tails = true.unbind(1)
    scores[names, heads, tails] += weight
    scores[names + count, tails, heads] += weight
    return Table(scores)


def family(*more: tuple[int, int, int], calibrator: Calibrator | None = None) -> TrainedModel:
    """Return a model that believes what is known, and `more`."""
    believed = torch.cat([KNOWN, torch.tensor(more, dtype=torch.int64).reshape(-1, 3)])
    return TrainedModel(
        table(believed),
        Names(ENTITIES, RELATIONS),
        KnownFacts.of(KNOWN, len(ENTITIES), len(RELATIONS)),
        calibrator or Calibrator(offsets=(0.0,) * 4),
        Card("table-1", "table", "none", 0, "f0", facts=len(KNOWN)),
    )
