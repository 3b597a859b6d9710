"""A peer for passages found: a walk in the manner of HippoRAG 2, made again on our encoder.

Gutiérrez et al. ("From RAG to memory", 2025) join phrases that a triple names, phrases with the
passages that say them, and phrases that mean the same, and walk from the phrases of the triples
nearest to the question. What their language model does there, choosing among those triples, is
left out: it is worth 0.7 points by their own count. Everything else is as they set it: restart
at 0.5, five triples, five phrases, passages at 0.05 of their cosine, synonyms from 0.8 on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reasoning.retrieval.push import WeightedGraph, push

__all__ = ["PhraseWalk", "Triple"]

#: Texts to unit vectors [n, dim].
Encode = Callable[[Sequence[str]], NDArray[np.float32]]

_RESTART = 0.5
_TRIPLES = 5
_PHRASES = 5
_PASSAGE_WEIGHT = 0.05
_SYNONYM = 0.8
#: An edge between two phrases is entered from either of them, one to a passage once.
_BOTH_WAYS = 2.0
#: Phrases compared with all others at a time.
_BLOCK = 1024
_ODD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Triple:
    """Head, relation and tail as written, and the numbers of the passages that say so."""

    head: str
    relation: str
    tail: str
    passages: tuple[int, ...]


class PhraseWalk:
    """Passages ranked by a walk over phrases: `rank` takes the question's unit vector [dim].

    `passage_vectors` is [passages, dim]. Nodes are phrases first, passages after them.
    """

    def __init__(
        self, triples: Iterable[Triple], passage_vectors: NDArray[np.float32], encode: Encode
    ) -> None:
        self._passages = passage_vectors
        known: dict[str, int] = {}
        spoken: dict[tuple[int, int], None] = {}
        lines: dict[str, tuple[int, int]] = {}
        edges: list[tuple[int, int]] = []
        for triple in triples:
            head, tail = _phrase(triple.head), _phrase(triple.tail)
            if not head or not tail:
                continue
            pair = tuple(known.setdefault(phrase, len(known)) for phrase in (head, tail))
            lines[f"{head} {_phrase(triple.relation)} {tail}"] = (pair[0], pair[1])
            edges += [(pair[0], pair[1])] * len(triple.passages)
            spoken.update(((node, at), None) for node in pair for at in triple.passages)
        self._phrases = len(known)
        self._ends = np.array([*lines.values()], dtype=np.int64).reshape(-1, 2)
        self._lines = encode(list(lines))
        said = [(node, self._phrases + at) for node, at in spoken]
        self._spread = np.bincount(
            np.array([node for node, _ in spoken], dtype=np.int64), minlength=self._phrases
        )
        alike = list(_synonyms(encode(list(known))))
        nodes = self._phrases + len(passage_vectors)
        pairs = [*edges, *said, *((one, other) for one, other, _ in alike)]
        weights = [
            *[_BOTH_WAYS] * len(edges),
            *[1.0] * len(said),
            *(_BOTH_WAYS * cosine for _, _, cosine in alike),
        ]
        self._graph = WeightedGraph.of(nodes, pairs, weights)

    def rank(self, question: NDArray[np.float32], depth: int) -> list[int]:
        """Return the numbers of the best `depth` passages, best first; ties by number."""
        fits = self._passages @ question
        least, most = float(fits.min()), float(fits.max())
        seeds = np.zeros(len(self._graph))
        seeds[self._phrases :] = _PASSAGE_WEIGHT * (fits - least) / max(most - least, 1e-9)
        for phrase, weight in self._linked(question):
            seeds[phrase] += weight
        found = push(self._graph, seeds, damping=1 - _RESTART, tolerance=1e-8)
        scores = found[self._phrases :].round(9)
        best: list[int] = np.argsort(-scores, kind="stable")[:depth].tolist()
        return best

    def _linked(self, question: NDArray[np.float32]) -> Iterator[tuple[int, float]]:
        """Yield the phrases of the nearest triples, each with its weight: the mean cosine of its
        triples, shared out over the passages that say it."""
        fits = (self._lines @ question).round(6)
        cosines: dict[int, list[float]] = defaultdict(list)
        for line in np.argsort(-fits, kind="stable")[:_TRIPLES]:
            for phrase in self._ends[line].tolist():
                cosines[phrase].append(float(fits[line]) / max(1, int(self._spread[phrase])))
        weighed = sorted((-sum(found) / len(found), phrase) for phrase, found in cosines.items())
        yield from ((phrase, -weight) for weight, phrase in weighed[:_PHRASES] if weight < 0)


def _phrase(text: str) -> str:
    return _ODD.sub(" ", text.lower()).strip()


def _synonyms(vectors: NDArray[np.float32]) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of phrases whose cosine is at least 0.8, each once."""
    for begin in range(0, len(vectors), _BLOCK):
        cosines = (vectors[begin : begin + _BLOCK] @ vectors[begin:].T).round(5)
        rows, columns = np.nonzero(cosines >= _SYNONYM)
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            if row < column:
                yield begin + row, begin + column, float(cosines[row, column])
