"""The benchmark of typed values: its data, and how it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import values
from benchmarks.values import read_rows, score

_FOLDER = Path(values.__file__).parent


@pytest.mark.parametrize("name", ["values", "values_second", "values_third"])
def test_the_annotated_characters_are_in_the_texts(name: str) -> None:
    rows = read_rows(_FOLDER / f"{name}.jsonl")
    assert rows
    for text, gold in rows:
        spans = [(start, end) for start, end, *_ in gold]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_value_counts_where_all_of_it_is_right() -> None:
    text = "The peak is 3 km high, since 1999."
    right = [(12, 16, "quantity", "3", "km"), (29, 33, "gYear", "1999", None)]
    wrong = [(12, 16, "quantity", "3", "mi"), (29, 33, "gYear", "1999", None)]
    assert score([(text, [*right])])["f1"] == 100.0
    figures = score([(text, [*wrong])])
    assert (figures["precision"], figures["recall"]) == (50.0, 50.0)
    assert (figures["f1_span"], figures["f1_quantity"], figures["f1_gYear"]) == (100.0, 0.0, 100.0)


def test_what_is_found_is_nearly_all_there_is() -> None:
    for name in ("values", "values_second", "values_third"):
        assert score(read_rows(_FOLDER / f"{name}.jsonl"))["f1"] >= 90.0
