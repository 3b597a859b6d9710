"""Multi-hop questions over a small graph: rows, ablations, peers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import kgkit
from benchmarks import multihop
from benchmarks.scoring.multihop_answers import answer_figures
from benchmarks.scoring.multihop_graph import opened
from benchmarks.scoring.multihop_passages import Question, recalls
from kgkit.errors import InputError
from kgkit.facts import Document
from tests.kgkit.worlds import Words

TEXTS = {"1": "Ada met Bob. Ada likes Oslo.", "2": "Bob founded Tern.", "3": "Cleo likes rain."}
TITLES = {"1": "Ada", "2": "Bob", "3": "Cleo"}
DOCUMENTS = [Document(id, text, TITLES[id]) for id, text in TEXTS.items()]
QUESTIONS = [Question("What did the man whom Ada met found?", frozenset({"1", "2"}), ("Tern",))]
OPENIE = [
    {"id": 1, "triples": [["Ada", "met", "Bob"], ["Ada", "odd"]]},
    {"id": 2, "triples": [["Bob", "founded", "Tern"]]},
    {"id": 9, "triples": [["No", "such", "passage"]]},
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the three documents."""
    folder = tmp_path_factory.mktemp("multihop") / "small.kg"
    with kgkit.open(folder, extractor=Words(), store="networkx") as kg:
        kg.build(*DOCUMENTS)
    return folder


def test_a_graph_that_is_there_is_asked(graph: Path) -> None:
    figures = multihop.measure(
        DOCUMENTS, QUESTIONS, graph=graph, ablate=["dense", "walk"], peers=True, openie=OPENIE
    )
    assert figures["recall@2"] == 100.0
    assert figures["build_seconds"] is None
    rows = figures["rows"]
    assert isinstance(rows, dict)
    assert set(rows) == {"without_dense", "without_walk", "peer_walk", "peer_walk_openie"}
    assert rows["peer_walk_openie"]["recall@2"] == 100.0
    assert all(0 <= figures[f"{name}_recall@5"] <= 100 for name in ("dense", "bm25"))  # type: ignore[operator]


def test_another_graph_is_refused(graph: Path) -> None:
    other = [*DOCUMENTS[1:], Document("4", "Dov sails.")]
    with pytest.raises(InputError, match="lacks 1 of the corpus' 3"), opened(other, graph):
        pass


def test_the_command_line_prints_one_line(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"id": id, "title": TITLES[id], "text": text} for id, text in TEXTS.items()]
    asked = [
        {"question": q.text, "gold": sorted(q.gold), "answers": ["Tern"], "split": "dev"}
        for q in QUESTIONS
    ]
    files = {"corpus": rows, "questions": [*asked, {**asked[0], "split": "test"}]}
    for name, content in files.items():
        (tmp_path / name).write_bytes(gzip.compress(json.dumps(content).encode()))
    given = [f"--corpus={tmp_path / 'corpus'}", f"--questions={tmp_path / 'questions'}"]
    multihop.main([*given, f"--graph={graph}", "--no-answers", "--split=dev", "--json"])
    figures = json.loads(capsys.readouterr().out)
    assert figures["questions"] == 1
    assert figures["passages"] == 3
    assert {"recall@5", "rows", "machine", "seed", "seconds", "titles"} <= set(figures)
    with pytest.raises(SystemExit):
        multihop.main([*given, f"--graph={graph}", "--ablate", "titles"])


def test_recall_counts_passages_not_chunks() -> None:
    passage = {"a": "1", "b": "1", "c": "2"}
    figures = recalls(lambda question: ["a", "b", "c"], QUESTIONS, passage)
    assert figures["recall@2"] == 100.0


def test_answers_stand_beside_passages(graph: Path) -> None:
    with kgkit.open(graph, read_only=True) as kg:
        figures = answer_figures(QUESTIONS, kg)
        assert {"em", "f1", "answered", "llm_calls"} <= set(figures)
        assert answer_figures([Question("?", frozenset())], kg) == {}
