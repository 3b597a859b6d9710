"""The optimisation loop of the planning head: seeded, resumable, with a running mean."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from extractors.mini.pieces import Row, lay_out, rows
from extractors.mini.planning.labels import OPERATORS, TYPES
from extractors.mini.planning.network import PlanningNetwork, Scores
from extractors.mini.train.planning_data import PlanningCase
from extractors.mini.train.runs import keep_run, resume_run

__all__ = ["PlanningPlan", "planning_loss", "train_planning"]

_log = logging.getLogger(__name__)
_UNKNOWN, _MASK = -100, 103
#: Steps after which the run is kept, and how often a word is hidden.
_KEPT, _HIDDEN = 200, 0.06


@dataclass(frozen=True, slots=True)
class PlanningPlan:
    """`work` is where the run is kept; passes over the questions, questions a step, peak rate."""

    work: Path
    epochs: float = 9.0
    batch: int = 32
    rate: float = 8e-4
    warm_up: int = 100
    mean_decay: float = 0.99
    seed: int = 0


def train_planning(
    network: PlanningNetwork,
    cases: Sequence[PlanningCase],
    tokenizer: Tokenizer,
    plan: PlanningPlan,
) -> dict[str, Tensor]:
    """Train and return the running mean of the trained tensors by name, [outputs, inputs] or
    [outputs] each. A run that was broken off goes on from where it was kept."""
    known: dict[str, tuple[int, ...]] = {}
    made = [rows(tokenizer, case.question, [case.words], known)[0] for case in cases]
    trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
    optimiser = torch.optim.AdamW(trained.values(), lr=0.0, betas=(0.9, 0.98), weight_decay=0.02)
    mean = {name: p.detach().clone() for name, p in trained.items()}
    steps = _steps(made, plan)
    first = resume_run(plan.work / "state.pt", trained, mean, optimiser)
    network.train()
    began, shown = time.monotonic(), 0.0
    for number in range(first, len(steps)):
        torch.manual_seed(plan.seed * 1_000_003 + number)
        chance = random.Random(f"{plan.seed} step {number}")
        pace = min((number + 1) / plan.warm_up, 1.0 - number / len(steps))
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * pace
        chosen = [cases[i] for i in steps[number]]
        layout = lay_out([[_hidden(made[i], chance)] for i in steps[number]])
        # The plain kernel's backward pass takes half as long on a processor as the fused one's.
        with torch.autocast("cpu", torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
            scores = network(layout)
        loss = planning_loss(scores, chosen)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
        optimiser.step()
        decay = min(plan.mean_decay, (1 + number) / (10 + number))
        for name, parameter in trained.items():
            mean[name].lerp_(parameter.detach(), 1 - decay)
        shown += (float(loss.detach()) - shown) / min(100, number - first + 1)
        if (number + 1) % 50 == 0:
            spent = (time.monotonic() - began) / (number + 1 - first)
            _log.info("step %d/%d %.2f s/step loss %.3f", number + 1, len(steps), spent, shown)
        if (number + 1) % _KEPT == 0 or number + 1 == len(steps):
            keep_run(plan.work / "state.pt", number + 1, trained, mean, optimiser)
    return mean


def planning_loss(scores: Scores, cases: Sequence[PlanningCase]) -> Tensor:
    """Return the loss (a scalar) of a step over what is known of each question."""
    parts = [
        _operators(scores.coarse, [case.coarse for case in cases]),
        _operators(scores.fine, [case.fine for case in cases]),
    ]
    types = [TYPES.index(case.type) if case.type else _UNKNOWN for case in cases]
    parts.append(_cross(scores.types, types))
    tags, depths = [], []
    for case in cases:
        unknown = (_UNKNOWN,) * len(case.words)
        tags += list(case.parts or unknown)
        depths += list(case.depths or unknown)
    parts += [0.3 * _cross(scores.parts, tags), 0.3 * _cross(scores.depths, depths)]
    return torch.stack(parts).sum()


def _operators(scores: Tensor, truth: Sequence[frozenset[str] | None]) -> Tensor:
    """Return the loss of the operators, each question counting once."""
    rows = [i for i, known in enumerate(truth) if known is not None]
    if not rows:
        return scores.sum() * 0.0
    gold = torch.tensor([[float(o in (truth[i] or ())) for o in OPERATORS] for i in rows])
    each = F.binary_cross_entropy_with_logits(scores[rows], gold, reduction="none")
    return each.sum() / len(truth)


def _cross(scores: Tensor, truth: Sequence[int]) -> Tensor:
    gold = torch.tensor(truth)
    if not bool((gold != _UNKNOWN).any()):
        return scores.sum() * 0.0
    return F.cross_entropy(scores, gold, ignore_index=_UNKNOWN)


def _hidden(row: Row, chance: random.Random) -> Row:
    pieces = tuple(
        tuple(_MASK if chance.random() < _HIDDEN else piece for piece in word)
        for word in row.pieces
    )
    return Row(pieces, row.casing)


def _steps(made: Sequence[Row], plan: PlanningPlan) -> list[list[int]]:
    """Questions of about the same length together, in a drawn order."""
    steps: list[list[int]] = []
    left, turn = plan.epochs, 0
    while left > 0:
        chance = random.Random(f"{plan.seed} epoch {turn}")
        own = chance.sample(range(len(made)), int(min(1.0, left) * len(made)))
        own.sort(key=lambda i: made[i].length // 4)
        found = [own[i : i + plan.batch] for i in range(0, len(own), plan.batch)]
        chance.shuffle(found)
        steps += found
        left, turn = left - 1, turn + 1
    return steps
