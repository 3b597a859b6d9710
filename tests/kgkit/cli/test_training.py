"""`kgkit train`, `kgkit predict` and `kgkit complete`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import kgkit
from kgkit.cli.training import complete, predict, train
from tests.kgkit.verbs.towns import facts

app = typer.Typer()
for command in (train, predict, complete):
    app.command()(command)


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("graphs") / "towns.kg"
    with kgkit.open(path, store="networkx") as kg:
        kg.add(facts(without=3))
    card = json.loads(run("train", str(path), "--epochs", "25", "--json"))
    assert (card["model"], card["negatives"], card["seed"]) == ("complex", "all", 0)
    assert card["settings"]["epochs"] == 25
    return str(path)


def test_a_link_is_completed(graph: str) -> None:
    asked = ("predict", graph, "--head", "Person 1", "--relation", "lives in")
    assert "Town 1" in run(*asked)
    (best, *_) = json.loads(run(*asked, "--json"))
    assert (best["tail"], best["known"]) == ("Town 1", False)
    (head,) = json.loads(
        run(
            "predict",
            graph,
            "--relation",
            "SEAT",
            "--tail",
            "Town 2",
            "--known",
            "-n",
            "1",
            "--json",
        )
    )
    assert (head["head"], head["known"]) == ("Company 2", True)


def test_the_graph_is_completed_when_that_is_accepted(graph: str) -> None:
    asked = ("complete", graph, "--relation", "LIVES_IN", "--no-texts", "--least", "0.0", "-n", "1")
    (first,) = json.loads(run(*asked, "--json"))
    with kgkit.open(graph, read_only=True, store="networkx") as kg:
        assert first["id"] not in {fact.id for fact in kg.facts()}
    assert first["head"] in run(*asked, "--accept")
    with kgkit.open(graph, read_only=True, store="networkx") as kg:
        assert first["id"] in {fact.id for fact in kg.facts()}
    (second,) = json.loads(run(*asked, "--json"))
    assert second["id"] != first["id"]


def test_what_is_wrong_is_said(graph: str, tmp_path: Path) -> None:
    for arguments, said in (
        (("predict", graph, "--head", "Person 1"), "give two of head=, relation= and tail="),
        (("predict", graph, "--head", "X Y", "--relation", "SEAT"), "no entity 'X Y'"),
        (("train", graph, "--model", "magic"), "magic"),
        (("train", str(tmp_path / "none.kg")), "there is no graph at"),
    ):
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code != 0
        assert said in str(done.exception)
