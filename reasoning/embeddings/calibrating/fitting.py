"""Fitting probabilities on facts that were held back: what the model puts first, and what is true.

The cases are those that a user is shown. Each held-back fact asks two questions, (h, r, ?) and
(?, r, t); the cases are the best answers to each, a draw of all other entities that counts for
all of them, and the right ones; what is held back is true, the rest counts as false. So a
probability answers "given that a fact is missing there, is it this one?", and errs to the low
side as far as the graph is incomplete.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import expit
from torch import Tensor

from reasoning.embeddings.calibrating.calibrator import Calibrator, odds_of
from reasoning.embeddings.calibrating.shares import best_tails, log_shares
from reasoning.embeddings.evaluation.ranks import TailScorer
from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.triples import reciprocal

__all__ = ["Cases", "cases_of", "fit_calibrator"]

#: Best answers and drawn others of a question.
_BEST, _DRAWN = 20, 10
#: Held-back facts that are asked about at most.
_FACTS = 2000
#: One standard deviation of slopes, biases and offsets around the prior.
_SLOPE, _BIAS, _OFFSET = 0.5, 4.0, 0.7


@dataclass(frozen=True, slots=True)
class Cases:
    """Answers to questions, `queries` [n, 3] with relations below 2R: the log-odds `odds` [n] of
    the share that the model gives each, whether it is `right` [n], and for how many entities it
    stands, `weights` [n]."""

    queries: Tensor
    odds: Tensor
    right: Tensor
    weights: Tensor


def fit_calibrator(
    model: TailScorer, known: KnownFacts, held: Tensor, *, seed: int = 0
) -> Calibrator:
    """Return the calibrator of a model that was trained on `known`, by held-back facts [n, 3].

    The most probable parameters given the cases and a normal prior around "a share is the
    probability", so that few facts, or none, give something sensible. At most 2,000 facts are
    asked about, drawn by `seed`.
    """
    from scipy.optimize import minimize

    number = 2 * known.relations
    if not len(held):
        return Calibrator(offsets=(0.0,) * number)
    cases = cases_of(model, known, held, seed=seed)
    relations = cases.queries[:, 1].numpy()
    back = (relations >= known.relations).astype(np.float64)
    odds = cases.odds.numpy()
    inputs = np.column_stack([odds * (1 - back), odds * back, 1 - back, back])
    right, weights = cases.right.numpy().astype(np.float64), cases.weights.numpy()
    prior = np.concatenate([[1.0, 1.0, 0.0, 0.0], np.zeros(number)])
    spread = np.concatenate([[_SLOPE, _SLOPE, _BIAS, _BIAS], np.full(number, _OFFSET)])

    def loss(found: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logits = inputs @ found[:4] + found[4:][relations]
        away = (found - prior) / spread
        error = weights * (np.logaddexp(0.0, logits) - right * logits)
        slope = weights * (expit(logits) - right)
        gradient = np.concatenate(
            [inputs.T @ slope, np.bincount(relations, slope, minlength=number)]
        )
        return float(error.sum() + 0.5 * away @ away), gradient + away / spread

    best = minimize(loss, prior, jac=True, method="L-BFGS-B").x.round(4).tolist()
    return Calibrator(
        (best[0], best[1]), (best[2], best[3]), tuple(best[4:]), min(len(held), _FACTS)
    )


def cases_of(model: TailScorer, known: KnownFacts, held: Tensor, *, seed: int = 0) -> Cases:
    """Return the cases that held-back facts [n, 3] make for a model trained on `known`."""
    generator = torch.Generator().manual_seed(seed)
    asked = held[torch.randperm(len(held), generator=generator)[:_FACTS]]
    asked = torch.cat([asked, reciprocal(asked, known.relations)])
    queries = torch.unique(asked[:, :2], dim=0)
    best = best_tails(model, known, queries, min(_BEST, known.entities)).ids
    drawn = torch.randint(known.entities, (len(queries), _DRAWN), generator=generator)
    true = KnownFacts.of(held, known.entities, known.relations)
    every = torch.arange(len(queries))
    rows, tails = true.tails(queries[:, 0], queries[:, 1])
    others = (known.entities - best.shape[1]) / _DRAWN
    place = torch.cat(
        [every.repeat_interleave(best.shape[1]), every.repeat_interleave(_DRAWN), rows]
    )
    ends = torch.cat([best.flatten(), drawn.flatten(), tails])
    weights = torch.ones(len(ends), dtype=torch.float64)
    weights[best.numel() : best.numel() + drawn.numel()] = others
    put = torch.column_stack([queries[place], ends])
    right = true.contains(*put.unbind(1))
    weights[right] = 1.0
    kept = _first(put, known) & ~known.contains(*put.unbind(1)) & (weights > 0)
    put = put[kept]
    return Cases(put, odds_of(log_shares(model, known, put)[1]), right[kept], weights[kept])


def _first(queries: Tensor, known: KnownFacts) -> Tensor:
    """Return which of queries [n, 3] come for the first time, [n] of bool."""
    keys = (queries[:, 0] * 2 * known.relations + queries[:, 1]) * known.entities + queries[:, 2]
    _, places = torch.unique(keys, return_inverse=True)
    count = torch.arange(len(keys))
    first = torch.full((int(places.max()) + 1,), len(keys)).scatter_reduce(0, places, count, "amin")
    return first[places] == count
