"""How a matcher's scores become probabilities, and where its threshold lies."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from extractors.mini.relations.guided import Weights, features
from extractors.mini.relations.matcher import Matcher
from extractors.mini.relations.matcher_layout import asked_of
from extractors.mini.relations.prompts import Prompt
from extractors.mini.train.matcher_cases import Sets
from extractors.mini.train.matcher_data import Relation

__all__ = ["Candidate", "best_f1", "candidates", "fitted"]

_ASKED = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """What might be said of sentence number `sentence`, and whether it is right."""

    sentence: int
    features: tuple[float, float, float]
    right: bool


def candidates(matcher: Matcher, sets: Sets, numbers: Sequence[int]) -> tuple[list[Candidate], int]:
    """Return what might be said of sentences, and how many statements they have.

    A sentence is asked for what it states and for relations that it does not: all of its own
    ontology, or a dozen of a complete set.
    """
    matcher.eval()
    asked, truths = [], []
    for i in numbers:
        sentence = sets.sentences[i]
        stated = list(dict.fromkeys(s.relation for s in sentence.statements))
        others = list(sentence.others)
        if sentence.complete:
            others = random.Random(f"asked {i}").sample(others, min(_ASKED, len(others)))
        relations = sorted({*stated, *others, *sentence.nameless}, key=lambda r: r.label)
        asked.append(asked_of(sets.tokenizer, [_plain(relation) for relation in relations]))
        place = {relation: k for k, relation in enumerate(relations)}
        truths.append({(place[s.relation], s.subject, s.object) for s in sentence.statements})
    with torch.autocast("cpu", torch.bfloat16):
        seen = list(features(matcher, [sets.askings[i] for i in numbers], asked))
    found = [Candidate(numbers[n], f, (k, a, b) in truths[n]) for n, k, a, b, f in seen]
    return found, sum(map(len, truths))


def _plain(relation: Relation) -> Prompt:
    return Prompt(relation.label.strip().lower(), relation.head.lower(), relation.tail.lower())


def fitted(found: Sequence[Candidate]) -> Weights:
    """Return the logistic regression of being right on the features, by Newton's method with a
    slight pull to 0."""
    rows = torch.tensor([[*c.features, 1.0] for c in found], dtype=torch.float64)
    truth = torch.tensor([float(c.right) for c in found], dtype=torch.float64)
    weights = torch.zeros(4, dtype=torch.float64)
    for _ in range(25):
        odds = torch.sigmoid(rows @ weights)
        slope: Tensor = rows.T @ (odds - truth) + 1e-2 * weights
        bend = (rows * (odds * (1 - odds))[:, None]).T @ rows + 1e-2 * torch.eye(4).double()
        weights = weights - torch.linalg.solve(bend, slope)
    a, b, c, offset = (round(float(w), 4) for w in weights)
    return Weights((a, b, c), offset)


def best_f1(found: Sequence[Candidate], gold: int, weights: Weights) -> tuple[float, float]:
    """Return the least score that gives the best F1 where all that is said is labelled, and that
    F1 in [0, 1]."""
    best = (1.0, 0.0)
    for score, said, right in _ladder(found, weights):
        f1 = 2 * right / max(1, said + gold)
        best = max(best, (score, f1), key=lambda pair: pair[1])
    return best


def _ladder(found: Sequence[Candidate], weights: Weights) -> list[tuple[float, int, int]]:
    """(score, how many have it or more, how many of these are right), best first."""
    scored = sorted(((weights.score(c.features), c.right) for c in found), reverse=True)
    steps, right = [], 0
    for said, (score, true) in enumerate(scored, 1):
        right += true
        if said == len(scored) or scored[said][0] < score:
            steps.append((score, said, right))
    return steps
