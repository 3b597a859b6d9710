"""A little corpus and an encoder that needs no weights: a text's vector counts its words."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.chunks import split
from kgkit.facts import Document
from reasoning.retrieval import Passage, RetrievalIndex, build_index, encode_chunk
from reasoning.retrieval.words import words

TOWN = (
    Document("lab", "Ada Berg founded the Nordlys laboratory. It studies ice.", "Nordlys"),
    Document("ada", "She was born in Vardø. Her father was a fisherman.", "Ada Berg"),
    Document("vardo", "The town lies on an island. Its harbour never freezes.", "Vardø"),
    Document("bakery", "The bakery sells rye bread. It opens before dawn.", "Town bakery"),
    Document("choir", "The choir sings on Sundays. Its leader is Per Holm.", "Town choir"),
    Document("per", "He teaches music at the school. He plays the organ.", "Per Holm"),
    Document("film", "A film about a storm at sea. It won a prize.", "Storm (film)"),
    Document("band", "A band from the coast. It split up long ago.", "Storm (band)"),
)


class WordEncoder:
    """Texts as counts of hashed words, [64]."""

    dim = 64

    def encode_spans(
        self, text: str, spans: Sequence[tuple[int, int]]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the vectors of a text and of its spans."""
        rows = [self._count(text), *(self._count(text[start:end]) for start, end in spans)]
        return rows[0], np.stack(rows)[1:]

    def _count(self, text: str) -> NDArray[np.float32]:
        row = np.full(self.dim, 0.01, dtype=np.float32)
        for word in words(text):
            row[zlib.crc32(word.folded.encode()) % self.dim] += 1
        unit: NDArray[np.float32] = row / np.linalg.norm(row)
        return unit


def indexed(documents: Sequence[Document], *, titled: bool = True) -> RetrievalIndex:
    """Return the index of documents, a chunk each, that are called by their address."""
    encoder = WordEncoder()
    passages, wholes, parts = [], [], []
    for document in documents:
        shown = document if titled else Document(document.uri, document.text)
        (chunk,) = split(shown)
        whole, sentences = encode_chunk(encoder, chunk, shown)
        passages.append(
            Passage(shown.uri, shown.uri, shown.title, chunk.text, chunk.start, chunk.sentences)
        )
        wholes.append(whole)
        parts.append(sentences)
    return build_index(
        passages, passage_vectors=np.stack(wholes), sentence_vectors=np.concatenate(parts)
    )
