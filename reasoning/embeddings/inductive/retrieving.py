"""Entity-oriented search: entities for a question in words, by vectors trained on the graph.

The question goes through the same encoder and map as the entity texts did. Its cosines are mixed
with the scores of a first search, where there is one (Daza et al. 2021, after Gerritse et al.).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from kgkit.errors import InputError

__all__ = ["EntitySearch"]


@dataclass(frozen=True, slots=True)
class EntitySearch:
    """Entity vectors [E, w] to search in, and how much a cosine counts beside a first search."""

    vectors: Tensor
    weight: float = 0.5

    def cosines(self, question: Tensor) -> Tensor:
        """Return the cosine of each entity [E] with a question's vector [w]."""
        rows = torch.nn.functional.normalize(self.vectors, dim=1)
        return torch.round(rows @ torch.nn.functional.normalize(question, dim=0), decimals=5)

    def find(
        self, question: Tensor, k: int = 10, *, first: Mapping[int, float] | None = None
    ) -> list[tuple[int, float]]:
        """Return the best `k` entities with their scores for a question's vector [w].

        `first` holds the entities of a first search with its scores: only they are ranked, by
        `weight` * cosine + (1 - weight) * score, both brought to 0..1 among them. Raises
        `InputError` for k below 1.
        """
        if k < 1:
            raise InputError(f"k={k}; ask for one entity or more")
        scores = self.cosines(question)
        numbers = list(range(len(scores))) if first is None else sorted(first)
        if not numbers:
            return []
        values = scores[numbers]
        if first is not None:
            found = torch.tensor([first[number] for number in numbers])
            values = self.weight * _even(values) + (1 - self.weight) * _even(found)
        best = torch.sort(values, descending=True, stable=True).indices[:k].tolist()
        return [(numbers[place], round(float(values[place]), 5)) for place in best]


def _even(values: Tensor) -> Tensor:
    low, high = values.min(), values.max()
    return (values - low) / (high - low).clamp(min=1e-9)
