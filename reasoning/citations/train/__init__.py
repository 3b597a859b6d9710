"""Learning how citations are weighed, from sentences whose truth is known."""

from __future__ import annotations

from reasoning.citations.train.planting import Case, Kind, plant

__all__ = ["Case", "Kind", "plant"]
