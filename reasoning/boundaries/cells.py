"""Four cells: whether a model knows, by whether the evidence supports, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Cell", "FourCells", "four_cells"]


@dataclass(frozen=True, slots=True)
class Cell:
    """How many questions of one cell were answered rightly, wrongly and not at all."""

    right: int = 0
    wrong: int = 0
    refused: int = 0

    @property
    def questions(self) -> int:
        """All questions of the cell."""
        return self.right + self.wrong + self.refused


@dataclass(frozen=True, slots=True)
class FourCells:
    """A cell for each pair of (model knows, evidence supports).

    In `both` and `evidence_only` an answer is due; in `model_only` one that the evidence does not
    bear, to be given as the model's own or not at all; in `neither` a refusal.
    """

    both: Cell
    evidence_only: Cell
    model_only: Cell
    neither: Cell

    def __str__(self) -> str:
        rows = (
            ("knows, supported", self.both),
            ("does not know, supported", self.evidence_only),
            ("knows, not supported", self.model_only),
            ("does not know, not supported", self.neither),
        )
        head = f"{'':30} {'right':>6} {'wrong':>6} {'refused':>8}"
        lines = [f"{name:30} {c.right:6} {c.wrong:6} {c.refused:8}" for name, c in rows]
        return "\n".join([head, *lines])


def four_cells(rows: Iterable[tuple[bool, bool, bool | None]]) -> FourCells:
    """Return the cells of (model knows, evidence supports, right), where right is None for a
    question that was refused.

    >>> four_cells([(False, True, True), (False, False, None)]).neither
    Cell(right=0, wrong=0, refused=1)
    """
    counts = dict.fromkeys(((k, s, r) for k in _BOTH for s in _BOTH for r in (*_BOTH, None)), 0)
    for knows, supports, right in rows:
        counts[knows, supports, right] += 1

    def cell(knows: bool, supports: bool) -> Cell:
        return Cell(*(counts[knows, supports, right] for right in (True, False, None)))

    return FourCells(cell(True, True), cell(False, True), cell(True, False), cell(False, False))


_BOTH = (True, False)
