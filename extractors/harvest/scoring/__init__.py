"""Scores of given tuples: the paper's compatibility and one corrected for frequent names."""

from extractors.harvest.scoring.casing import casings
from extractors.harvest.scoring.score import Score, Scoring, score

__all__ = ["Score", "Scoring", "casings", "score"]
