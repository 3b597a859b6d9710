"""The walk: from passages that fit the question, over names, to those that complete it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reasoning.retrieval.asked import Asked
from reasoning.retrieval.index import RetrievalIndex
from reasoning.retrieval.links import Links, cosines, links_from

__all__ = [
    "FEATURES",
    "LEARNT",
    "SOURCES",
    "Walked",
    "Weights",
    "features",
    "highest",
    "stay",
    "walk",
]

#: From how many passages a step begins.
SOURCES = 30

#: What a step is judged by, in the order of `Weights.step`.
FEATURES = ("clear", "about", "joint", "new", "rest")


@dataclass(frozen=True, slots=True)
class Weights:
    """A step's strength is step . features + carry x the score of its source + bias.

    `sharpness` says how far parallel ways to a passage count as one: at infinity only the best
    of them counts, at 0 their number.
    """

    step: tuple[float, ...]
    carry: float
    bias: float
    sharpness: float = 1.5


#: Learnt by `reasoning.retrieval.train` on 391 questions over Wikipedia; see its docstring.
LEARNT = Weights(step=(2.129, 1.474, 0.993, 10.237, 4.739), carry=0.472, bias=4.232)


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a walk came to: `scores` [passages], its links, and the strength of each."""

    scores: NDArray[np.float64]
    links: Links
    strength: NDArray[np.float64]


def walk(
    index: RetrievalIndex, asked: Asked, seeds: NDArray[np.float64], weights: Weights = LEARNT
) -> Walked:
    """Return the scores after a step from the best passages by `seeds` [passages].

    score(p) = log( exp(s seed(p)) + sum over links to p of exp(s strength(link)) ) / s, with s
    the sharpness: a passage is as good as what speaks for it best, alone or at the end of a
    path, and a little better for every other path. The carry is below 1, so that a step's end
    does not push out its source. A second step was measured, and gains nothing.
    """
    links = links_from(index, highest(seeds, SOURCES), asked)
    found = features(index, asked, links)
    strength = found @ np.array(weights.step) + weights.carry * seeds[links.source] + weights.bias
    return Walked(_joined(seeds, links.target, strength, weights.sharpness), links, strength)


def stay(seeds: NDArray[np.float64]) -> Walked:
    """Return what a walk of no step comes to: the seeds [passages] themselves."""
    none, never = np.zeros(0, dtype=np.int32), np.zeros(0)
    return Walked(
        seeds, Links(none, none, none, none, none, never.astype(np.float32), never, never), never
    )


def highest(scores: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Return the places [n] of the `count` highest scores, best first; ties by place."""
    rounded = scores.round(6)
    if count < len(rounded):
        least = np.partition(rounded, len(rounded) - count)[len(rounded) - count]
        places = np.flatnonzero(rounded >= least)
    else:
        places = np.arange(len(rounded))
    return places[np.argsort(-rounded[places], kind="stable")][:count]


def features(index: RetrievalIndex, asked: Asked, links: Links) -> NDArray[np.float64]:
    """Return [links, 5]: what speaks for each step, by `FEATURES`.

    clear: minus the log of how many passages say the name. about: the log of how much the
    target is about it. joint: the cosine of the question with both sentences together. new: the
    part of the question's words, by BM25, that the target adds to the source. rest: the cosine
    of the target's sentence with the question without its names.
    """
    likeness = _likeness(index, links.sentence, links.landing)
    both = links.leaving + cosines(index, links.landing, asked.vector)
    joint = both / np.sqrt(np.maximum(2 + 2 * likeness, 1e-6))
    gained = asked.words[:, links.target] - asked.words[:, links.source]
    new = np.maximum(gained, 0).sum(axis=0) / max(asked.weight, 1e-9)
    clear = -np.log(index.spread[links.name])
    return np.stack([clear, np.log(links.about), joint, new, links.arriving], axis=1)


def _likeness(
    index: RetrievalIndex, one: NDArray[np.int32], other: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return the cosine of each pair of sentences, [n]."""
    pairs, where = np.unique(np.stack([one, other]), axis=1, return_inverse=True)
    vectors = index.sentence_vectors(pairs[0]), index.sentence_vectors(pairs[1])
    likeness: NDArray[np.float64] = np.einsum("nd,nd->n", *vectors).astype(np.float64)
    return likeness.round(5)[where]


def _joined(
    seeds: NDArray[np.float64],
    target: NDArray[np.int32],
    strength: NDArray[np.float64],
    sharpness: float,
) -> NDArray[np.float64]:
    """Return the logarithm of the sum of a passage's own score and of all that leads to it."""
    top = np.maximum(seeds, _highest(target, strength, len(seeds)))
    ways = np.bincount(target, np.exp(sharpness * (strength - top[target])), minlength=len(seeds))
    joined: NDArray[np.float64] = top + np.log(np.exp(sharpness * (seeds - top)) + ways) / sharpness
    return joined


def _highest(
    target: NDArray[np.int32], strength: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    highest = np.full(count, -np.inf)
    np.maximum.at(highest, target, strength)
    return highest
