"""The retrieval index of a ledger and its vectors."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from reasoning.retrieval.index import RetrievalIndex, build_index
from reasoning.retrieval.passages import Passage
from stores.ledger import Ledger
from stores.vectors import VectorIndex

__all__ = ["index_ledger"]


def index_ledger(ledger: Ledger, vectors: VectorIndex) -> RetrievalIndex:
    """Return the index of a ledger's chunks, in order of their ids.

    `vectors` holds the vector of a chunk under its id and that of its sentence i under
    "CHUNK#i"; a chunk without all of its vectors is left out.
    """
    ids, matrix = vectors.matrix()
    rows = {id: row for row, id in enumerate(ids)}
    titles = {document.id: document.title for document in ledger.documents()}
    names: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for mention in ledger.mentions():
        names[mention.chunk_id].append((mention.start, mention.end, mention.entity.name))
    passages: list[Passage] = []
    whole: list[int] = []
    parts: list[int] = []
    for chunk in ledger.chunks():
        sentences = [rows.get(f"{chunk.id}#{i}", -1) for i in range(len(chunk.sentences))]
        if chunk.id in rows and -1 not in sentences:
            found = tuple(sorted(names[chunk.id]))
            passages.append(Passage.of(chunk, titles[chunk.document_id], found))
            whole.append(rows[chunk.id])
            parts += sentences
    return build_index(
        passages,
        passage_vectors=matrix[np.array(whole, dtype=np.int64)],
        sentence_vectors=matrix[np.array(parts, dtype=np.int64)],
    )
