"""Losses: softmax, binary cross-entropy, margin, self-adversarial and InfoNCE."""

from __future__ import annotations

from reasoning.embeddings.losses.base import Loss
from reasoning.embeddings.losses.binary import BinaryCrossEntropy
from reasoning.embeddings.losses.info_nce import InfoNCE
from reasoning.embeddings.losses.margin import Margin
from reasoning.embeddings.losses.registry import load_loss, loss_names
from reasoning.embeddings.losses.self_adversarial import SelfAdversarial
from reasoning.embeddings.losses.softmax import Softmax

__all__ = [
    "BinaryCrossEntropy",
    "InfoNCE",
    "Loss",
    "Margin",
    "SelfAdversarial",
    "Softmax",
    "load_loss",
    "loss_names",
]
