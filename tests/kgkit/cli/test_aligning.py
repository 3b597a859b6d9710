from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kgkit
from kgkit.cli.app import app


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def graph(tmp_path: Path) -> str:
    ada = kgkit.Entity.named("Ada Lovelace", "Person")
    king = kgkit.Entity.named("Ada King Lovelace", "Person")
    where = kgkit.Entity.named("London", "Location")
    evidence = (kgkit.PersonEvidence("Bob"),)
    path = tmp_path / "a.kg"
    with kgkit.open(path) as kg:
        kg.add(kgkit.Fact(one, "LIVED_IN", where, evidence=evidence) for one in (ada, king))
    return str(path)


def test_what_was_proposed_is_listed_and_decided(graph: str) -> None:
    assert "merges" in run("align", graph)
    listed = json.loads(run("merges", graph, "--json"))
    ids = sorted(
        kgkit.Entity.named(name, "Person").id for name in ("Ada Lovelace", "Ada King Lovelace")
    )
    assert [sorted([one["left"], one["right"]]) for one in listed] == [ids]
    assert "Ada King Lovelace" in run("merges", graph)
    run("merges", graph, "accept", *ids, "--who", "Bob")
    found = json.loads(run("query", graph, "MATCH (n:Person) RETURN count(n) AS n", "--json"))
    assert found == [{"n": 1}]
    run("merges", graph, "reject", *ids, "--who", "Bob")
    run("align", graph)
    found = json.loads(run("query", graph, "MATCH (n:Person) RETURN count(n) AS n", "--json"))
    assert found == [{"n": 2}]


def test_what_is_not_merged_is_not_unmerged(graph: str) -> None:
    done = CliRunner().invoke(app, ["merges", graph, "unmerge", "a", "b"])
    assert done.exit_code != 0
    assert CliRunner().invoke(app, ["merges", graph, "accept", "a"]).exit_code == 2
