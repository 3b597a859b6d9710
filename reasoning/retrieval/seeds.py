"""Where a walk begins: passages that fit the question by meaning, by words or by name."""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from reasoning.retrieval.asked import Asked
from reasoning.retrieval.index import RetrievalIndex

__all__ = ["seed_scores"]

_WORDS, _NAME = 0.5, 6.0


def seed_scores(
    index: RetrievalIndex, asked: Asked, without: Collection[str] = ()
) -> NDArray[np.float64]:
    """Return how well each passage alone fits the question, [passages].

    The sum of standard scores of cosine and BM25 (Fox and Shaw 1994, CombSUM), and for the
    name that speaks most clearly for the passage: how rare it is, times the part of all that
    bears the name that is about this passage. `without` leaves out "dense" (the cosine), "bm25" or
    "linking" (the names), so that one can see what each is worth.
    """
    scores = np.zeros(len(index.passages))
    if "dense" not in without:
        scores += _standard(index.passage_vectors @ asked.vector)
    if "bm25" not in without:
        scores += _WORDS * _standard(asked.words.sum(axis=0))
    if "linking" not in without:
        scores += _NAME * _claims(index, asked)
    return scores


def _claims(index: RetrievalIndex, asked: Asked) -> NDArray[np.float64]:
    """Return how clearly a name of the question speaks for each passage, [passages]."""
    named = np.zeros(len(index.passages))
    for name in asked.names:
        rows = slice(*index.by_name.begins[name : name + 2])
        share = index.by_name.about[rows] / index.claims[name]
        claim = share * _rarity(int(index.spread[name]), len(index.passages))
        np.maximum.at(named, index.by_name.passage[rows], claim)
    return named


def _rarity(spread: int, passages: int) -> float:
    """Return 1 for a name that one passage says, down to 0 for one that all do."""
    return 1 - math.log(max(1, spread)) / math.log(max(2, passages))


def _standard(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    values = scores.astype(np.float64)
    standard: NDArray[np.float64] = (values - values.mean()) / (values.std() + 1e-9)
    return standard
