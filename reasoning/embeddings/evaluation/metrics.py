"""Figures over ranks: MRR, Hits@k, mean rank, and the mean rank against chance."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor

from reasoning.embeddings.evaluation.ranks import Ranks

__all__ = ["Metrics", "interval", "macro_mrr", "measure"]


@dataclass(frozen=True, slots=True)
class Metrics:
    """What ranks amount to, over `queries` of them.

    `mrr` is the mean of 1/rank (0 to 1), `hits_*` the share of ranks up to 1, 3 and 10 in
    percent, `mr` the mean rank; `amr` = MR / E[MR] under random scores and `amri` =
    1 - (MR - 1) / (E[MR] - 1), which is 1 for a perfect model and 0 for chance (Berrendorf et
    al. 2020). `tie_gap` is optimistic MRR minus pessimistic MRR: far from 0, scores tie.
    """

    queries: int
    mrr: float
    hits_1: float
    hits_3: float
    hits_10: float
    mr: float
    amr: float
    amri: float
    tie_gap: float

    def as_dict(self) -> dict[str, float]:
        """Return the figures by name."""
        return asdict(self)


def measure(ranks: Ranks) -> Metrics:
    """Return the figures of both sides together; all are NaN where there are no ranks.

    A candidate that is alone gets rank 1 whatever the model says: `amr` is then 1, `amri` 0.
    """
    realistic = ranks.realistic.flatten()
    mean = float(realistic.mean())
    expected = float((ranks.candidates.double() + 1).mean() / 2)
    gap = (1 / ranks.optimistic.double()).mean() - (1 / ranks.pessimistic.double()).mean()
    return Metrics(
        queries=realistic.numel(),
        mrr=_round(float((1 / realistic).mean()), 4),
        hits_1=_hits(realistic, 1),
        hits_3=_hits(realistic, 3),
        hits_10=_hits(realistic, 10),
        mr=_round(mean, 2),
        amr=_round(mean / expected, 4),
        amri=_round(1 - (mean - 1) / (expected - 1), 4) if expected > 1 else 0.0,
        tie_gap=_round(float(gap), 4),
    )


def macro_mrr(ranks: Ranks, triples: Tensor) -> float:
    """Return the MRR in which each distinct query of the triples [n, 3] counts the same."""
    means = []
    for side, (given, name) in enumerate([(0, 1), (2, 1)]):
        reciprocal = 1 / ranks.realistic[:, side]
        _, query = torch.unique(triples[:, [given, name]], dim=0, return_inverse=True)
        count = int(query.max()) + 1
        sums = torch.zeros(count, dtype=torch.float64).index_add_(0, query, reciprocal)
        means.append(sums / torch.bincount(query, minlength=count))
    return _round(float(torch.cat(means).mean()), 4)


def interval(
    ranks: Ranks, *, level: float = 0.95, rounds: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """Return the bootstrap interval of the MRR over triples (Efron 1979)."""
    reciprocal = (1 / ranks.realistic).mean(1)
    generator = torch.Generator().manual_seed(seed)
    count = len(reciprocal)
    means = (
        torch.stack(
            [
                reciprocal[torch.randint(count, (count,), generator=generator)].mean()
                for _ in range(rounds)
            ]
        )
        .sort()
        .values
    )
    tail = (1 - level) / 2
    low, high = math.floor(tail * (rounds - 1)), math.ceil((1 - tail) * (rounds - 1))
    return _round(float(means[low]), 4), _round(float(means[high]), 4)


def _hits(ranks: Tensor, k: int) -> float:
    return _round(100 * float((ranks <= k).double().mean()), 1)


def _round(value: float, digits: int) -> float:
    return round(value, digits)
