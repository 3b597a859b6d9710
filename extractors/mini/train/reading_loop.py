"""The optimisation loop of the reader: seeded, resumable, with a running mean."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel

from extractors.mini.reading.network import ReadingNetwork, Scores
from extractors.mini.train.reading_cases import Composer, Example
from extractors.mini.train.reading_pages import Asked
from extractors.mini.train.runs import keep_run, resume_run

__all__ = ["ReadingPlan", "hold", "reading_loss", "train_reading"]

_log = logging.getLogger(__name__)
#: Steps after which the run is kept, to go on from.
_KEPT = 100


@dataclass(frozen=True, slots=True)
class ReadingPlan:
    """`steps` of about `pieces` each; `shares` is how often each source is drawn; texts have from
    `rooms[0]` pieces to a number that grows from `rooms[1]` to `rooms[2]`; the rates rise over
    `warm_up` steps and fall to 0 at the end; an evaluation every `every` steps; `work` is where
    the run is kept."""

    steps: int
    every: int
    work: Path
    shares: Mapping[str, float]
    seed: int = 0
    pieces: int = 1400
    rooms: tuple[int, int, int] = (30, 100, 300)
    warm_up: int = 50
    rate: float = 8e-4
    mean_decay: float = 0.995


def train_reading(
    network: ReadingNetwork,
    plan: ReadingPlan,
    asked: Mapping[str, Sequence[Asked]],
    composer: Composer,
    report: Callable[[int, dict[str, Tensor]], None],
) -> dict[str, Tensor]:
    """Train and return the running mean of the trained tensors by name, [outputs, inputs] or
    [outputs] each; `report` gets it now and then.

    A run that was broken off goes on from where it was kept; its steps may be set anew.
    """
    trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
    optimiser = torch.optim.AdamW(trained.values(), lr=0.0, betas=(0.9, 0.98), weight_decay=0.01)
    mean = {name: p.detach().clone() for name, p in trained.items()}
    first = resume_run(plan.work / "state.pt", trained, mean, optimiser)
    network.train()
    began, shown = time.monotonic(), 0.0
    for number in range(first, plan.steps):
        torch.manual_seed(plan.seed * 1_000_003 + number)
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * _rate(plan, number)
        examples = _drawn(plan, asked, composer, number)
        # The fused attention is slow backwards in bfloat16.
        with sdpa_kernel(SDPBackend.MATH):
            with torch.autocast("cpu", torch.bfloat16):
                found = network([example.case for example in examples])
            losses = [reading_loss(s, e) for s, e in zip(found, examples, strict=True)]
            loss = torch.stack(losses).mean()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
        optimiser.step()
        decay = min(plan.mean_decay, (1 + number) / (10 + number))
        for name, parameter in trained.items():
            mean[name].lerp_(parameter.detach(), 1 - decay)
        shown += (float(loss.detach()) - shown) / min(50, number - first + 1)
        if (number + 1) % 20 == 0:
            pace = (time.monotonic() - began) / (number + 1 - first)
            _log.info("step %d/%d %.2f s/step loss %.3f", number + 1, plan.steps, pace, shown)
        last = number + 1 == plan.steps
        if (number + 1) % _KEPT == 0 or last:
            keep_run(plan.work / "state.pt", number + 1, trained, mean, optimiser)
        if (number + 1) % plan.every == 0 or last:
            report(number + 1, mean)
            network.train()
    return mean


def reading_loss(scores: Scores, example: Example) -> Tensor:
    """Return the negative log-likelihood (a scalar) that an answer wins, or that none does.

    Among several answers the likelihoods are added, weighed (Clark and Gardner 2018).
    """
    every = torch.cat([scores.spans.flatten(), scores.null[None]]).logsumexp(0)
    if not example.golds:
        return every - scores.null
    firsts, lasts, weights = zip(*example.golds, strict=True)
    lengths = [last - first for first, last in zip(firsts, lasts, strict=True)]
    right = scores.spans[list(firsts), lengths] + torch.tensor(weights).log()
    return every - right.logsumexp(0)


def hold(network: ReadingNetwork, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Put tensors, [outputs, inputs] or [outputs] each, into the network; return those that they
    replace."""
    former = {}
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in tensors:
                former[name] = parameter.detach().clone()
                parameter.copy_(tensors[name])
    return former


def _rate(plan: ReadingPlan, number: int) -> float:
    rising = (number + 1) / plan.warm_up
    return min(rising, (plan.steps - number) / max(1, plan.steps - plan.warm_up), 1.0)


def _drawn(
    plan: ReadingPlan, asked: Mapping[str, Sequence[Asked]], composer: Composer, number: int
) -> list[Example]:
    """The examples of a step, sorted by length."""
    chance = random.Random(f"{plan.seed} step {number}")
    low, small, large = plan.rooms
    high = small + (large - small) * number / plan.steps
    sources = list(plan.shares)
    found: list[Example] = []
    total = 0
    while total < plan.pieces:
        (source,) = chance.choices(sources, [plan.shares[s] for s in sources])
        # Short texts cost least and teach most for it; long ones must not be strange either.
        room = int(low * (high / low) ** chance.random())
        made = composer.compose(chance.choice(asked[source]), room, chance)
        if made is not None:
            found.append(made)
            total += len(made.case.pieces)
    return sorted(found, key=lambda example: len(example.case.pieces))
