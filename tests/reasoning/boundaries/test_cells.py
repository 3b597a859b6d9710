"""Each question falls into one of four cells."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reasoning.boundaries import Cell, four_cells

ROWS = st.tuples(st.booleans(), st.booleans(), st.sampled_from([True, False, None]))


def test_cells_by_knowledge_and_support() -> None:
    cells = four_cells(
        [
            (True, True, True),
            (True, False, False),
            (False, True, True),
            (False, True, None),
            (False, False, None),
        ]
    )
    assert cells.both == Cell(1, 0, 0)
    assert cells.model_only == Cell(0, 1, 0)
    assert cells.evidence_only == Cell(1, 0, 1)
    assert cells.neither == Cell(0, 0, 1)
    assert "knows, supported" in str(cells)


@given(st.lists(ROWS))
def test_every_question_is_counted_once(rows: list[tuple[bool, bool, bool | None]]) -> None:
    cells = four_cells(rows)
    parts = (cells.both, cells.evidence_only, cells.model_only, cells.neither)
    assert sum(cell.questions for cell in parts) == len(rows)
    assert cells == four_cells(reversed(rows))
