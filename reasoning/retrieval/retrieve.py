"""Retrieval: the passages that bear on a question, with the sentences and the way that say why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kgkit.errors import InputError
from reasoning.retrieval.asked import Asked, SpanEncoder, understand
from reasoning.retrieval.index import RetrievalIndex
from reasoning.retrieval.seeds import seed_scores
from reasoning.retrieval.walk import Walked, walk

__all__ = ["Hit", "ScoredSentence", "Via", "retrieve"]

_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence, [start, end) in document characters, and its cosine with the question."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Via:
    """The step that led to a hit: a name, and the sentence of another chunk that says it."""

    name: str
    chunk_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that bears on the question: its score, its best sentences, and how it was found.

    `via` is None for a chunk that fits the question by itself.
    """

    chunk_id: str
    document_id: str
    score: float
    sentences: tuple[ScoredSentence, ...]
    via: Via | None = None


def retrieve(
    index: RetrievalIndex,
    question: str,
    *,
    encoder: SpanEncoder,
    k: int = 10,
) -> list[Hit]:
    """Return the `k` chunks that bear most on a question, best first.

    Ties are in order of chunk id; scores are rounded to 4 decimals. Raises `InputError` when
    `k` is below 1.
    """
    if k < 1:
        raise InputError(f"k={k} is below 1; ask for at least one result.")
    if not index.passages:
        return []
    asked = understand(index, question, encoder)
    seeds = seed_scores(index, asked)
    walked = walk(index, asked, seeds)
    scores = walked.scores.round(4)
    ranked = sorted(_best(scores, k), key=lambda p: (-scores[p], index.passages[p].chunk_id))
    return [_hit(index, asked, walked, seeds, passage) for passage in ranked[:k]]


def _best(scores: NDArray[np.float64], k: int) -> list[int]:
    """Return the places of the `k` highest scores, and of what ties with the last of them."""
    least = np.partition(scores, -min(k, len(scores)))[-min(k, len(scores))]
    found: list[int] = np.flatnonzero(scores >= least).tolist()
    return found


def _hit(
    index: RetrievalIndex, asked: Asked, walked: Walked, seeds: NDArray[np.float64], at: int
) -> Hit:
    passage = index.passages[at]
    begin, end = index.sentence_begins[at : at + 2]
    fits = np.maximum(
        index.sentence_vectors[begin:end] @ asked.vector,
        index.sentence_vectors[begin:end] @ asked.rest,
    )
    order = np.argsort(-fits.round(4), kind="stable")[:_SENTENCES]
    spans = [passage.sentences[i] for i in order]
    sentences = tuple(
        ScoredSentence(start, end, round(float(fits[i]), 4))
        for i, (start, end) in zip(order, spans, strict=True)
    )
    via = _via(index, walked, float(seeds[at]), at)
    score = round(float(walked.scores[at]), 4)
    return Hit(passage.chunk_id, passage.document_id, score, sentences, via)


def _via(index: RetrievalIndex, walked: Walked, seed: float, at: int) -> Via | None:
    """Return the strongest step to a passage, if it is stronger than the passage by itself."""
    steps = np.flatnonzero(walked.links.target == at)
    if not len(steps):
        return None
    best = steps[np.argmax(walked.strength[steps].round(4))]
    if walked.strength[best] <= seed:
        return None
    source = index.passages[walked.links.source[best]]
    place = walked.links.sentence[best] - index.sentence_begins[walked.links.source[best]]
    return Via(index.names.keys[walked.links.name[best]], source.chunk_id, *source.sentences[place])
