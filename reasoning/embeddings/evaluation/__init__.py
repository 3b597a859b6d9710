"""Evaluation of link prediction: filtered ranks on both sides, and triple classification."""

from __future__ import annotations

from reasoning.embeddings.evaluation.classifying import Thresholds, Verdicts, learn_thresholds
from reasoning.embeddings.evaluation.metrics import Metrics, measure
from reasoning.embeddings.evaluation.ranks import Ranks, TailScorer, rank
from reasoning.embeddings.evaluation.report import Evaluation, evaluate, valid_mrr

__all__ = [
    "Evaluation",
    "Metrics",
    "Ranks",
    "TailScorer",
    "Thresholds",
    "Verdicts",
    "evaluate",
    "learn_thresholds",
    "measure",
    "rank",
    "valid_mrr",
]
