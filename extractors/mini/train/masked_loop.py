"""The optimisation loop of the masked language model: seeded, resumable, with a running mean."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from extractors.mini.masked.network import MaskedNetwork
from extractors.mini.train.masked_cases import MaskedCase, Passage, case_of
from extractors.mini.train.masked_start import masked_states
from extractors.mini.train.runs import keep_run, resume_run

__all__ = ["MaskedPlan", "cases_of_step", "exchange", "train_masked"]

_log = logging.getLogger(__name__)
#: Steps after which the run is kept, to go on from.
_KEPT = 50
#: Short texts are most of what a prompt looks like.
_ROOMS = (12, 20, 32, 64)
_NAME_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class MaskedPlan:
    """`steps` of about `pieces` each, stopped after `minutes`; the rates of encoder and head rise
    over `warm_up` steps, stay, and fall to 0 over the last `cooling` part; an evaluation every
    `every` steps; `work` is where the run is kept."""

    steps: int
    every: int
    work: Path
    minutes: float = 1e9
    seed: int = 0
    pieces: int = 700
    warm_up: int = 30
    cooling: float = 0.3
    rates: tuple[float, float] = (1.5e-3, 1e-3)
    mean_decay: float = 0.99


def train_masked(
    network: MaskedNetwork,
    plan: MaskedPlan,
    passages: Sequence[Passage],
    report: Callable[[int, dict[str, Tensor]], None],
) -> dict[str, Tensor]:
    """Train and return the running mean of the trained tensors by name, [outputs, inputs] or
    [outputs] each; `report` gets it now and then.

    A run that was broken off goes on from where it was kept; its steps may be set anew.
    """
    trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for n, p in trained.items() if n.startswith("bert.")]},
            {"params": [p for n, p in trained.items() if not n.startswith("bert.")]},
        ],
        lr=0.0,
        betas=(0.9, 0.98),
        weight_decay=0.0,
    )
    mean = {name: p.detach().clone() for name, p in trained.items()}
    first = resume_run(plan.work / "state.pt", trained, mean, optimiser)
    began, shown, spent = time.monotonic(), 0.0, 0.0
    for number in range(first, plan.steps):
        torch.manual_seed(plan.seed * 1_000_003 + number)
        for group, peak in zip(optimiser.param_groups, plan.rates, strict=True):
            group["lr"] = peak * _rate(plan, number)
        loss = _loss(network, cases_of_step(plan, passages, number))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
        optimiser.step()
        decay = min(plan.mean_decay, (1 + number) / (10 + number))
        for name, parameter in trained.items():
            mean[name].lerp_(parameter.detach(), 1 - decay)
        shown += (float(loss.detach()) - shown) / min(50, number - first + 1)
        spent = (time.monotonic() - began) / 60
        last = number + 1 == plan.steps or spent >= plan.minutes
        if (number + 1) % 20 == 0:
            _log.info("step %d/%d %.1f min loss %.3f", number + 1, plan.steps, spent, shown)
        if (number + 1) % _KEPT == 0 or last:
            keep_run(plan.work / "state.pt", number + 1, trained, mean, optimiser)
        if (number + 1) % plan.every == 0 or last:
            report(number + 1, mean)
        if last:
            break
    return mean


def cases_of_step(plan: MaskedPlan, passages: Sequence[Passage], number: int) -> list[MaskedCase]:
    """Return the masked sentences of a step, sorted by length; they depend on seed and number
    alone."""
    chance = random.Random(f"{plan.seed} step {number}")
    found: list[MaskedCase] = []
    total = 0
    while total < plan.pieces:
        case = case_of(chance.choice(passages), chance.choice(_ROOMS), chance)
        if case is not None:
            found.append(case)
            total += len(case.pieces)
    return sorted(found, key=lambda case: len(case.pieces))


def exchange(network: MaskedNetwork, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Put tensors, [outputs, inputs] or [outputs] each, into the network; return those that they
    replace."""
    former = {}
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in tensors:
                former[name] = parameter.detach().clone()
                parameter.copy_(tensors[name])
    return former


def _loss(network: MaskedNetwork, cases: Sequence[MaskedCase]) -> Tensor:
    # The fused attention is slow backwards on short rows.
    with sdpa_kernel(SDPBackend.MATH):
        states, targets = masked_states(network, cases)
    losses = F.cross_entropy(network.scores(states), targets, reduction="none")
    named = torch.tensor([named for case in cases for named in case.named])
    weights = torch.where(named, _NAME_WEIGHT, 1.0)
    return (losses * weights).sum() / weights.sum()


def _rate(plan: MaskedPlan, number: int) -> float:
    falling = (plan.steps - number) / max(1.0, plan.cooling * plan.steps)
    return min((number + 1) / plan.warm_up, falling, 1.0)
