"""Controls: the same facts in other words, to tell inferring from remembering."""

from __future__ import annotations

from reasoning.embeddings.controls.renaming import Renaming
from reasoning.embeddings.controls.report import ControlReport, Score, against_controls
from reasoning.embeddings.controls.worlds import (
    CONTROLS,
    anonymised,
    fully_anonymised,
    inconsistent,
    virtual_world,
)

__all__ = [
    "CONTROLS",
    "ControlReport",
    "Renaming",
    "Score",
    "against_controls",
    "anonymised",
    "fully_anonymised",
    "inconsistent",
    "virtual_world",
]
