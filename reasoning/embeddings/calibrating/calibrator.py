"""The map from what a model believes of a fact to the probability that it is true."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from kgkit.errors import ModelError

__all__ = ["Calibrator", "odds_of"]

#: Log-odds beyond this are as good as certain.
_MOST = 20.0


@dataclass(frozen=True, slots=True)
class Calibrator:
    """log-odds(true) = slope x log-odds(share) + bias + offset, as Platt (1999) has it.

    The share is that of the fact among all answers to (h, r, ?), or to (?, r, t) where the
    relation is reciprocal; `slopes` and `biases` are of these two questions, `offsets` has one
    number for each of 2R relations, so that relations with few facts keep to the common line.
    `facts` says how many held-out facts it was fitted on: with none a share is the probability.
    """

    slopes: tuple[float, float] = (1.0, 1.0)
    biases: tuple[float, float] = (0.0, 0.0)
    offsets: tuple[float, ...] = ()
    facts: int = 0

    def apply(self, odds: Tensor, relations: Tensor) -> Tensor:
        """Return probabilities [n], to 4 decimals, of answers with log-odds [n] to questions of
        relations [n], each below 2R.

        Raises `ModelError` for a relation that it was not fitted for.
        """
        count = len(self.offsets)
        if len(relations) and int(relations.max()) >= count:
            raise ModelError(
                f"relation {int(relations.max())} has no offset among {count}; fit the "
                "probabilities of this model anew"
            )
        side = (relations >= count // 2).long()
        slopes, biases, offsets = (
            torch.tensor(each, dtype=torch.float64)
            for each in (self.slopes, self.biases, self.offsets)
        )
        line = slopes[side] * odds.double() + biases[side] + offsets[relations]
        return torch.sigmoid(line).round(decimals=4)


def odds_of(log_shares: Tensor) -> Tensor:
    """Return the log-odds [n], from -20 to 20, of shares [n] given as logarithms.

    >>> round(odds_of(torch.tensor([0.8]).log()).item(), 3)
    1.386
    """
    shares = log_shares.double().clamp(-_MOST, -1e-12)
    return (shares - torch.log(-torch.expm1(shares))).clamp(-_MOST, _MOST)
