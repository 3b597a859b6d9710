"""The vectors of a chunk and of its sentences, in one pass over the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from kgkit.facts import Chunk, Document
from kgkit.models.parallel import spread
from reasoning.retrieval.asked import SpanEncoder

__all__ = ["encode_chunk", "encode_chunks"]


def encode_chunks(
    encoder: SpanEncoder, chunks: Iterable[tuple[Chunk, Document]]
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Yield what `encode_chunk` gives of each chunk and its document, in order: [dim], [n, dim].

    A chunk is a pass of its own, so that its vectors do not depend on its neighbours.
    """
    return spread(lambda pair: encode_chunk(encoder, *pair), chunks)


def encode_chunk(
    encoder: SpanEncoder, chunk: Chunk, document: Document
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the vector [dim] of a chunk under its document's title, and those [n, dim] of its
    sentences.

    A sentence is the mean over its pieces in the pass over the whole ("late pooling", Günther et
    al. 2024), so that it knows what it is about.
    """
    head = f"{document.title}. " if document.title else ""
    shift = len(head) - chunk.start
    spans = [(start + shift, end + shift) for start, end in chunk.sentences]
    return encoder.encode_spans(head + chunk.text, spans)
