"""The steps that lead on from passages: a sentence says a name, and another passage has it too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reasoning.retrieval.index import RetrievalIndex

__all__ = ["Links", "links_from"]

#: A name in more passages than this leads only to those that are about it.
_WIDEST = 25


@dataclass(frozen=True, slots=True)
class Links:
    """Steps source -> sentence -> name -> target -> landing as parallel arrays [n].

    `sentence` is a row of the source's sentences, `landing` one of the target's; `about` says
    how much the target is about the name.
    """

    source: NDArray[np.int64]
    sentence: NDArray[np.int64]
    name: NDArray[np.int64]
    target: NDArray[np.int64]
    landing: NDArray[np.int64]
    about: NDArray[np.float64]


def links_from(
    index: RetrievalIndex,
    sources: NDArray[np.int64],
    leaving: NDArray[np.float32],
    arriving: NDArray[np.float32],
) -> Links:
    """Return the links out of these passages, one for each source, name and target.

    A source speaks of a name in its sentence that is best by `leaving` [sentences], a target
    in the one that is best by `arriving` [sentences].
    """
    said = index.by_passage
    rows, _ = _ranges(said.begins[sources], said.begins[sources + 1])
    rows = rows[_best((said.passage[rows], said.name[rows]), leaving[said.sentence[rows]])]
    name = said.name[rows]
    found = index.by_name
    begin, end = found.begins[name], found.begins[name + 1]
    end = np.where(index.spread[name] > _WIDEST, begin + index.subjects[name], end)
    there, which = _ranges(begin, end)
    source, target = said.passage[rows][which], found.passage[there]
    apart = source != target
    there, which, source, target = there[apart], which[apart], source[apart], target[apart]
    keep = _best((source, name[which], target), arriving[found.sentence[there]])
    there, which = there[keep], which[keep]
    return Links(
        source[keep],
        said.sentence[rows][which],
        name[which],
        target[keep],
        found.sentence[there],
        found.about[there],
    )


def _ranges(
    begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all integers of the ranges [begin, end), and the range that each comes from."""
    sizes = ends - begins
    which = np.repeat(np.arange(len(sizes)), sizes)
    offsets = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) - offsets[which] + begins[which], which


def _best(keys: tuple[NDArray[np.int64], ...], value: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return for each distinct key the place of its highest value, in order of the keys."""
    order = np.lexsort(np.stack([-value, *keys[::-1]]))
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
    return order[first]
