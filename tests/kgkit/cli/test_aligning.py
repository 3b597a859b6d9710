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


def test_a_proposal_is_decided_by_its_number_or_by_names(graph: str) -> None:
    assert run("merges", graph) == f"Nothing is proposed: kgkit align {graph}\n"
    run("align", graph)
    done = run("merges", graph, "reject", "1", "--who", "Bob")
    assert done == "'Ada King Lovelace' and 'Ada Lovelace' are kept apart now.\n"
    assert "kept apart by Bob" in run("merges", graph, "list", "rejected")
    assert run("merges", graph, "list", "pending") == "No proposal is pending.\n"
    missing = CliRunner().invoke(app, ["merges", graph, "accept", "Ada Lovelace", "Bob"])
    assert missing.exit_code != 0
    ambiguous = CliRunner().invoke(app, ["merges", graph, "accept", "7"])
    assert ambiguous.exit_code != 0


def test_an_unmerged_pair_waits_again(graph: str) -> None:
    run("align", graph)
    assert "are one now" in run("merges", graph, "accept", "Ada Lovelace", "ada king lovelace")
    (one,) = json.loads(run("merges", graph, "list", "accepted", "--json"))
    assert sorted(one["names"]) == ["Ada King Lovelace", "Ada Lovelace"]
    run("merges", graph, "unmerge", "1")
    assert "?taken back" in run("merges", graph)


def test_what_is_not_merged_is_not_unmerged(graph: str) -> None:
    done = CliRunner().invoke(app, ["merges", graph, "unmerge", "a", "b"])
    assert done.exit_code != 0
    assert CliRunner().invoke(app, ["merges", graph, "accept", "a"]).exit_code == 2
