"""The extractor's scores are the probabilities that the map gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.calibration import Calibration
from extractors.chunks import split
from extractors.mini.confidence import (
    calibrated,
    load_calibration,
    save_calibration,
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
    assert scores(found.facts) == [calibrated(score) for score in scores(raw.facts)]
    assert scores(raw.facts)


def test_evidence_of_other_extractors_is_left_alone() -> None:
    said = TextEvidence("d", "c", 0, 3, "other/1", 0.5)
    ada = Entity.named("Ada", "Person")
    fact = Fact(ada, "MET", ada, evidence=(said, PersonEvidence("me")))
    assert with_probabilities([fact]) == (fact,)


def test_a_map_is_written_and_read_back(tmp_path: Path) -> None:
    made = Calibration(((0.25, 0.5), (0.75, 0.9)))
    save_calibration(made, tmp_path / "map.json")
    assert load_calibration(tmp_path / "map.json") == made


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"knots": []}', '{"knots": [[0.5, 7]]}', "{"])
def test_a_damaged_map_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "map.json"
    path.write_text(text)
    with pytest.raises(ModelError, match="calibration"):
        load_calibration(path)


def test_a_missing_map_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no calibration"):
        load_calibration(tmp_path / "none.json")
