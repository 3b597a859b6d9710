"""A training run on disk: written whole or not at all, and gone on with where it was cut off."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

__all__ = ["keep_run", "resume_run"]

_log = logging.getLogger(__name__)


def keep_run(
    path: Path,
    number: int,
    trained: Mapping[str, nn.Parameter],
    mean: Mapping[str, Tensor],
    optimiser: torch.optim.Optimizer,
) -> None:
    """Write a run at step `number` to `path`: what is trained, its running mean, the optimiser."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {
        "step": number,
        "trained": {name: parameter.detach() for name, parameter in trained.items()},
        "mean": dict(mean),
        "optimiser": optimiser.state_dict(),
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def resume_run(
    path: Path,
    trained: Mapping[str, nn.Parameter],
    mean: Mapping[str, Tensor],
    optimiser: torch.optim.Optimizer,
) -> int:
    """Put the run of `path` in place and return its step, 0 where there is none."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    with torch.no_grad():
        for name, parameter in trained.items():
            parameter.copy_(state["trained"][name])
            mean[name].copy_(state["mean"][name])
    optimiser.load_state_dict(state["optimiser"])
    _log.info("going on from step %d", state["step"])
    return int(state["step"])
