"""What the relation head learns from."""

from __future__ import annotations

import torch
from torch import Tensor

from extractors.mini.relations.network import Pairs
from extractors.mini.train.relations_data import Labelled

__all__ = ["relation_losses", "thresholds"]

_EVIDENCE = 0.2


def relation_losses(pairs: Pairs, document: Labelled) -> Tensor:
    """Return the loss of one document (a scalar): adaptive thresholds (Zhou et al. 2021) over its
    pairs, and how far their context is from the marked evidence (DREEAM, Ma et al. 2023)."""
    scores = pairs.scores.float()
    targets = document.targets(scores.shape[1] - 1)
    return thresholds(scores, targets) + _EVIDENCE * _evidence(pairs, document)


def thresholds(scores: Tensor, targets: Tensor) -> Tensor:
    """Return the mean over pairs of: each true relation beats the threshold, the threshold beats
    all others. `scores` is [pairs, 1 + relations], `targets` [pairs, relations] of 0 and 1."""
    first = scores.new_zeros(len(targets), 1)
    true = torch.cat([first, targets], dim=1)
    above = torch.cat([first + 1.0, targets], dim=1)
    positive = (scores - (1.0 - above) * 1e30).log_softmax(-1)
    negative = (scores - true * 1e30).log_softmax(-1)[:, 0]
    return (-(positive * true).sum(1) - negative).mean()


def _evidence(pairs: Pairs, document: Labelled) -> Tensor:
    chosen, shares = document.evidence()
    if not len(chosen):
        return pairs.scores.new_zeros(())
    bounds = document.case.bounds
    owner = torch.repeat_interleave(torch.arange(len(bounds) - 1), torch.tensor(bounds).diff())
    focus = pairs.focus[chosen].float()
    found = focus.new_zeros(len(chosen), len(bounds) - 1).index_add(1, owner, focus)
    return -(shares * (found + 1e-6).log()).sum(1).mean()
