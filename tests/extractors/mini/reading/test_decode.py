"""The best span of scores."""

from __future__ import annotations

import torch
from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.reading.decode import best_span
from extractors.mini.reading.network import Scores

ROWS = st.lists(st.lists(st.floats(-20, 20, width=32), min_size=3, max_size=3), min_size=1)


@given(ROWS, st.floats(-20, 20, width=32))
def test_no_span_is_better_and_rounding_decides_nothing(rows: list[list[float]], no: float) -> None:
    spans, null = torch.tensor(rows), torch.tensor(no)
    found = best_span(Scores(spans, null))
    longer = spans + torch.tensor([0.0, 0.05, 0.1])
    assert abs(float(longer[found.first, found.last - found.first] - longer.max())) <= 1e-3
    assert found.peak <= 0.0


def test_rounding_decides_nothing() -> None:
    first = Scores(torch.tensor([[1.0, -torch.inf], [1.00001, -torch.inf]]), torch.tensor(0.0))
    second = Scores(torch.tensor([[1.0, -torch.inf], [0.99999, -torch.inf]]), torch.tensor(0.0))
    assert best_span(first) == best_span(second)
