"""What retrieval walks over: passages, their sentences, and the names that tie them together."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reasoning.retrieval.names import NameTable, capitalised, name_key, without_bracket
from reasoning.retrieval.passages import Passage, given, names_said, short_form
from reasoning.retrieval.words import WordScores, words

__all__ = [
    "IndexedDocument",
    "IndexedPassage",
    "Occurrences",
    "RetrievalIndex",
    "build_index",
]


_Columns = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Which name each sentence says: parallel arrays [n], and where each owner's rows begin.

    `about` is 1 for what a passage is about (its title, or else its first name) and falls with
    the rank of the name in the passage: 1/2 for the second name, 1/3 for the third.
    """

    name: NDArray[np.int32]
    passage: NDArray[np.int32]
    sentence: NDArray[np.int32]
    about: NDArray[np.float32]
    begins: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """Which chunk of which document a passage is."""

    chunk_id: str
    document_id: str


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document as filters see it: its id, its address, and what is noted about it."""

    id: str
    uri: str
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RetrievalIndex:
    """Everything a question is held against.

    `passage_vectors` are [passages, dim], unit rows. Sentences are counted through all passages:
    `sentence_begins` [passages + 1] says which are whose, `spans` [sentences, 2] where each
    stands, in document characters, and `sentence_rows` [sentences] which row of `vectors`
    [rows, dim] is its own: only those that a question leads to are read. `by_passage` and
    `by_name` are the same occurrences in two orders. For each name, `spread` counts the passages
    that say it, `claims` sums how much they are about it, and `subjects` counts its first rows in
    `by_name` that belong to passages which are about it. `documents` is what filters look at.
    """

    passages: tuple[IndexedPassage, ...]
    passage_vectors: NDArray[np.float32]
    vectors: NDArray[np.float32]
    sentence_rows: NDArray[np.int64]
    sentence_begins: NDArray[np.int64]
    spans: NDArray[np.int64]
    words: WordScores
    names: NameTable
    by_passage: Occurrences
    by_name: Occurrences
    spread: NDArray[np.int64]
    claims: NDArray[np.float64]
    subjects: NDArray[np.int64]
    documents: tuple[IndexedDocument, ...] = ()

    def sentence_vectors(self, sentences: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return the unit vectors [n, dim] of these sentences [n]."""
        found: NDArray[np.float32] = self.vectors[self.sentence_rows[sentences]]
        return found


def build_index(
    passages: Sequence[Passage],
    *,
    passage_vectors: NDArray[np.float32],
    sentence_vectors: NDArray[np.float32],
    sentence_rows: NDArray[np.int64] | None = None,
    documents: Iterable[IndexedDocument] = (),
) -> RetrievalIndex:
    """Return the index of passages and their vectors.

    Names are titles, what the extractor found, and runs of capitalised words; a known name
    counts wherever a text says it. `passage_vectors` are [passages, dim], `sentence_vectors`
    [rows, dim] hold the sentences of all passages, in order or at `sentence_rows` [sentences].
    """
    titles = [name_key(without_bracket(passage.title)) for passage in passages]
    table = NameTable.of(key for key in titles if key)
    for passage, title in zip(passages, titles, strict=True):
        found = [*given(passage), *capitalised(passage.text, words(passage.text))]
        for name in found:
            table.add(name.key)
        first = min(found, key=lambda name: (name.start, -name.end), default=None)
        if not title and first and short_form(first.key):
            table.add(short_form(first.key))
    begins = np.cumsum([0, *(len(passage.sentences) for passage in passages)])
    columns = _columns(passages, titles, table, begins)
    name_of, passage_of, _, about = columns
    _, first_row = np.unique(name_of * len(passages) + passage_of, return_index=True)
    count = len(table.keys)
    claims = np.bincount(name_of[first_row], about[first_row], minlength=count)
    spans = [span for passage in passages for span in passage.sentences]
    return RetrievalIndex(
        tuple(IndexedPassage(passage.chunk_id, passage.document_id) for passage in passages),
        passage_vectors,
        sentence_vectors,
        np.arange(len(spans)) if sentence_rows is None else sentence_rows,
        begins,
        np.array(spans, dtype=np.int64).reshape(-1, 2),
        WordScores.of([*words(p.title), *words(p.text)] for p in passages),
        table,
        by_passage=_grouped(passage_of, len(passages), columns),
        by_name=_grouped(name_of, count, columns),
        spread=np.bincount(name_of[first_row], minlength=count),
        claims=claims.astype(np.float64),
        subjects=np.bincount(name_of[about == 1], minlength=count),
        documents=tuple(documents),
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
    return Occurrences(
        name[order].astype(np.int32),
        passage[order].astype(np.int32),
        sentence[order].astype(np.int32),
        about[order].astype(np.float32),
        begins,
    )
