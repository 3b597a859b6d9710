"""Training the matcher on frozen word vectors."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from extractors.mini.relations.matcher import Matcher
from extractors.mini.relations.prompts import Prompt
from extractors.mini.spans import encode
from extractors.mini.train.matcher_data import Stated

__all__ = ["Case", "MatcherPlan", "block", "cases_of", "train_matcher"]

_UNKNOWN = -100


@dataclass(frozen=True, slots=True)
class MatcherPlan:
    """Passes over the data, cases a step and the peak rate; statements and relations not stated
    that are asked of each sentence in a pass."""

    epochs: int = 2
    batch: int = 64
    rate: float = 1e-3
    statements: int = 3
    others: int = 3
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """Sentence number `sentence` asked for one relation; `tags` are empty where it is not
    stated, and `weight` is how much that counts."""

    sentence: int
    prompt: Prompt
    tags: tuple[int, ...]
    weight: float = 1.0


#: A set that annotates some of what a sentence says leaves the rest unsaid: little is learnt from
#: that silence (positive and unlabelled data, Elkan and Noto 2008).
_SILENCE = 0.2


def cases_of(
    sentences: Sequence[Stated], numbers: Sequence[int], chance: random.Random, plan: MatcherPlan
) -> list[Case]:
    """Return the cases of a pass: what these sentences state, and drawn relations that they do
    not; where a set is not complete, one of these is of another set."""
    pools: dict[str, list[Prompt]] = {}
    for i in numbers:
        pool = pools.setdefault(sentences[i].source, [])
        pool += [s.relation for s in sentences[i].statements if s.relation not in pool]
    found = []
    for i in numbers:
        sentence = sentences[i]
        stated = sentence.statements
        for statement in chance.sample(stated, min(plan.statements, len(stated))):
            spans = [(a, b, 0) for a, b in statement.subjects]
            spans += [(a, b, 1) for a, b in statement.objects]
            tags = tuple(encode(spans, len(sentence.words)))
            found.append(Case(i, statement.relation, tags))
        own = {statement.relation.relation for statement in stated}
        own |= {prompt.relation for prompt in sentence.others}
        weight = 1.0 if sentence.complete else _SILENCE
        others = list(sentence.others)
        drawn = chance.sample(others, min(plan.others, len(others)))
        found += [Case(i, prompt, (), weight) for prompt in drawn]
        if not sentence.complete or not others:
            foreign = chance.choice(pools[chance.choice(sorted(pools))])
            if foreign.relation not in own:
                found.append(Case(i, foreign, ()))
    return found


def block(
    cases: Sequence[Case],
    vectors: Sequence[NDArray[np.float16]],
    prompts: Mapping[Prompt, NDArray[np.float32]],
) -> tuple[Tensor, Tensor, Tensor]:
    """Return what the matcher reads: words [n, longest, 768], which are real, relations."""
    sizes = [len(vectors[case.sentence]) for case in cases]
    words = torch.zeros(len(cases), max(sizes), 768)
    for row, case in enumerate(cases):
        words[row, : sizes[row]] = torch.from_numpy(vectors[case.sentence].astype(np.float32))
    real = torch.arange(max(sizes))[None, :] < torch.tensor(sizes)[:, None]
    return words, real, torch.from_numpy(np.stack([prompts[case.prompt] for case in cases]))


def train_matcher(
    sentences: Sequence[Stated],
    numbers: Sequence[int],
    vectors: Sequence[NDArray[np.float16]],
    prompts: Mapping[Prompt, NDArray[np.float32]],
    plan: MatcherPlan,
) -> Matcher:
    """Return a matcher trained on the sentences of these numbers; `vectors` are [words, 768] of
    each sentence, `prompts` [1152] of each relation."""
    torch.manual_seed(plan.seed)
    matcher = Matcher()
    optimiser = torch.optim.AdamW(matcher.parameters(), lr=plan.rate, weight_decay=0.01)
    steps: list[list[Case]] = []
    for epoch in range(plan.epochs):
        chance = random.Random(f"{plan.seed} {epoch}")
        cases = cases_of(sentences, numbers, chance, plan)
        chance.shuffle(cases)
        cases.sort(key=lambda case: len(vectors[case.sentence]) // 8)
        found = [cases[i : i + plan.batch] for i in range(0, len(cases), plan.batch)]
        chance.shuffle(found)
        steps += found
    mean = {name: p.detach().clone() for name, p in matcher.named_parameters()}
    matcher.train()
    for number, step in enumerate(steps):
        for group in optimiser.param_groups:
            group["lr"] = plan.rate * min((number + 1) / 100, 1.0 - number / len(steps))
        loss = _loss(matcher, step, vectors, prompts, random.Random(f"{plan.seed} step {number}"))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(matcher.parameters(), 1.0)
        optimiser.step()
        decay = min(0.995, (1 + number) / (10 + number))
        for name, parameter in matcher.named_parameters():
            mean[name].lerp_(parameter.detach(), 1 - decay)
    matcher.load_state_dict(mean)
    return matcher.eval()


def _loss(
    matcher: Matcher,
    step: Sequence[Case],
    vectors: Sequence[NDArray[np.float16]],
    prompts: Mapping[Prompt, NDArray[np.float32]],
    chance: random.Random,
) -> Tensor:
    words, real, relations = block(step, vectors, prompts)
    for row in range(len(step)):
        # A schema need not say what types its ends have.
        if chance.random() < 0.2:
            relations[row, 384:] = 0.0
    with torch.autocast("cpu", torch.bfloat16):
        tags, stated = matcher(words, real, relations)
    answers = torch.full(real.shape, _UNKNOWN)
    for row, case in enumerate(step):
        if case.tags:
            answers[row, : len(case.tags)] = torch.tensor(case.tags)
    truth = torch.tensor([float(bool(case.tags)) for case in step])
    spans = F.cross_entropy(
        tags.float().flatten(0, 1), answers.flatten(), ignore_index=_UNKNOWN, reduction="sum"
    ) / max(1, int((answers != _UNKNOWN).sum()))
    weights = torch.tensor([case.weight for case in step])
    gate = F.binary_cross_entropy_with_logits(stated.float(), truth, weight=weights)
    return gate + 3.0 * spans
