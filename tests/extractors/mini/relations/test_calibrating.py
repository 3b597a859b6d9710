"""Probabilities of the relation head are fitted to what it says of raw text."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from extractors.mini.relations.store import FOLDER, load_relations
from extractors.mini.train.relations_calibrate import main, scored

TOKENS = ["Ada", "Lovelace", "was", "born", "on", "10", "December", "1815", "in", "London", "."]
DOCUMENT = {
    "title": "Ada Lovelace",
    "sents": [TOKENS],
    "vertexSet": [
        [{"type": "PER", "pos": [0, 2], "sent_id": 0}],
        [{"type": "TIME", "pos": [5, 8], "sent_id": 0}],
        [{"type": "LOC", "pos": [9, 10], "sent_id": 0}],
    ],
    "labels": [
        {"h": 0, "t": 1, "r": "P569", "evidence": [0]},
        {"h": 0, "t": 2, "r": "P20", "evidence": [0]},
    ],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "extraction" / "redocred"
    folder.mkdir(parents=True)
    text = json.dumps([DOCUMENT, {**DOCUMENT, "labels": []}]).encode()
    (folder / "test_revised_first400.json.gz").write_bytes(gzip.compress(text))
    labels = {"P569": {"label": "date of birth"}, "P20": {"label": "place of death"}}
    (folder / "relation_labels.json").write_text(json.dumps(labels))
    return tmp_path


def test_a_fact_that_is_annotated_counts_as_right(data: Path) -> None:
    found = list(scored(data / "extraction" / "redocred"))
    assert {right for _, right in found} == {True, False}
    assert all(margin > 0.0 for margin, _ in found)


def test_slope_and_offset_are_written_and_the_rest_stays(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "adapter"
    shutil.copytree(FOLDER, out)
    main(["--data", str(data), "--out", str(out)])
    assert "expected calibration error" in capsys.readouterr().out
    (_, before), (_, after) = load_relations(), load_relations(out)
    assert (after.slope, after.offset) != (before.slope, before.offset)
    assert (after.properties, after.shift) == (before.properties, before.shift)
