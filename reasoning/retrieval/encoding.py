"""The vectors of a chunk and of its sentences, in one pass over the text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kgkit.facts import Chunk, Document
from reasoning.retrieval.asked import SpanEncoder

__all__ = ["encode_chunk"]


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
