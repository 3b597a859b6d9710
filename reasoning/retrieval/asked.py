"""A question as retrieval sees it: its meaning, its words, the names it knows, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reasoning.retrieval.index import RetrievalIndex
from reasoning.retrieval.names import FoundName
from reasoning.retrieval.words import words

__all__ = ["Asked", "SpanEncoder", "understand"]


class SpanEncoder(Protocol):
    """The side of an encoder that retrieval needs."""

    def encode_spans(
        self, text: str, spans: Sequence[tuple[int, int]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the unit vector [dim] of a text and those [n, dim] of its character spans."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: `vector` [dim] is all of it, `rest` [dim] what is left without its names.

    `names` holds the numbers of the names it knows, `words` [words, passages] what each of its
    words adds to a passage's BM25 score, `weight` the most that all of them can add.
    """

    vector: NDArray[np.float32]
    rest: NDArray[np.float32]
    names: tuple[int, ...]
    words: NDArray[np.float32]
    weight: float


def understand(index: RetrievalIndex, question: str, encoder: SpanEncoder) -> Asked:
    """Return the question held against the index, in one pass of the encoder."""
    found = list(index.names.find(question, words(question)))
    vector, parts = encoder.encode_spans(question, _outside(question, found))
    rest = parts.sum(axis=0) if len(parts) else vector
    rest = rest / max(float(np.linalg.norm(rest)), 1e-9)
    numbers = sorted({index.names.numbers[name.key] for name in found})
    scores, weight = index.words.of_question(question)
    return Asked(vector, rest, tuple(numbers), scores, weight)


def _outside(question: str, names: Sequence[FoundName]) -> list[tuple[int, int]]:
    """Return the words of a question that are in no name."""
    return [
        (word.start, word.end)
        for word in words(question)
        if not any(name.start <= word.start < name.end for name in names)
    ]
