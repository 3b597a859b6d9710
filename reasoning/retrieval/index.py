"""What retrieval walks over: passages, their sentences, and the names that tie them together."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reasoning.retrieval.names import NameTable, capitalised, name_key, without_bracket
from reasoning.retrieval.passages import Passage, given, names_said
from reasoning.retrieval.words import WordScores, words

__all__ = ["Occurrences", "RetrievalIndex", "build_index"]


_Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Which name each sentence says: parallel arrays [n], and where each owner's rows begin.

    `about` is 1 for what a passage is about (its title, or else its first name) and falls with
    the rank of the name in the passage: 1/2 for the second name, 1/3 for the third.
    """

    name: NDArray[np.int64]
    passage: NDArray[np.int64]
    sentence: NDArray[np.int64]
    about: NDArray[np.float64]
    begins: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RetrievalIndex:
    """Everything a question is held against, in memory.

    `sentence_vectors` are [sentences, dim] and `passage_vectors` [passages, dim], unit rows, in
    the order of the passages; `sentence_begins` [passages + 1] says which rows are whose.
    `by_passage` and `by_name` are the same occurrences in two orders. For each name, `spread`
    counts the passages that say it, `claims` sums how much they are about it, and `subjects`
    counts its first rows in `by_name` that belong to passages which are about it.
    """

    passages: tuple[Passage, ...]
    passage_vectors: NDArray[np.float32]
    sentence_vectors: NDArray[np.float32]
    sentence_begins: NDArray[np.int64]
    words: WordScores
    names: NameTable
    by_passage: Occurrences
    by_name: Occurrences
    spread: NDArray[np.int64]
    claims: NDArray[np.float64]
    subjects: NDArray[np.int64]


def build_index(
    passages: Sequence[Passage],
    *,
    passage_vectors: NDArray[np.float32],
    sentence_vectors: NDArray[np.float32],
) -> RetrievalIndex:
    """Return the index of passages and their vectors.

    Names are titles, what the extractor found, and runs of capitalised words; a known name
    counts wherever a text says it. `passage_vectors` are [passages, dim], `sentence_vectors`
    [sentences, dim] with the sentences of all passages in order.
    """
    titles = [name_key(without_bracket(passage.title)) for passage in passages]
    table = NameTable.of(key for key in titles if key)
    for passage in passages:
        for found in (*given(passage), *capitalised(passage.text, words(passage.text))):
            table.add(found.key)
    begins = np.cumsum([0, *(len(passage.sentences) for passage in passages)])
    columns = _columns(passages, titles, table, begins)
    name, passage_of, _, about = columns
    _, first = np.unique(name * len(passages) + passage_of, return_index=True)
    count = len(table.keys)
    return RetrievalIndex(
        tuple(passages),
        passage_vectors,
        sentence_vectors,
        begins,
        WordScores.of([*words(p.title), *words(p.text)] for p in passages),
        table,
        by_passage=_grouped(passage_of, len(passages), columns),
        by_name=_grouped(name, count, columns),
        spread=np.bincount(name[first], minlength=count),
        claims=np.bincount(name[first], about[first], minlength=count).astype(np.float64),
        subjects=np.bincount(name[about == 1], minlength=count),
    )


def _columns(
    passages: Sequence[Passage], titles: Sequence[str], table: NameTable, begins: NDArray[np.int64]
) -> _Columns:
    """Return name, passage, sentence and aboutness of every occurrence."""
    places, abouts = array("q"), array("d")
    for number, (passage, title) in enumerate(zip(passages, titles, strict=True)):
        for said in names_said(passage, title, table):
            for sentence in said.sentences:
                places.extend((table.numbers[said.key], number, int(begins[number]) + sentence))
                abouts.append(said.about)
    rows = np.array(places, dtype=np.int64).reshape(-1, 3)
    return rows[:, 0], rows[:, 1], rows[:, 2], np.array(abouts, dtype=np.float64)


def _grouped(owner: NDArray[np.int64], owners: int, columns: _Columns) -> Occurrences:
    """Return the rows grouped by owner, what is most about its name first."""
    name, passage, sentence, about = columns
    order = np.lexsort((sentence, -about, owner))
    begins = np.searchsorted(owner[order], np.arange(owners + 1))
    return Occurrences(name[order], passage[order], sentence[order], about[order], begins)
