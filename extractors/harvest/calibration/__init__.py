"""From scores to probabilities that mean what they say, and where to stop believing."""

from __future__ import annotations

from extractors.harvest.calibration.curves import Curve, fit_curve
from extractors.harvest.calibration.thresholds import expected_threshold, gold_threshold

__all__ = ["Curve", "expected_threshold", "fit_curve", "gold_threshold"]
