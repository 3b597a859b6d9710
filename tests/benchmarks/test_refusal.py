"""Figures of answers given and withheld, by hand."""

from __future__ import annotations

from benchmarks.refusal import figures
from benchmarks.scoring.selective import Scored


def test_figures_of_answers() -> None:
    known = [
        Scored(True, 0.9, True),
        Scored(True, 0.8, True),
        Scored(True, 0.4, False),
        Scored(False, 0.1, False),
    ]
    unknown = [Scored(False, 0.0, False), Scored(True, 0.5, False)]
    found = figures(known, unknown)
    assert found["coverage_at_80"] == found["coverage_at_90"] == 50.0
    assert (found["answered"], found["over_refusal"]) == (75.0, 25.0)
    assert (found["accuracy"], found["accuracy_all"]) == (66.7, 50.0)
    assert (found["under_refusal"], found["unanswerable_refused"]) == (50.0, 50.0)
