"""The optimisation loop of the matcher: seeded, with a running mean of the weights."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from extractors.mini.relations.matcher import Matcher
from extractors.mini.relations.matcher_layout import Sheet, asked_of, lay_questions
from extractors.mini.spans import encode
from extractors.mini.train.matcher_cases import Case, Sets, case_of

__all__ = ["MatcherPlan", "losses", "train_matcher"]

_log = logging.getLogger(__name__)
_UNKNOWN, _MASK = -100, 103
_HIDDEN, _UNMARKED = 0.08, 0.15
#: What a name outside of all spans counts where a set annotates some of them only.
_UNSAID = 0.3


@dataclass(frozen=True, slots=True)
class MatcherPlan:
    """Passes over the data, sentences a step, peak rates of encoder and heads."""

    epochs: float = 2
    batch: int = 24
    encoder_rate: float = 4e-4
    head_rate: float = 8e-4
    seed: int = 0


def train_matcher(
    matcher: Matcher,
    sets: Sets,
    numbers: Sequence[int],
    plan: MatcherPlan,
    report: Callable[[int, Mapping[str, Tensor]], None] | None = None,
) -> dict[str, Tensor]:
    """Train on the sentences of these numbers and return the running mean of what is trained, by
    name, [outputs, inputs] or [outputs] each; `report` gets it every 200 steps."""
    torch.manual_seed(plan.seed)
    trained = {name: p for name, p in matcher.named_parameters() if p.requires_grad}
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for n, p in trained.items() if n.startswith("bert.")]},
            {"params": [p for n, p in trained.items() if not n.startswith("bert.")]},
        ],
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    steps = _steps(sets, numbers, plan)
    mean = {name: p.detach().clone() for name, p in trained.items()}
    matcher.train()
    began, shown = time.monotonic(), 0.0
    for number, step in enumerate(steps):
        pace = min((number + 1) / 60, 1.0 - number / len(steps))
        for group, peak in zip(
            optimiser.param_groups, (plan.encoder_rate, plan.head_rate), strict=True
        ):
            group["lr"] = peak * pace
        torch.manual_seed(plan.seed * 1_000_003 + number)
        chance = random.Random(f"{plan.seed} step {number}")
        cases = [case_of(i, sets, chance) for i in step]
        loss = losses(matcher, sets, cases, chance)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
        optimiser.step()
        decay = min(0.99, (1 + number) / (10 + number))
        for name, parameter in trained.items():
            mean[name].lerp_(parameter.detach(), 1 - decay)
        shown = 0.98 * shown + 0.02 * float(loss.detach())
        if (number + 1) % 50 == 0:
            spent = (time.monotonic() - began) / (number + 1)
            _log.info("step %d/%d %.2f s/step loss %.3f", number + 1, len(steps), spent, shown)
        if report is not None and (number + 1) % 200 == 0:
            report(number + 1, mean)
    return mean


def _steps(sets: Sets, numbers: Sequence[int], plan: MatcherPlan) -> list[list[int]]:
    """Sentences of about the same length together, in a drawn order."""
    steps: list[list[int]] = []
    left = plan.epochs
    while left > 0:
        chance = random.Random(f"{plan.seed} {left}")
        own = chance.sample(list(numbers), int(min(1.0, left) * len(numbers)))
        own.sort(key=lambda i: sets.askings[i].row.length // 8)
        found = [own[i : i + plan.batch] for i in range(0, len(own), plan.batch)]
        chance.shuffle(found)
        steps += found
        left -= 1
    return steps


def losses(matcher: Matcher, sets: Sets, cases: Sequence[Case], chance: random.Random) -> Tensor:
    """Return the loss (a scalar) of a step: what is stated, where, and for which pairs."""
    cases = [case for case in cases if case.answers]
    sheets = [_sheet(sets, case, chance) for case in cases]
    order = sorted(range(len(cases)), key=lambda i: (sheets[i].length, i))
    cases, sheets = [cases[i] for i in order], [sheets[i] for i in order]
    # The plain kernel's backward pass takes half as long on a processor as the fused one's.
    with torch.autocast("cpu", torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
        read = matcher(lay_questions(sheets))
        tags, stated = matcher.tags(read), matcher.stated(read)
        index, holds, pair_weights = _pairs(cases)
        pairs = matcher.pairs(read, index) if len(index) else stated.new_zeros(0)
    truth, weights = torch.zeros(stated.shape), torch.zeros(stated.shape)
    answers = torch.full(tags.shape[:3], _UNKNOWN)
    counts = torch.zeros(tags.shape[:3])
    for i, case in enumerate(cases):
        marks = torch.tensor(sets.askings[case.sentence].marks)
        complete = sets.sentences[case.sentence].complete
        for k, answer in enumerate(case.answers):
            truth[i, k], weights[i, k] = float(answer.stated), answer.weight
            if answer.subjects:
                spans = [(a, b, 0) for a, b in answer.subjects]
                spans += [(a, b, 1) for a, b in answer.objects]
                own = torch.tensor(encode(spans, len(marks)))
                answers[i, k, : len(own)] = own
                unsaid = (own == 0) & (marks > 0) & (not complete)
                counts[i, k, : len(own)] = torch.where(unsaid, _UNSAID, 1.0)
    where = F.cross_entropy(
        tags.float().flatten(0, 2), answers.flatten(), ignore_index=_UNKNOWN, reduction="none"
    )
    located = (where * counts.flatten()).sum() / counts.sum().clamp(min=1.0)
    gate = _binary(stated.float(), truth, weights)
    return gate + 4.0 * located + _binary(pairs.float(), holds, pair_weights)


def _binary(scores: Tensor, truth: Tensor, weights: Tensor) -> Tensor:
    found = F.binary_cross_entropy_with_logits(scores, truth, weight=weights, reduction="sum")
    return found / weights.sum().clamp(min=1.0)


def _pairs(cases: Sequence[Case]) -> tuple[Tensor, Tensor, Tensor]:
    rows = [
        ([i, k, p.subject[0], p.subject[1] - 1, p.object[0], p.object[1] - 1], p.holds, p.weight)
        for i, case in enumerate(cases)
        for k, answer in enumerate(case.answers)
        for p in answer.pairs
    ]
    index = torch.tensor([row[0] for row in rows], dtype=torch.long)
    return index, torch.tensor([float(row[1]) for row in rows]), torch.tensor([r[2] for r in rows])


def _sheet(sets: Sets, case: Case, chance: random.Random) -> Sheet:
    asking = sets.askings[case.sentence]
    hidden = tuple(
        tuple(_MASK if chance.random() < _HIDDEN else piece for piece in word)
        for word in asking.row.pieces
    )
    marks = asking.marks if chance.random() >= _UNMARKED else (0,) * len(asking.marks)
    asked = asked_of(sets.tokenizer, [answer.prompt for answer in case.answers])
    return Sheet(replace(asking.row, pieces=hidden), marks, tuple(asked))
