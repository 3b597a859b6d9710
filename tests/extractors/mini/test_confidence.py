"""The extractor's scores are the probabilities that the map gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.chunks import split
from extractors.mini.confidence import (
    FEATURES,
    Confidence,
    features_of,
    load_confidence,
    save_confidence,
    with_probabilities,
)
from extractors.mini.extractor import MiniExtractor
from kgkit.errors import ModelError
from kgkit.evidence import PersonEvidence, TextEvidence
from kgkit.facts import Document, Entity, Fact


def scores(facts: tuple[Fact, ...]) -> list[float]:
    """Return the score of every piece of evidence, by fact."""
    return [e.score for fact in facts for e in fact.evidence if isinstance(e, TextEvidence)]


def test_only_the_scores_change() -> None:
    document = Document("a.txt", "Ada Lovelace was born in London in 1815 and met Charles Babbage.")
    raw = MiniExtractor(relations=False, calibrated=False).extract(document, split(document))
    found = MiniExtractor(relations=False).extract(document, split(document))
    assert found.mentions == raw.mentions
    assert [fact.id for fact in found.facts] == [fact.id for fact in raw.facts]
    model = load_confidence()
    assert scores(found.facts) == [
        model.probability(features_of(fact, e))
        for fact in raw.facts
        for e in fact.evidence
        if isinstance(e, TextEvidence)
    ]
    assert scores(raw.facts)


def test_evidence_of_other_extractors_is_left_alone() -> None:
    said = TextEvidence("d", "c", 0, 3, "other/1", 0.5)
    ada = Entity.named("Ada", "Person")
    fact = Fact(ada, "MET", ada, evidence=(said, PersonEvidence("me")))
    assert with_probabilities([fact]) == (fact,)


def test_a_higher_score_and_a_shorter_span_are_surer() -> None:
    ada = Entity.named("Ada", "Person")

    def sure(score: float, end: int) -> float:
        said = TextEvidence("d", "c", 0, end, "mini/1", score)
        (fact,) = with_probabilities([Fact(ada, "MET", ada, evidence=(said,))])
        return scores((fact,))[0]

    assert sure(0.9, 60) > sure(0.5, 60)
    assert sure(0.9, 60) > sure(0.9, 200)
    assert 0.0 < sure(0.0, 10_000) < sure(1.0, 1) < 1.0


def test_a_model_is_written_and_read_back(tmp_path: Path) -> None:
    made = Confidence(tuple(0.5 * n for n in range(len(FEATURES))), -1.0)
    save_confidence(made, tmp_path / "model.json")
    assert load_confidence(tmp_path / "model.json") == made


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"weights": []}', '{"features": ["score"], "weights": [1]}', "{"]
)
def test_a_damaged_model_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "model.json"
    path.write_text(text)
    with pytest.raises(ModelError, match="calibration"):
        load_confidence(path)


def test_a_missing_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no calibration"):
        load_confidence(tmp_path / "none.json")
