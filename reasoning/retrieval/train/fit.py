"""Fitting the weights: every passage that a question needs should stand above all others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from reasoning.retrieval.train.examples import Example
from reasoning.retrieval.walk import Weights

__all__ = ["fit"]

_BATCH = 16
_RATE = 0.05


class _Walk(nn.Module):
    """One step of the walk, differentiable, on features of mean 0 and variance 1."""

    def __init__(self, mean: Tensor, spread: Tensor, sharpness: float) -> None:
        super().__init__()
        self.mean, self.spread, self.sharpness = mean, spread, sharpness
        self.step = nn.Parameter(torch.zeros(len(mean)))
        self.carry = nn.Parameter(torch.tensor(0.5))
        self.bias = nn.Parameter(torch.tensor(-1.0))

    def forward(self, example: Example) -> Tensor:
        strength = ((example.steps - self.mean) / self.spread) @ self.step + self.bias
        strength = strength + self.carry * example.seeds[example.source]
        seeds, ways = self.sharpness * example.seeds, self.sharpness * strength
        top = seeds.scatter_reduce(0, example.target, ways.detach(), "amax")
        total = torch.exp(seeds - top).scatter_add(
            0, example.target, torch.exp(ways - top[example.target])
        )
        return (torch.log(total) + top) / self.sharpness

    def weights(self) -> Weights:
        scaled = self.step / self.spread
        bias = self.bias - (scaled * self.mean).sum()
        return Weights(
            tuple(round(float(w), 3) for w in scaled.detach()),
            carry=round(self.carry.item(), 3),
            bias=round(bias.item(), 3),
            sharpness=self.sharpness,
        )


def fit(
    examples: Sequence[Example], *, epochs: int = 6, sharpness: float = 1.5, seed: int = 0
) -> Weights:
    """Return the weights under which needed passages stand highest above the others.

    The loss of a question is the mean over its passages g of softplus(logsumexp(others) - g),
    a listwise logistic loss; AdamW with a falling rate, deterministic for one `seed`.
    """
    torch.manual_seed(seed)
    steps = torch.cat([example.steps for example in examples])
    walk = _Walk(steps.mean(0), steps.std(0) + 1e-6, sharpness)
    optimiser = torch.optim.AdamW(walk.parameters(), lr=_RATE, weight_decay=1e-3)
    shuffled = np.random.default_rng(seed)
    batches = max(1, len(examples) // _BATCH)
    for epoch in range(epochs):
        for batch in np.array_split(shuffled.permutation(len(examples)), batches):
            optimiser.zero_grad()
            losses = [_loss(walk(examples[i]), examples[i].gold) for i in batch]
            torch.autograd.backward(torch.stack(losses).mean())
            optimiser.step()
        for group in optimiser.param_groups:
            group["lr"] = _RATE * (1 - (epoch + 1) / epochs) + 1e-4
    return walk.weights()


def _loss(scores: Tensor, gold: Tensor) -> Tensor:
    return F.softplus(torch.logsumexp(scores[~gold], 0) - scores[gold]).mean()
