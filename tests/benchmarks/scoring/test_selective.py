"""Coverage at an accuracy, by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.scoring.selective import Scored, coverage_at, curve


def test_coverage_counts_all_questions() -> None:
    scored = [
        Scored(True, 0.9, True),
        Scored(True, 0.8, True),
        Scored(True, 0.7, False),
        Scored(True, 0.6, True),
        Scored(False, 0.0, False),
    ]
    assert coverage_at(scored, 0.9) == 40.0
    assert coverage_at(scored, 0.75) == 80.0
    assert curve(scored)[-1] == {"confidence": 0.9, "coverage": 20.0, "accuracy": 100.0}


def test_equally_sure_answers_go_together() -> None:
    scored = [Scored(True, 0.5, True), Scored(True, 0.5, False)]
    assert coverage_at(scored, 0.9) == 0.0
    assert coverage_at(scored, 0.5) == 100.0


SCORED = st.builds(Scored, st.booleans(), st.sampled_from([0.1, 0.5, 0.9]), st.booleans())


@given(st.lists(SCORED))
def test_less_accuracy_covers_more(scored: list[Scored]) -> None:
    assert coverage_at(scored, 0.9) <= coverage_at(scored, 0.8) <= 100.0
