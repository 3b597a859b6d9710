"""Linear layers multiplied in bfloat16, where the processor does so faster than in single
precision; what is added up from layer to layer, and the norms, stay in single precision."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

__all__ = ["HalfLinear", "halve", "is_faster"]


class HalfLinear(nn.Module):
    """A linear layer with its weights in bfloat16."""

    def __init__(self, plain: nn.Linear) -> None:
        super().__init__()
        self.weight = nn.Parameter(plain.weight.detach().bfloat16(), requires_grad=False)
        self.bias = nn.Parameter(plain.bias.detach().bfloat16(), requires_grad=False)

    def forward(self, states: Tensor) -> Tensor:
        """Return [rows, outputs] in bfloat16 from [rows, inputs]."""
        return F.linear(states.bfloat16(), self.weight, self.bias)


def halve(module: nn.Module) -> None:
    """Replace the linear layers inside a module, in place."""
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            setattr(module, name, HalfLinear(child))
        else:
            halve(child)


def is_faster() -> bool:
    """Return whether this processor multiplies bfloat16 natively, as far as torch can tell."""
    told: dict[str, bool] = getattr(torch.cpu, "get_capabilities", dict)()
    return any(told.get(name, False) for name in ("avx512_bf16", "amx_bf16", "bf16"))
