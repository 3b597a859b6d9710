"""The vectors of a ledger's chunks and of their sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from kgkit.errors import StoreError
from kgkit.facts import Chunk, Document
from kgkit.ids import content_id
from stores.ledger.batch import Batch
from stores.vectors.index import VectorIndex

__all__ = ["Encode", "Encoded", "VectorProjection"]

#: A chunk's vector [dim] and those of its sentences [n, dim].
Encoded = tuple[NDArray[np.float32], NDArray[np.float32]]

#: Chunks with their documents to their vectors, in the same order. These may depend on the title
#: of the document and on the text of the chunk and its sentences only.
Encode = Callable[[Iterable[tuple[Chunk, Document]]], Iterable[Encoded]]


class VectorProjection:
    """A `VectorIndex` that follows the ledger.

    A chunk's vector has the chunk's id, that of its sentence number i the id `CHUNK#i`. Chunks
    are immutable, so that one which has its vectors is not encoded again; nor is one whose words
    and title are those of another, as when a document has changed elsewhere.
    """

    def __init__(self, index: VectorIndex, encode: Encode) -> None:
        self.index = index
        self._encode = encode

    def watermark(self) -> int:
        """Return the sequence number of the ledger that the index has reached, 0 at first."""
        return self.index.watermark()

    def apply(self, batch: Batch) -> None:
        """Encode the batch's new chunks and erase what is gone, in one transaction.

        Raises `LockedError` while another process writes the index, and `StoreError` for a new
        chunk without its document.
        """
        documents = {document.id: document for document in batch.documents}
        known = self.index.known(chunk.id for chunk in batch.chunks)
        fresh = [chunk for chunk in batch.chunks if chunk.id not in known]
        if any(chunk.document_id not in documents for chunk in fresh):
            raise StoreError("A batch holds a chunk without its document; run kgkit rebuild.")
        contents = {chunk.id: _content(chunk, documents[chunk.document_id]) for chunk in fresh}
        same = self.index.made_from(contents.values())
        new = [chunk for chunk in fresh if contents[chunk.id] not in same]
        encoded = self._encode((chunk, documents[chunk.document_id]) for chunk in new)
        made = dict(zip((chunk.id for chunk in new), encoded, strict=True))
        ids: list[str] = []
        vectors: list[NDArray[np.float32]] = []
        for chunk in fresh:
            whole, sentences = made.get(chunk.id) or self._copied(chunk, same[contents[chunk.id]])
            ids += _parts(chunk.id, len(sentences))
            vectors += [whole[None], sentences]
        gone = [part for kind, id in batch.gone if kind == "chunk" for part in self.index.parts(id)]
        matrix = np.concatenate(vectors) if vectors else ()
        self.index.update(ids, matrix, remove=gone, contents=contents, watermark=batch.upto)

    def _copied(self, chunk: Chunk, twin: str) -> Encoded:
        """Return the vectors of a chunk that has the words of another."""
        rows = self.index.get(_parts(twin, len(chunk.sentences)))
        return rows[0], rows[1:]

    def clear(self) -> None:
        """Forget everything, the watermark too."""
        self.index.clear()

    def close(self) -> None:
        """Close the index; closing twice is fine."""
        self.index.close()


def _parts(chunk_id: str, sentences: int) -> list[str]:
    """Return the ids of the vectors of a chunk with so many sentences."""
    return [chunk_id, *(f"{chunk_id}#{place}" for place in range(sentences))]


def _content(chunk: Chunk, document: Document) -> str:
    """Return a hash of what the vectors of a chunk are made from."""
    spans = [(start - chunk.start, end - chunk.start) for start, end in chunk.sentences]
    return content_id("vectors", document.title, chunk.text, spans)
