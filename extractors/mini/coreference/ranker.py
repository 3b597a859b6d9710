"""The learnt ranking of people for a pronoun: a small network over named features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ranker", "Settings", "log_shares", "vectors"]

_Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """What goes with the weights of the ranker.

    `features` are the names of the inputs in order; `none` is added to the score of "none of
    them", and what ranker and parser say together is divided by `temperature`.
    """

    features: tuple[str, ...]
    none: float
    temperature: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """score(x) = linear . x + output . max(0, hidden x + bias).

    `linear` is [features], `hidden` [units, features], `bias` and `output` [units]. `null` is
    the score of nobody, and `aside` is added to that of people who are no choice.
    """

    linear: _Floats
    hidden: _Floats
    bias: _Floats
    output: _Floats
    null: float
    aside: float

    def scores(self, rows: _Floats) -> NDArray[np.float64]:
        """Return the score [n] of each row [n, features]."""
        units = np.maximum(rows @ self.hidden.T + self.bias, 0.0)
        found: NDArray[np.float64] = (rows @ self.linear + units @ self.output).astype(np.float64)
        return found

    def rank(self, rows: _Floats, choices: int) -> NDArray[np.float64]:
        """Return the log-probabilities [n], n being 1 + choices, of "none" and of the first rows,
        beside which the other rows are people who were no choice."""
        scores = self.scores(rows)
        none = np.logaddexp.reduce([self.null, *(scores[choices:] + self.aside)])
        return log_shares(np.array([none, *scores[:choices]]))


def log_shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return log-probabilities [n] for scores [n] (softmax)."""
    found: NDArray[np.float64] = scores - np.logaddexp.reduce(scores)
    return found


def vectors(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> _Floats:
    """Return rows of named features as [n, names]; what has no name there is left out."""
    index = {name: i for i, name in enumerate(names)}
    found = np.zeros((len(rows), len(names)), dtype=np.float32)
    for n, row in enumerate(rows):
        for name, value in row.items():
            if name in index:
                found[n, index[name]] = value
    return found
