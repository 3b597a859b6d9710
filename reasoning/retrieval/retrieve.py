"""Retrieval: the passages that bear on a question, with the sentences and the way that say why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kgkit.errors import InputError
from reasoning.retrieval.asked import Asked, SpanEncoder, understand
from reasoning.retrieval.index import RetrievalIndex
from reasoning.retrieval.links import cosines
from reasoning.retrieval.seeds import seed_scores
from reasoning.retrieval.walk import Walked, stay, walk
from reasoning.retrieval.where import Where

__all__ = ["VOICES", "Hit", "ScoredSentence", "Via", "retrieve"]

#: What speaks for a passage.
VOICES = ("dense", "bm25", "linking", "walk")
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
    where: Where | str | Mapping[str, object] | None = None,
    without: Collection[str] = (),
) -> list[Hit]:
    """Return the `k` chunks that bear most on a question, best first.

    Ties are in order of chunk id; scores are rounded to 4 decimals. `where` says of
    which documents chunks are shown (`reasoning.retrieval.where.Where`); a walk may pass through
    others. `without` leaves out voices (`VOICES`), so that one can see what each is worth. Raises
    `InputError` when `k` is below 1, a voice is unknown, or a document of `where` is not there.
    """
    if k < 1:
        raise InputError(f"k={k} is below 1; ask for at least one result.")
    if unknown := sorted(set(without) - set(VOICES)):
        raise InputError(f"no voice {unknown[0]!r}; it is one of {', '.join(VOICES)}")
    if not index.passages:
        return []
    asked = understand(index, question, encoder)
    seeds = seed_scores(index, asked, without)
    walked = stay(seeds) if "walk" in without else walk(index, asked, seeds)
    scores = walked.scores.round(4)
    if where is not None:
        among = Where.of(where).among(index.documents)
        scores[[p.document_id not in among for p in index.passages]] = -np.inf
    ranked = sorted(_best(scores, k), key=lambda p: (-scores[p], index.passages[p].chunk_id))
    return [_hit(index, asked, walked, seeds, passage) for passage in ranked[:k]]


def _best(scores: NDArray[np.float64], k: int) -> list[int]:
    """Return the places of the `k` highest scores, and of what ties with the last of them."""
    least = np.partition(scores, -min(k, len(scores)))[-min(k, len(scores))]
    found: list[int] = np.flatnonzero((scores >= least) & (scores > -np.inf)).tolist()
    return found


def _hit(
    index: RetrievalIndex, asked: Asked, walked: Walked, seeds: NDArray[np.float64], at: int
) -> Hit:
    passage = index.passages[at]
    own = np.arange(*index.sentence_begins[at : at + 2])
    fits = np.maximum(cosines(index, own, asked.vector), cosines(index, own, asked.rest))
    order = np.argsort(-fits.round(4), kind="stable")[:_SENTENCES]
    spans = index.spans[own[order]].tolist()
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
    start, end = index.spans[walked.links.sentence[best]].tolist()
    return Via(index.names.keys[walked.links.name[best]], source.chunk_id, start, end)
