"""Knowledge boundaries: does a model know what it knows, and does it heed what it is shown?"""

from __future__ import annotations

from reasoning.boundaries.cells import Cell, FourCells, four_cells
from reasoning.boundaries.judging import Judged, judge_all
from reasoning.boundaries.perceiving import Perception, perception

__all__ = [
    "Cell",
    "FourCells",
    "Judged",
    "Perception",
    "four_cells",
    "judge_all",
    "perception",
]
