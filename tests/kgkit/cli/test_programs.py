"""kgkit run and kgkit deduce: on a graph in a folder."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import kgkit
from kgkit.cli.programs import deduce, run
from kgkit.errors import QueryError
from kgkit.evidence import ImportEvidence
from kgkit.facts import Entity, Fact

_SURE = (ImportEvidence("family.csv", "1"),)
EVA, BYRON, ADA = (Entity.named(name, "Person") for name in ("Eva", "Byron", "Ada"))
RULES = "(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), (y)-[PARENT]->(z)"

app = typer.Typer()
app.command()(run)
app.command()(deduce)


@pytest.fixture
def graph(tmp_path: Path) -> str:
    """A graph of three people, and a file of rules beside it."""
    with kgkit.open(tmp_path / "g.kg", heap_mb=128) as kg:
        kg.add(Fact(a, "PARENT", b, evidence=_SURE) for a, b in ((EVA, BYRON), (BYRON, ADA)))
    (tmp_path / "rules.txt").write_text(f"(Person)-[PARENT]->(Person)\n{RULES}\n")
    return str(tmp_path / "g.kg")


def _shown(*arguments: str, given: str = "") -> str:
    done = CliRunner().invoke(app, list(arguments), input=given, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_run_shows_rows_and_with_explain_what_was_done(graph: str) -> None:
    text = 'retrieve("Eva", PARENT, ?child)'
    assert _shown("run", graph, text).split() == ["child", "Byron"]
    shown = _shown("run", graph, "-", "--explain", given=text)
    assert f"1 rows after {text}" in shown
    assert "MATCH (_1:Entity)-[:PARENT]->(child:Entity)" in shown
    assert "not as Cypher: " in _shown("run", graph, text, "--explain", "--as-of", "1800")
    found = json.loads(_shown("run", graph, text, "--json"))
    assert found["rows"][0]["row"] == {"child": "Byron"}
    assert len(found["rows"][0]["facts"]) == 1
    assert found["cypher"].startswith("MATCH")


def test_rules_come_from_a_file_or_are_kept(graph: str) -> None:
    rules = str(Path(graph).with_name("rules.txt"))
    text = 'deduce("Eva", GRANDPARENT, ?who)'
    with pytest.raises(QueryError, match="is not known"):
        _shown("run", graph, text)
    assert _shown("run", graph, text, "--rules", rules).split() == ["who", "Ada"]
    (fact,) = json.loads(_shown("deduce", graph, "--rules", rules, "--json", "--keep"))
    assert fact["fact"] == "(Eva)-[GRANDPARENT]->(Ada)"
    assert fact["rule"] == RULES
    assert _shown("run", graph, text).split() == ["who", "Ada"]
    assert "(Eva)-[GRANDPARENT]->(Ada)" in _shown("deduce", graph)


def test_an_empty_program_is_refused(graph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(kgkit.InputError, match="empty"):
        _shown("run", graph, "-")
