"""Whom third-person pronouns and bare definite nouns mean, among the names around them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import torch
from numpy.typing import NDArray

from extractors.mini.coreference.nominals import nominals
from extractors.mini.coreference.passage import HERS, HIS, Passage
from extractors.mini.coreference.question import REACH, Mention, Question, asked, nearest, stretch
from extractors.mini.coreference.ranker import log_shares
from extractors.mini.coreference.ranker import vectors as inputs
from extractors.mini.coreference.store import load_ranker
from extractors.mini.heads import Pronouns, distance_bucket
from extractors.mini.syntax import Sentence, Span

__all__ = ["Link", "fit", "head_scores", "resolve", "shares"]

_REACH = REACH


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
    """Return the likeliest antecedent of each personal pronoun of the third person singular, and
    those of nouns like "the film", in order of the text.

    Candidates for a pronoun are the people named in its own sentence and the four before; the
    nearest mention of the likeliest is given. `vectors` is [words, 384].
    Raises `ModelError` where the weights of the ranking are missing or damaged.
    """
    links = [
        link
        for i, sentence in enumerate(sentences)
        if any(_personal(sentence, j) for j in range(len(sentence.tokens)))
        for link in _links(head, sentences, vectors, i)
    ]
    links += [Link(i, j, *mention, likely) for i, j, mention, likely in nominals(sentences)]
    return sorted(links, key=lambda link: (link.sentence, link.token))


def fit(
    head: Pronouns,
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    pronoun: tuple[int, int],
    candidates: Sequence[Mention],
) -> list[float]:
    """Return the score of each candidate (sentence, span) for a pronoun (sentence, token).

    It is the logarithm of how much likelier the candidate is than "none of them".
    Raises `ModelError` where the weights of the ranking are missing or damaged.
    """
    question = asked(sentences, pronoun, candidates)
    told = head_scores(head, sentences, vectors, pronoun, candidates)
    return _joint(question, told)


def head_scores(
    head: Pronouns,
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    pronoun: tuple[int, int],
    candidates: Sequence[Mention],
) -> list[float]:
    """Return what the parser's own head gives each candidate, 0 being as good as none."""
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


def _joint(question: Question, told: Sequence[float]) -> list[float]:
    """The parser's head and the ranking as a product of experts (Hinton 2002)."""
    ranker, settings = load_ranker()
    rows = inputs(question.rows(), settings.features)
    logs = ranker.rank(rows, len(question.choices)) + log_shares(np.array([0.0, *told]))
    none = logs[0] + settings.none
    # Rounded, so that the rounding of matrix products decides nothing.
    return [round(float(log - none) / settings.temperature, 3) for log in logs[1:]]


def _links(
    head: Pronouns, sentences: Sequence[Sentence], vectors: NDArray[np.float32], sentence: int
) -> Iterator[Link]:
    first, end = stretch(sentences, sentence)
    part = sentences[first:end]
    spans = [(i, span) for i, s in enumerate(part) for span in s.spans if span.type == "Person"]
    if not any(i <= sentence - first for i, _ in spans):
        return
    passage = Passage(part, spans)
    for token in range(len(sentences[sentence].tokens)):
        if not _personal(sentences[sentence], token):
            continue
        place = (sentence - first, token)
        mentions = [_reachable(person.mentions, place) for person in passage.people]
        named = [(n, nearest(found, place)) for n, found in enumerate(mentions) if found]
        if not named:
            continue
        told = [
            max(_shifted(head, sentences, vectors, (sentence, token), mentions[n], first))
            for n, _ in named
        ]
        likely = shares(_joint(Question(passage, place, tuple(named)), told))
        best = max(range(len(named)), key=lambda k: (likely[k], -k))
        i, span = named[best][1]
        yield Link(sentence, token, first + i, span, likely[best])


def _shifted(
    head: Pronouns,
    sentences: Sequence[Sentence],
    vectors: NDArray[np.float32],
    pronoun: tuple[int, int],
    mentions: Sequence[Mention],
    first: int,
) -> list[float]:
    placed = [(first + i, span) for i, span in mentions]
    return head_scores(head, sentences, vectors, pronoun, placed)


def _reachable(mentions: Sequence[Mention], pronoun: tuple[int, int]) -> list[Mention]:
    """The mentions up to the end of the pronoun's sentence that do not hold it."""
    return [
        (i, span)
        for i, span in mentions
        if i < pronoun[0] or (i == pronoun[0] and not span.first <= pronoun[1] < span.last)
    ]


def _personal(sentence: Sentence, token: int) -> bool:
    word = sentence.tokens[token]
    return word.upos == "PRON" and (word.text.lower() in HIS or word.text.lower() in HERS)
