"""Retrieval: meaning, words and names, and a walk over names that the question directs."""

from __future__ import annotations

from reasoning.retrieval.encoding import encode_chunk, encode_chunks
from reasoning.retrieval.index import RetrievalIndex, build_index
from reasoning.retrieval.ledger import drop_stale_index, index_ledger, open_index
from reasoning.retrieval.passages import Passage
from reasoning.retrieval.retrieve import VOICES, Hit, ScoredSentence, Via, retrieve
from reasoning.retrieval.where import Where

__all__ = [
    "VOICES",
    "Hit",
    "Passage",
    "RetrievalIndex",
    "ScoredSentence",
    "Via",
    "Where",
    "build_index",
    "drop_stale_index",
    "encode_chunk",
    "encode_chunks",
    "index_ledger",
    "open_index",
    "retrieve",
]
