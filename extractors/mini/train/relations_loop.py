"""The optimisation loop of the relation head: seeded, resumable, with a running mean."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from extractors.mini.relations.layout import lay
from extractors.mini.relations.network import RelationNetwork
from extractors.mini.train.relations_data import Labelled
from extractors.mini.train.relations_losses import relation_losses
from extractors.mini.train.runs import keep_run, resume_run

__all__ = ["RelationPlan", "hold", "train_relations"]

_log = logging.getLogger(__name__)
#: The share of pieces that are hidden in each step.
_HIDDEN = 0.12


@dataclass(frozen=True, slots=True)
class RelationPlan:
    """`steps` of `documents` each; the rates rise over `warm_up` steps and fall to 0 at the end;
    an evaluation every `every` steps; `work` is where the run is kept."""

    steps: int
    every: int
    work: Path
    seed: int = 0
    documents: int = 4
    warm_up: int = 100
    encoder_rate: float = 5e-4
    head_rate: float = 5e-4
    mean_decay: float = 0.99
    device: str = "cpu"


def train_relations(
    network: RelationNetwork,
    plan: RelationPlan,
    documents: Sequence[tuple[Labelled, Labelled]],
    report: Callable[[int, dict[str, Tensor]], None],
) -> dict[str, Tensor]:
    """Train and return the running mean of the trained tensors by name, [outputs, inputs] or
    [outputs] each; `report` gets it now and then.

    A run that was broken off goes on from its last evaluation with the same steps.
    """
    trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
    groups = [
        {"params": [p for name, p in trained.items() if _encodes(name)], "peak": plan.encoder_rate},
        {
            "params": [p for name, p in trained.items() if not _encodes(name)],
            "peak": plan.head_rate,
        },
    ]
    optimiser = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01)
    mean = {name: p.detach().clone() for name, p in trained.items()}
    first = resume_run(plan.work / "state.pt", trained, mean, optimiser)
    if first >= plan.steps:
        report(first, mean)
    network.train()
    began, shown = time.monotonic(), 0.0
    for number in range(first, plan.steps):
        torch.manual_seed(plan.seed * 1_000_003 + number)
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * _rate(plan, number)
        loss = _step(network, _chosen(plan, documents, number), plan, number)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
        optimiser.step()
        decay = min(plan.mean_decay, (1 + number) / (10 + number))
        for name, parameter in trained.items():
            mean[name].lerp_(parameter.detach(), 1 - decay)
        shown = 0.98 * shown + 0.02 * float(loss.detach())
        if (number + 1) % 20 == 0:
            pace = (time.monotonic() - began) / (number + 1 - first)
            _log.info("step %d/%d %.2f s/step loss %.3f", number + 1, plan.steps, pace, shown)
        if (number + 1) % plan.every == 0 or number + 1 == plan.steps:
            keep_run(plan.work / "state.pt", number + 1, trained, mean, optimiser)
            report(number + 1, mean)
            network.train()
    return mean


def hold(network: RelationNetwork, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Put tensors, [outputs, inputs] or [outputs] each, into the network; return those that they
    replace."""
    former = {}
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in tensors:
                former[name] = parameter.detach().clone()
                parameter.copy_(tensors[name])
    return former


def _encodes(name: str) -> bool:
    return name.startswith("bert.")


def _rate(plan: RelationPlan, number: int) -> float:
    rising = (number + 1) / plan.warm_up
    return min(rising, (plan.steps - number) / max(1, plan.steps - plan.warm_up), 1.0)


def _chosen(
    plan: RelationPlan, documents: Sequence[tuple[Labelled, Labelled]], number: int
) -> list[Labelled]:
    """The documents of a step: those of an epoch in a drawn order, sorted by length."""
    per_epoch = len(documents) // plan.documents
    epoch, place = divmod(number, per_epoch)
    order = list(range(len(documents)))
    chance = random.Random(f"{plan.seed} epoch {epoch}")
    chance.shuffle(order)
    numbers = order[place * plan.documents : (place + 1) * plan.documents]
    found = [documents[i][(i + epoch) % 2] for i in numbers]
    return sorted(found, key=lambda document: len(document.case.pieces))


def _step(
    network: RelationNetwork, chosen: Sequence[Labelled], plan: RelationPlan, number: int
) -> Tensor:
    chance = random.Random(f"{plan.seed} step {number}")
    cases = [document.case for document in chosen]
    hidden = [
        frozenset(i for i in range(len(case.pieces)) if chance.random() < _HIDDEN) for case in cases
    ]
    with torch.autocast(plan.device, torch.bfloat16):
        found = network(lay(cases, hidden), cases)
        losses = [relation_losses(p, d) for p, d in zip(found, chosen, strict=True)]
    return torch.stack(losses).mean()
