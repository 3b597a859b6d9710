"""Entity classification: which class an entity has, by its vector alone (Daza et al. 2021).

A multinomial logistic regression on frozen vectors, so that what is measured is the vectors.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from kgkit.errors import InputError

__all__ = ["EntityClassifier"]

_STEPS = 60


@dataclass(frozen=True, slots=True)
class EntityClassifier:
    """Weights [d, c] and biases [c] over vectors less their `mean` [d], in units of `scale`, which
    is one for all directions: those in which entities differ most count most."""

    mean: Tensor
    scale: float
    weights: Tensor
    biases: Tensor

    @classmethod
    def learn(cls, vectors: Tensor, classes: Tensor, *, decay: float = 1e-3) -> EntityClassifier:
        """Learn from vectors [n, d] and class numbers [n]; the same bytes each time.

        Raises `InputError` unless there are two classes or more.
        """
        if not len(classes) or int(classes.max()) < 1:
            raise InputError("a classifier needs two classes or more; give entities of several")
        mean = vectors.mean(0)
        scale = max(1e-6, float((vectors - mean).square().mean().sqrt()))
        rows = (vectors - mean) / scale
        weights = torch.zeros(rows.shape[1], int(classes.max()) + 1, requires_grad=True)
        biases = torch.zeros(weights.shape[1], requires_grad=True)
        search = torch.optim.LBFGS(
            [weights, biases], max_iter=_STEPS, line_search_fn="strong_wolfe"
        )

        def loss() -> Tensor:
            search.zero_grad()
            value = torch.nn.functional.cross_entropy(rows @ weights + biases, classes)
            value = value + decay * weights.square().sum()
            value.backward()  # type: ignore[no-untyped-call]
            return value

        search.step(loss)  # type: ignore[no-untyped-call]
        return cls(mean, scale, weights.detach(), biases.detach())

    def probabilities(self, vectors: Tensor) -> Tensor:
        """Return the probability of each class, [n, c], for vectors [n, d]."""
        rows = (vectors - self.mean) / self.scale
        return torch.softmax(rows @ self.weights + self.biases, dim=1)

    def classify(self, vectors: Tensor) -> Tensor:
        """Return the likeliest class number [n] of vectors [n, d]."""
        return torch.round(self.probabilities(vectors), decimals=5).argmax(1)

    def accuracy(self, vectors: Tensor, classes: Tensor) -> float:
        """Return how many of the vectors [n, d] get their class [n], in percent."""
        return round(100 * float((self.classify(vectors) == classes).double().mean()), 1)
