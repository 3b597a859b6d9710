"""A second look at what retrieval found first, by a model that reads question and text together."""

from __future__ import annotations

from reasoning.retrieval.rerank.base import DEPTH, Reranker, rerank, texts_of
from reasoning.retrieval.rerank.registry import load_reranker

__all__ = ["DEPTH", "Reranker", "load_reranker", "rerank", "texts_of"]
