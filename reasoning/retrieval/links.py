"""The steps that lead on from passages: a sentence says a name, and another passage has it too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reasoning.retrieval.asked import Asked
from reasoning.retrieval.index import RetrievalIndex
from reasoning.retrieval.ranges import ranges

__all__ = ["Links", "cosines", "links_from"]

#: A name in more passages than this leads only to those that are about it.
_WIDEST = 25


@dataclass(frozen=True, slots=True)
class Links:
    """Steps source -> sentence -> name -> target -> landing as parallel arrays [n].

    `sentence` is one of the source's sentences, `landing` one of the target's; `about` says how
    much the target is about the name. `leaving` is the cosine of the question with `sentence`,
    `arriving` that of what is left of it without its names with `landing`.
    """

    source: NDArray[np.int32]
    sentence: NDArray[np.int32]
    name: NDArray[np.int32]
    target: NDArray[np.int32]
    landing: NDArray[np.int32]
    about: NDArray[np.float32]
    leaving: NDArray[np.float64]
    arriving: NDArray[np.float64]


def links_from(index: RetrievalIndex, sources: NDArray[np.int64], asked: Asked) -> Links:
    """Return the links out of these passages, one for each source, name and target.

    A source speaks of a name in its sentence that fits the question best, a target in the one
    that best fits the question without its names.
    """
    said = index.by_passage
    rows, _ = ranges(said.begins[sources], said.begins[sources + 1])
    leaving = cosines(index, said.sentence[rows], asked.vector)
    best = _best((said.passage[rows], said.name[rows]), leaving)
    rows, leaving = rows[best], leaving[best]
    name = said.name[rows]
    found = index.by_name
    begin, end = found.begins[name], found.begins[name + 1]
    end = np.where(index.spread[name] > _WIDEST, begin + index.subjects[name], end)
    there, which = ranges(begin, end)
    source, target = said.passage[rows][which], found.passage[there]
    apart = source != target
    there, which, source, target = there[apart], which[apart], source[apart], target[apart]
    arriving = cosines(index, found.sentence[there], asked.rest)
    keep = _best((source, name[which], target), arriving)
    there, which = there[keep], which[keep]
    return Links(
        source[keep],
        said.sentence[rows][which],
        name[which],
        target[keep],
        found.sentence[there],
        found.about[there],
        leaving[which],
        arriving[keep],
    )


def cosines(
    index: RetrievalIndex, sentences: NDArray[np.integer], vector: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return the cosines [n] of a unit vector with sentences [n], which may come twice.

    They are rounded to 5 decimals, so that none depends on which others are asked for.
    """
    each, where = np.unique(sentences, return_inverse=True)
    fits: NDArray[np.float64] = (index.sentence_vectors(each) @ vector).astype(np.float64)
    return fits.round(5)[where]


def _best(keys: tuple[NDArray[np.int32], ...], value: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return for each distinct key the place of its highest value, in order of the keys."""
    order = np.lexsort(np.stack([-value, *keys[::-1]]))
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
    return order[first]
