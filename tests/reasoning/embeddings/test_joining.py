"""Joining: one list of what several voices put forward."""

from __future__ import annotations

import pytest

from kgkit.errors import InputError
from kgkit.evidence import ModelEvidence, PredictionEvidence, TextEvidence
from kgkit.facts import Fact
from reasoning.embeddings.joining import join
from tests.reasoning.embeddings.family import ENTITIES, family

ADA, BEN, CLEO, DAN, OSLO, ROME = ENTITIES


def text(score: float) -> TextEvidence:
    """Return what a text says."""
    return TextEvidence("d", "c", 0, 5, "reader/1", score)


def said(fact: Fact, score: float) -> Fact:
    """Return the fact as a text says it."""
    return fact.with_evidence(text(score))


HOME = Fact(DAN, "LIVES_IN", ROME)


def test_voices_that_agree_are_one_completion() -> None:
    model = HOME.with_evidence(ModelEvidence("lm", ("Dan lives in",), score=0.5))
    (one,) = join([said(HOME, 0.6)], [model])
    assert one.probability == 0.8
    assert one.voices == {"model": 0.5, "text": 0.6}
    assert str(one) == "(Dan)-[LIVES_IN]->(Rome)  0.80 (model 0.50, text 0.60)"


def test_the_graphs_model_speaks_to_all_that_it_knows() -> None:
    model = family((3, 1, 5))
    believed = model.probability(DAN, "LIVES_IN", ROME)
    other = Fact(DAN, "BORN_IN", ROME)
    both, alone = join([said(HOME, 0.6), said(other, 0.6)], model=model)
    assert PredictionEvidence("table-1", believed) in both.fact.evidence
    assert both.voices["prediction"] == min(0.9, believed)
    assert alone.voices == {"text": 0.6}
    old = HOME.with_evidence(PredictionEvidence("table-1", 0.1), text(0.6))
    assert join([old], model=model).items == (both,)  # its word of before is not heard twice


def test_what_is_known_or_unlikely_is_left_out() -> None:
    sure, unsure = said(HOME, 0.7), said(Fact(BEN, "LIVES_IN", ROME), 0.2)
    assert join([sure, unsure], known=[HOME]).items == ()
    assert join([sure, unsure]).facts == (sure,)
    assert [item.probability for item in join([sure, unsure], least=0.0)] == [0.7, 0.2]
    assert len(join([sure, unsure], least=0.0, top=1)) == 1
    assert str(join()) == "nothing to add"
    (row,) = join([sure]).to_dict()
    assert (row["head"], row["tail"], row["voices"]) == ("Dan", "Rome", {"text": 0.7})


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(InputError, match="has no evidence"):
        join([HOME])
    with pytest.raises(InputError, match="least=2"):
        join(least=2)
