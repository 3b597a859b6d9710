"""Scorers: how plausible a triple is, from the vectors of its parts."""

from __future__ import annotations

from reasoning.embeddings.scorers.base import DistanceScorer, DotScorer, Scorer, ScorerFactory
from reasoning.embeddings.scorers.complex import ComplEx
from reasoning.embeddings.scorers.distmult import DistMult
from reasoning.embeddings.scorers.registry import load_scorer, scorer_names
from reasoning.embeddings.scorers.rescal import RESCAL
from reasoning.embeddings.scorers.rotate import RotatE
from reasoning.embeddings.scorers.transe import TransE
from reasoning.embeddings.scorers.tucker import TuckER

__all__ = [
    "RESCAL",
    "ComplEx",
    "DistMult",
    "DistanceScorer",
    "DotScorer",
    "RotatE",
    "Scorer",
    "ScorerFactory",
    "TransE",
    "TuckER",
    "load_scorer",
    "scorer_names",
]
