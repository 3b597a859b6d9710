"""Triple classification: is this triple true? One threshold a relation, learnt on validation."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from kgkit.errors import InputError

__all__ = ["Thresholds", "Verdicts", "learn_thresholds"]

#: Scores are compared with thresholds after rounding to so many decimals.
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How right a classification was: accuracy, precision, recall and F1 in percent."""

    accuracy: float
    precision: float
    recall: float
    f1: float
    triples: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The score from which a triple of each relation counts as true, [R]."""

    values: Tensor

    def classify(self, scores: Tensor, relations: Tensor) -> Tensor:
        """Return which triples count as true, [n], by their scores and relations [n]."""
        return torch.round(scores.double(), decimals=_DECIMALS) >= self.values[relations]

    def judge(self, scores: Tensor, relations: Tensor, truth: Tensor) -> Verdicts:
        """Return how right the classification is; `scores`, `relations`, `truth` are [n]."""
        told = self.classify(scores, relations)
        right = int((told & truth).sum())
        said, true = int(told.sum()), int(truth.sum())
        return Verdicts(
            accuracy=_percent(int((told == truth).sum()), len(truth)),
            precision=_percent(right, said),
            recall=_percent(right, true),
            f1=_percent(2 * right, said + true),
            triples=len(truth),
        )


def learn_thresholds(
    scores: Tensor, relations: Tensor, truth: Tensor, *, count: int = 0
) -> Thresholds:
    """Return the thresholds that classify best, of scores, relations and truth [n] each.

    A relation without both true and false examples takes the threshold that is best over all.
    `count` is how many relations there are, when more than those seen. Raises `InputError`
    unless there are true and false triples.
    """
    if not len(truth) or bool(truth.all()) or not bool(truth.any()):
        raise InputError(
            "thresholds need true and false triples of the validation split; give both"
        )
    scores = torch.round(scores.double(), decimals=_DECIMALS)
    size = max(count, int(relations.max()) + 1)
    values = torch.full((size,), _best(scores, truth), dtype=torch.float64)
    for number in torch.unique(relations).tolist():
        mine = relations == number
        if bool(truth[mine].any()) and not bool(truth[mine].all()):
            values[number] = _best(scores[mine], truth[mine])
    return Thresholds(values)


def _best(scores: Tensor, truth: Tensor) -> float:
    """Return the cut with the most right verdicts; of equals, the middle one."""
    ordered, order = scores.sort()
    held = truth[order].long()
    # right[i]: how many verdicts are right when the first i triples count as false.
    below_false = torch.cat([held.new_zeros(1), (1 - held).cumsum(0)])
    above_true = held.sum() - torch.cat([held.new_zeros(1), held.cumsum(0)])
    right = below_false + above_true
    right[1:-1][ordered[1:] == ordered[:-1]] = -1  # no cut between equal scores
    best = (right == right.max()).nonzero().flatten()
    cut = int(best[len(best) // 2])
    if cut == 0:
        return float(ordered[0])
    if cut == len(ordered):
        return float(ordered[-1]) + 10.0**-_DECIMALS
    return float(ordered[cut - 1] + ordered[cut]) / 2


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
