"""The graph keeps what a language model said, as long as the text that it was asked about."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kgkit
from extractors import registry
from extractors.llm.extractor import LMExtractor
from kgkit.cli.app import app

TEXT = "Ada Lovelace wrote the first program. She lived in London."
REPLY = '{"facts": [{"head": "Ada Lovelace", "relation": "lived in", "tail": "London"}]}'


class Model:
    """A model that counts how often it is asked."""

    asked = 0

    def __call__(self, prompt: str) -> str:
        Model.asked += 1
        if "BROKEN" in prompt:
            raise kgkit.CallError("out of order")
        return REPLY


def make() -> LMExtractor:
    return LMExtractor(Model())


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    Model.asked = 0
    point = EntryPoint("counted", "tests.kgkit.test_calls:make", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [point])


def test_replies_are_kept_with_the_documents_they_are_about(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "a.kg", extractor="counted") as kg:
        kg.build(kgkit.Document("a.txt", TEXT))
        assert Model.asked == 1
        assert kg.query("MATCH (:Entity)-[r:LIVED_IN]->(b) RETURN b.name AS name") == [
            {"name": "London"}
        ]
        kg.build(kgkit.Document("b.txt", TEXT))
        assert Model.asked == 1
        kg.remove_document("a.txt")
        kg.build(kgkit.Document("c.txt", TEXT))
        assert Model.asked == 1
        kg.remove_document("b.txt")
        kg.remove_document("c.txt")
        kg.build(kgkit.Document("d.txt", TEXT))
        assert Model.asked == 2


def test_a_call_that_fails_costs_its_document_alone(tmp_path: Path) -> None:
    with kgkit.open(tmp_path / "a.kg", extractor="counted") as kg:
        report = kg.build(kgkit.Document("a.txt", "BROKEN"), kgkit.Document("b.txt", TEXT))
        assert [status.status for status in report.inputs] == ["failed", "built"]
        assert "out of order" in str(report.inputs[0].error)


def test_a_dry_run_asks_nothing_and_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    graph, text = str(tmp_path / "a.kg"), str(tmp_path / "a.txt")
    done = CliRunner().invoke(app, ["build", graph, text, "--extractor", "counted", "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "1 call" in done.output
    assert Model.asked == 0
    assert not Path(graph).exists()
    with kgkit.open(graph, extractor="counted") as kg:
        assert kg.estimate(text).calls == 1


def test_the_built_in_extractor_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with (
        kgkit.open(":memory:") as kg,
        pytest.raises(kgkit.InputError, match="asks no language model"),
    ):
        kg.estimate(kgkit.Document("a.txt", TEXT))
