"""The retrieval index of a ledger and its vectors."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from kgkit.facts import Mention
from reasoning.retrieval.index import IndexedDocument, RetrievalIndex, build_index
from reasoning.retrieval.keeping import drop_older, load_index, save_index
from reasoning.retrieval.names import name_key
from reasoning.retrieval.passages import Passage
from reasoning.retrieval.vector_rows import VectorRows
from stores.ledger import Ledger
from stores.vectors import VectorIndex

__all__ = ["drop_stale_index", "index_ledger", "open_index"]

#: Kept indexes of another make are made again.
_FORM = 1


def open_index(
    ledger: Ledger, vectors: VectorIndex, root: Path, *, read_only: bool = False
) -> RetrievalIndex:
    """Return the index of a ledger as it is now, read from the folder `root` where it is there.

    Else it is made, and kept for the next process unless `read_only`.
    """
    state = _state(ledger)
    rows = VectorRows.of(vectors)
    kept = load_index(root, state, rows)
    if kept is not None:
        return kept
    made = _made(ledger, rows)
    if made.passages and not read_only and state == _state(ledger):
        save_index(made, root, state)
    return made


def drop_stale_index(ledger: Ledger, root: Path, *, every: bool = False) -> None:
    """Delete what is kept in the folder `root`, unless it is of the ledger as it is now; with
    `every` that too."""
    if root.is_dir():
        drop_older(root, "" if every else _state(ledger))


def index_ledger(ledger: Ledger, vectors: VectorIndex) -> RetrievalIndex:
    """Return the index of a ledger's chunks, in order of their ids.

    `vectors` holds the vector of a chunk under its id and that of its sentence i under
    "CHUNK#i"; a chunk without all of its vectors is left out.
    """
    return _made(ledger, VectorRows.of(vectors))


def _state(ledger: Ledger) -> str:
    return f"{_FORM}-{ledger.identity() or 'unnamed'}-{ledger.sequence()}"


def _made(ledger: Ledger, vectors: VectorRows) -> RetrievalIndex:
    titles: dict[str, str] = {}
    documents = []
    for document in ledger.documents():
        titles[document.id] = document.title
        documents.append(IndexedDocument(document.id, document.uri, dict(document.metadata)))
    names: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for mention in ledger.mentions():
        if mention.kind == "name":
            names[mention.chunk_id].append((mention.start, mention.end, _name_of(mention)))
    passages: list[Passage] = []
    whole: list[int] = []
    parts: list[int] = []
    for chunk in ledger.chunks():
        rows = vectors.find(chunk.id, len(chunk.sentences))
        if rows is not None:
            found = tuple(sorted(names[chunk.id]))
            passages.append(Passage.of(chunk, titles[chunk.document_id], found))
            whole.append(rows[0])
            parts += rows[1:]
    return build_index(
        passages,
        passage_vectors=vectors.matrix[np.array(whole, dtype=np.int64)],
        sentence_vectors=vectors.matrix,
        sentence_rows=np.array(parts, dtype=np.int64),
        documents=documents,
    )


def _name_of(mention: Mention) -> str:
    """Return the name that a mention stands for: the entity's where that only says it in full.

    Any other name that the extractor gives the entity may be somebody else's.
    """
    said, full = name_key(mention.text).split(), name_key(mention.entity.name).split()
    return mention.entity.name if set(said) <= set(full) else mention.text
