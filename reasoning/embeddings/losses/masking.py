"""Scores of candidates that count for nothing."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

__all__ = ["averaged", "hidden", "masked_logsumexp"]


def hidden(scores: Tensor, usable: Tensor) -> Tensor:
    """Return scores [b, k], those of unusable candidates so low that no softmax sees them."""
    return scores.masked_fill(~usable, torch.finfo(scores.dtype).min / 4)


def averaged(values: Tensor, usable: Tensor) -> Tensor:
    """Return the means [b] of values [b, k] over usable candidates; 0 where there is none."""
    kept = torch.where(usable, values, 0.0)
    return kept.sum(1) / usable.sum(1).clamp_min(1)


def masked_logsumexp(scores: Tensor, shifts: Tensor, usable: Tensor) -> Tensor:
    """Return the logarithms [b] of the sums of exp(scores + shifts) over usable candidates.

    `scores` and `usable` are [b, k], `shifts` is [k] or [b, k] and gets no gradient. Where nothing
    is usable the result is so low that it counts for nothing. One pass for the exponentials, which
    are kept for the derivative: half the time of the same in separate steps.
    """
    found: Tensor = _MaskedLogSumExp.apply(scores, shifts, usable)  # type: ignore[no-untyped-call]
    return found


class _MaskedLogSumExp(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, scores: Tensor, shifts: Tensor, usable: Tensor) -> Tensor:
        parts = (scores + shifts).masked_fill_(~usable, torch.finfo(scores.dtype).min / 4)
        most = parts.amax(1, keepdim=True)
        parts.sub_(most).exp_()
        sums = parts.sum(1, keepdim=True)
        ctx.save_for_backward(parts, sums)
        return (sums.log() + most).squeeze(1)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        parts, sums = ctx.saved_tensors
        return parts * (gradients[0].unsqueeze(1) / sums), None, None
