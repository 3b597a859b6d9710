"""The benchmark of answers: what it counts, on a graph of three sentences."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import kgkit
from benchmarks.answering import Asked, load, main, score
from kgkit.facts import Document

_DOCUMENTS = (
    Document("tide.txt", "Tide is a 1931 film that was directed by Ada Brook.", "Tide"),
    Document("ada.txt", "Ada Brook was born in Lisbon on 2 May 1901.", "Ada Brook"),
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answering") / "small.kg"
    with kgkit.open(folder) as kg:
        kg.build(*_DOCUMENTS)
    return folder


def test_scores(graph: Path) -> None:
    asked = [
        Asked("Who directed Tide?", ("ada brook",), "one"),
        Asked("When was the director of Tide born?", ("May 2, 1901", "2 May 1901"), "two"),
        Asked("Who discovered Zorblax?", ("nobody",), "none"),
    ]
    with kgkit.open(graph, read_only=True) as kg:
        figures = score(asked, kg)
    assert figures["em"] == figures["f1"] == figures["answered"] == 66.7
    assert figures["f1_one"] == figures["f1_two"] == 100.0
    assert figures["f1_none"] == 0.0
    assert figures["llm_calls"] == 0
    assert 0 < figures["ms_p50"] <= figures["ms_p95"]
    assert figures["answered_from_facts"] == 100.0


def test_no_questions_are_no_figures(graph: Path) -> None:
    with kgkit.open(graph, read_only=True) as kg:
        assert score([], kg)["f1"] == 0.0


def test_files(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"question": "Who directed Tide?", "answers": ["Ada Brook"], "split": "dev"},
        {"question": "Who filmed Tide?", "answers": [1931], "aliases": ["x"], "split": "test"},
    ]
    path = tmp_path / "questions.json.gz"
    path.write_bytes(gzip.compress(json.dumps(rows).encode()))
    assert load(path)[1] == Asked("Who filmed Tide?", ("1931", "x"))
    assert len(load(path, split="dev")) == 1
    main(["--graph", str(graph), "--questions", str(path), "--split", "dev", "--json"])
    printed = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert printed["em"] == 100.0
    assert printed["questions"] == 1
    assert {"machine", "seed", "seconds"} <= printed.keys()
