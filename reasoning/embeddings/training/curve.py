"""What a training says of itself: one record an epoch, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.presets import Preset

__all__ = ["Epoch", "Progress", "Trained"]


@dataclass(frozen=True, slots=True)
class Epoch:
    """One epoch, counted from 1: the mean loss of a positive, the MRR on validation triples (None
    where there was no validation), positives a second, and the seconds of training so far."""

    number: int
    loss: float
    mrr: float | None
    positives_per_second: float
    seconds: float


#: Called after each epoch.
Progress = Callable[[Epoch], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """The model with the vectors of its best epoch, and the curve of all epochs.

    `best` is the number of that epoch; without validation triples it is the last. `stopped` says
    why the training ended: "epochs", "patience" or "minutes".
    """

    model: EmbeddingModel
    curve: tuple[Epoch, ...]
    best: int
    stopped: str
    preset: Preset
    seed: int

    @property
    def mrr(self) -> float | None:
        """The validation MRR of the best epoch, None without validation."""
        return max((e.mrr for e in self.curve if e.mrr is not None), default=None)

    @property
    def positives_per_second(self) -> float:
        """The median over epochs."""
        rates = sorted(epoch.positives_per_second for epoch in self.curve)
        return rates[len(rates) // 2] if rates else 0.0
