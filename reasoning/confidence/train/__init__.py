"""Learning how sure answers are from questions with known answers."""

from __future__ import annotations

from reasoning.confidence.train.fit import Kept, fit, held_out_probabilities

__all__ = ["Kept", "fit", "held_out_probabilities"]
