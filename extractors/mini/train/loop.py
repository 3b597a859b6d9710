"""The optimisation loop: seeded, resumable, with a running mean of the weights."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from extractors.mini.network import Network
from extractors.mini.train.batches import Window, assemble, steps
from extractors.mini.train.losses import WEIGHTS, losses
from extractors.mini.train.runs import keep_run, resume_run

__all__ = ["Plan", "train"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast: `steps` of about `pieces` pieces, warm-up then linear decay of the
    learning rates from their peaks, an evaluation every `every` steps."""

    steps: int
    every: int
    work: Path
    seed: int = 0
    pieces: int = 2560
    warm_up: int = 200
    encoder_rate: float = 1e-3
    head_rate: float = 2e-3
    mean_decay: float = 0.998


def train(
    network: Network,
    plan: Plan,
    epoch: Callable[[random.Random], Sequence[Window]],
    report: Callable[[int, dict[str, Tensor]], None],
) -> dict[str, Tensor]:
    """Train and return the running mean of the trained tensors by name, [outputs, inputs] or
    [outputs] each; `report` gets it now and then.

    `epoch` draws the windows of one epoch. A run that was broken off goes on from the last
    evaluation, with the same batches as an undisturbed one.
    """
    trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
    optimiser = torch.optim.AdamW(_groups(trained, plan), betas=(0.9, 0.98), eps=1e-8)
    mean = {name: p.detach().clone() for name, p in trained.items()}
    first = resume_run(plan.work / "state.pt", trained, mean, optimiser)
    network.train()
    began, sums = time.monotonic(), dict.fromkeys(WEIGHTS, 0.0)
    for number, step in enumerate(_batches(plan, epoch)):
        if number < first:
            continue
        if number == plan.steps:
            break
        chance = random.Random(f"{plan.seed} {number}")
        torch.manual_seed(plan.seed * 1_000_003 + number)
        _set_rates(optimiser, plan, number)
        with torch.autocast("cpu", torch.bfloat16):
            found = losses(network, assemble(step, chance))
        total = torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum()
        optimiser.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
        optimiser.step()
        decay = min(plan.mean_decay, (1 + number) / (10 + number))
        for name, parameter in trained.items():
            mean[name].lerp_(parameter.detach(), 1 - decay)
        for name, loss in found.items():
            sums[name] = 0.98 * sums[name] + 0.02 * float(loss.detach())
        if (number + 1) % 50 == 0:
            shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
            pace = (time.monotonic() - began) / (number + 1 - first)
            _log.info("step %d/%d %.2f s/step %s", number + 1, plan.steps, pace, shown)
        if (number + 1) % plan.every == 0 or number + 1 == plan.steps:
            keep_run(plan.work / "state.pt", number + 1, trained, mean, optimiser)
            report(number + 1, mean)
    return mean


def _batches(
    plan: Plan, epoch: Callable[[random.Random], Sequence[Window]]
) -> Iterator[list[Window]]:
    number = 0
    while True:
        chance = random.Random(f"{plan.seed} epoch {number}")
        found = list(epoch(chance))
        chance.shuffle(found)
        yield from steps(found, plan.pieces)
        number += 1


def _groups(trained: dict[str, torch.nn.Parameter], plan: Plan) -> list[dict[str, Any]]:
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in trained.items():
        rate = plan.encoder_rate if name.startswith("bert.") else plan.head_rate
        decay = 0.01 if parameter.dim() > 1 else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "peak": rate, "weight_decay": decay}
        for (rate, decay), parameters in groups.items()
    ]


def _set_rates(optimiser: torch.optim.Optimizer, plan: Plan, number: int) -> None:
    rising = (number + 1) / plan.warm_up
    falling = (plan.steps - number) / max(1, plan.steps - plan.warm_up)
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * min(rising, falling, 1.0)
