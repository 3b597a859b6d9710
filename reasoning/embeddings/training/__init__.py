"""Training: a loop without a data loader, updates of touched rows only, resumable to the byte."""

from __future__ import annotations

from reasoning.embeddings.training.curve import Epoch, Trained
from reasoning.embeddings.training.run import Run
from reasoning.embeddings.training.train import train

__all__ = ["Epoch", "Run", "Trained", "train"]
