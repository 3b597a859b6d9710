"""Confidence is computed from evidence: kind, score and agreement."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.evidence import (
    Evidence,
    ImportEvidence,
    ModelEvidence,
    PersonEvidence,
    PredictionEvidence,
    RuleEvidence,
    TextEvidence,
    combine,
)

scores = st.floats(0, 1, allow_nan=False)
names = st.sampled_from("abc")


@st.composite
def pieces(draw: st.DrawFn) -> Evidence:
    name, score = draw(names), draw(scores)
    made: Sequence[Evidence] = (
        TextEvidence(name, "chunk", 0, 1, "mini", score),
        ModelEvidence(name, ("prompt",), score=score),
        RuleEvidence(name, (), score),
        PredictionEvidence(name, score),
        ImportEvidence(name, score=score),
        PersonEvidence(name, score=score),
    )
    return draw(st.sampled_from(made))


@given(st.lists(pieces(), max_size=6), st.randoms(use_true_random=False))
def test_confidence_is_a_probability_whatever_the_order(
    evidence: list[Evidence], random: object
) -> None:
    confidence = combine(evidence)
    assert 0 <= confidence <= 1
    random.shuffle(evidence)  # type: ignore[attr-defined]
    assert combine(evidence) == confidence


@given(st.lists(pieces(), max_size=5), pieces())
def test_more_evidence_never_lowers_confidence(evidence: list[Evidence], more: Evidence) -> None:
    assert combine([*evidence, more]) >= combine(evidence)


@given(pieces())
def test_one_source_counts_once(piece: Evidence) -> None:
    assert combine([piece, piece]) == combine([piece])


def test_no_evidence_is_no_confidence() -> None:
    assert combine([]) == 0


def test_two_documents_agree_and_one_document_repeats() -> None:
    said = TextEvidence("d1", "c1", 0, 9, "mini", 0.5)
    again = TextEvidence("d1", "c2", 40, 49, "mini", 0.5)
    elsewhere = TextEvidence("d2", "c3", 0, 9, "mini", 0.5)
    assert combine([said, again]) == 0.5
    assert combine([said, elsewhere]) == 0.75


@pytest.mark.parametrize(
    "piece",
    [
        TextEvidence("d", "c", 0, 1, "mini"),
        ModelEvidence("m", ()),
        PredictionEvidence("run", 1.0),
    ],
)
def test_what_is_read_believed_or_predicted_is_never_certain(piece: Evidence) -> None:
    assert combine([piece]) < 1


def test_a_person_can_be_certain() -> None:
    assert combine([PersonEvidence("Ada", "2026-01-01")]) == 1


def test_two_harvests_of_one_model_are_one_source() -> None:
    first = ModelEvidence("mini#capital-1f", ("{0} has the capital {1}.",), score=0.5)
    second = ModelEvidence("mini#capital-2e", ("{1} is the capital of {0}.",), score=0.4)
    assert combine([first, second]) == combine([first])
    assert combine([first, ModelEvidence("hf:bert", (), score=0.5)]) == 0.75
