"""`kgkit harvest`: what it lists, what it harvests, what it refuses, what it puts into a graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from extractors.harvest import harvest as harvesting
from extractors.harvest.probe.base import Probe
from kgkit.cli.harvesting import harvest, harvests
from kgkit.errors import InputError
from tests.extractors.harvest.tiny import masked_probe

app = typer.Typer()
app.command()(harvest)
app.command()(harvests)

PROMPT = "{0} is the capital of {1}."


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_tiny(spec: str | Probe, **_: object) -> Probe:
        return masked_probe()

    monkeypatch.setattr(harvesting, "open_probe", open_tiny)


def run(*arguments: str) -> str:
    command = [] if arguments[0] == "harvests" else ["harvest"]
    done = CliRunner().invoke(app, [*command, *arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def seeds(tmp_path: Path) -> str:
    path = tmp_path / "seeds.csv"
    path.write_text("paris,france\nrome,italy\n")
    return str(path)


def test_the_library_is_listed() -> None:
    listed = json.loads(run("--list", "--json"))
    assert len(listed) >= 60
    assert "capital" in {row["relation"] for row in listed}
    assert "prompt" in run("--list")


def test_facts_come_with_their_harvest(seeds: str) -> None:
    found = json.loads(run("tiny", PROMPT, "--seeds", seeds, "-n", "5", "--json"))
    assert len(found["facts"]) == 5
    assert set(found["facts"][0]) == {"head", "relation", "tail", "sure"}
    assert "#" in found["harvest"]
    assert found["added"] is None


def test_one_end_or_both_may_be_given(seeds: str) -> None:
    common = (PROMPT, "--seeds", seeds, "-n", "3", "--json")
    tails = json.loads(run("tiny", *common, "--head", "paris"))["facts"]
    assert {row["head"] for row in tails} == {"paris"}
    heads = json.loads(run("tiny", *common, "--tail", "italy"))["facts"]
    assert {row["tail"] for row in heads} == {"italy"}
    (one,) = json.loads(run("tiny", *common, "--head", "paris", "--tail", "italy", "--verify"))[
        "facts"
    ]
    assert (one["head"], one["tail"]) == ("paris", "italy")


def test_a_harvest_goes_into_a_graph_and_a_file(seeds: str, tmp_path: Path) -> None:
    graph, kept = str(tmp_path / "a.kg"), str(tmp_path / "kept.jsonl")
    options = ("tiny", PROMPT, "--seeds", seeds, "-n", "4", "--resume", kept, "--into", graph)
    assert "Added 4 new facts" in run(*options)
    assert json.loads(run(*options, "--json"))["added"] == 0
    (record,) = json.loads(run("harvests", graph, "--json"))
    assert record["facts"] == 4
    assert record["name"].startswith("tiny#")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("tiny", "no such relation here"), "--list"),
        (("tiny", PROMPT, "-n", "0"), "-n 0"),
        (("tiny", PROMPT, "--verify", "--head", "rome"), "--tail"),
        (("tiny", "without a slot {}"), "slot"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        run(*arguments)


@pytest.mark.parametrize("text", ["", "[1, 2]", '["a"', "\n\n"])
def test_files_without_examples_are_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "seeds.txt"
    path.write_text(text)
    with pytest.raises(InputError, match="seeds"):
        run("tiny", PROMPT, "--seeds", str(path))
