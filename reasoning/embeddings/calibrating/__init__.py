"""From scores to probabilities: what comes true of facts that a model puts forward."""

from reasoning.embeddings.calibrating.calibrator import Calibrator
from reasoning.embeddings.calibrating.fitting import fit_calibrator

__all__ = ["Calibrator", "fit_calibrator"]
