"""The measures of synthesis, on a small world."""

from __future__ import annotations

from benchmarks.synthesising.judging import measure_grounding
from benchmarks.synthesising.repeats import measure_repeats
from benchmarks.synthesising.speed import measure_coverage, measure_speed
from tests.extractors.entigraph.worlds import world

VIEW = world(40)


def test_coverage_is_foreseen_and_speed_is_told() -> None:
    figures = measure_coverage(VIEW, tokens=20_000, seed=0)
    assert abs(figures["coverage_planned"] - figures["coverage_made"]) < 2.0
    assert measure_speed(VIEW, tokens=20_000, seed=0)["offline_mb_per_s"] > 0


def test_false_sentences_are_found() -> None:
    figures = measure_grounding(VIEW, planted_of=60, seed=0)
    assert figures["grounding_recall"] >= 90.0
    assert figures["grounding_false_alarms"] <= 5.0


def test_repeats_are_found() -> None:
    figures = measure_repeats(500, seed=0)
    assert figures["dedup_found"] >= 90.0
    assert figures["dedup_wrong"] == 0.0
