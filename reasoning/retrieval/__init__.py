"""Retrieval: meaning, words and names, and a walk over names that the question directs."""

from __future__ import annotations

from reasoning.retrieval.encoding import encode_chunk, encode_chunks
from reasoning.retrieval.index import RetrievalIndex, build_index
from reasoning.retrieval.ledger import index_ledger
from reasoning.retrieval.passages import Passage
from reasoning.retrieval.retrieve import Hit, ScoredSentence, Via, retrieve

__all__ = [
    "Hit",
    "Passage",
    "RetrievalIndex",
    "ScoredSentence",
    "Via",
    "build_index",
    "encode_chunk",
    "encode_chunks",
    "index_ledger",
    "retrieve",
]
