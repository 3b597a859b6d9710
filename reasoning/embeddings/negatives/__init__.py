"""Negatives: which wrong answers a model learns to tell from the right ones."""

from __future__ import annotations

from reasoning.embeddings.negatives.base import Draw, Negatives, NegativesFactory, Rejected
from reasoning.embeddings.negatives.registry import load_negatives, negatives_names

__all__ = [
    "Draw",
    "Negatives",
    "NegativesFactory",
    "Rejected",
    "load_negatives",
    "negatives_names",
]
