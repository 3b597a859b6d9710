"""Whom third-person pronouns mean, among the entity spans before and around them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray

from extractors.mini.heads import Pronouns, distance_bucket
from extractors.mini.syntax import Sentence, Span

__all__ = ["Link", "fit", "resolve", "shares"]

_PERSONAL = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_REACH = 4


@dataclass(frozen=True, slots=True)
class Link:
    """Token `token` of sentence `sentence` refers to `span` of sentence `span_sentence`.

    `probability`, in [0, 1], is shared out among all candidates and "none of them".
    """

    sentence: int
    token: int
    span_sentence: int
    span: Span
    probability: float


def resolve(
    head: Pronouns, sentences: Sequence[Sentence], vectors: NDArray[np.float32]
) -> list[Link]:
    """Return the likeliest antecedent of each personal pronoun of the third person singular.

    Candidates are the Person spans of its own sentence and the four before; spans that end in the
    same word count as one person, whose nearest mention is named. `vectors` is [words, 384].
    """
    links = []
    for i, sentence in enumerate(sentences):
        for j, token in enumerate(sentence.tokens):
            if token.upos != "PRON" or token.text.lower() not in _PERSONAL:
                continue
            found = _candidates(sentences, i, j)
            if found:
                scores = fit(head, sentences, vectors, (i, j), found)
                links.append(_best(sentences, (i, j), found, scores))
    return links


def fit(
    head: Pronouns,
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    pronoun: tuple[int, int],
    candidates: Sequence[tuple[int, Span]],
) -> list[float]:
    """Return the score of each candidate (sentence, span) for a pronoun (sentence, token)."""
    starts = list(accumulate((len(sentence.tokens) for sentence in sentences), initial=0))
    row = starts[pronoun[0]] + pronoun[1]
    bounds = [(starts[i] + span.first, starts[i] + span.last) for i, span in candidates]
    means = np.stack([vectors[first:last].mean(axis=0) for first, last in bounds])
    with torch.inference_mode():
        scores: list[float] = head(
            torch.from_numpy(np.repeat(vectors[row][None], len(bounds), axis=0)),
            torch.from_numpy(means),
            torch.tensor([distance_bucket(first - row) for first, _ in bounds]),
        ).tolist()
    return scores


def shares(scores: Sequence[float]) -> list[float]:
    """Return the probabilities of candidates with these scores beside "none", which scores 0.

    >>> shares([0.0])
    [0.5]
    """
    top = max(0.0, *scores)
    weights = [math.exp(score - top) for score in scores]
    total = math.exp(-top) + sum(weights)
    return [round(weight / total, 4) for weight in weights]


def _candidates(sentences: Sequence[Sentence], sentence: int, token: int) -> list[tuple[int, Span]]:
    return [
        (i, span)
        for i in range(max(0, sentence - _REACH), sentence + 1)
        for span in sentences[i].spans
        if span.type == "Person" and not (i == sentence and span.first <= token < span.last)
    ]


def _best(
    sentences: Sequence[Sentence],
    pronoun: tuple[int, int],
    found: Sequence[tuple[int, Span]],
    scores: Sequence[float],
) -> Link:
    people: dict[str, list[int]] = {}
    for k, (i, span) in enumerate(found):
        people.setdefault(sentences[i].tokens[span.last - 1].text.lower(), []).append(k)
    names = sorted(people)
    likely = shares([max(scores[k] for k in people[name]) for name in names])
    probability, name = max(zip(likely, names, strict=True))
    # Candidates stand in order of the text, so the nearest is the last one before the pronoun.
    before = [k for k in people[name] if (found[k][0], found[k][1].first) <= pronoun]
    nearest = before[-1] if before else people[name][0]
    return Link(*pronoun, *found[nearest], probability)
