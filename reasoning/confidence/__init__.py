"""How sure an answer is, as a probability that was learnt, and when it is better to refuse."""

from __future__ import annotations

from reasoning.confidence.settling import confidence_of, settled

__all__ = ["confidence_of", "settled"]
