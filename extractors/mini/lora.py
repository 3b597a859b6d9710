"""Low-rank adapters (LoRA, Hu et al. 2022) on every linear layer of the encoder."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kgkit.models.bert import Bert

__all__ = ["RANK", "LoraLinear", "adapt", "merge"]

#: Rank of each update: 1.8 M numbers over the six layers, 3.5 MB in half precision.
RANK = 48
_LINEAR = ("qkv", "out", "up", "down")


class LoraLinear(nn.Module):
    """A frozen linear layer plus a trained update of low rank: y = W x + b + B A x."""

    def __init__(self, base: nn.Linear, *, rank: int = RANK) -> None:
        super().__init__()
        self.base = base
        self.down = nn.Parameter(torch.empty(rank, base.in_features))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))
        # Drawing numbers on the meta device imports a compiler: a second, and 100 MB.
        if not self.down.is_meta:
            nn.init.normal_(self.down, std=base.in_features**-0.5)

    def forward(self, states: Tensor) -> Tensor:
        """Return [rows, outputs] from [rows, inputs]."""
        base: Tensor = self.base(states)
        return base + F.linear(F.linear(states, self.down), self.up)

    def merged(self) -> nn.Linear:
        """Return one plain layer that does the same."""
        weight = self.base.weight.float() + self.up.float() @ self.down.float()
        plain = nn.Linear(self.base.in_features, self.base.out_features, device="meta")
        plain.weight = nn.Parameter(weight, requires_grad=False)
        plain.bias = self.base.bias
        return plain


def adapt(bert: Bert, *, rank: int = RANK) -> None:
    """Put an adapter on each linear layer, in place; the norms become trainable too."""
    for layer in bert.layers:
        for name in _LINEAR:
            setattr(layer, name, LoraLinear(getattr(layer, name), rank=rank))
    for name, parameter in bert.named_parameters():
        if "norm" in name:
            parameter.requires_grad_(True)


def merge(bert: Bert) -> None:
    """Fold the adapters into the layers, in place: no cost is left at inference."""
    with torch.no_grad():
        for layer in bert.layers:
            for name in _LINEAR:
                setattr(layer, name, getattr(layer, name).merged())
