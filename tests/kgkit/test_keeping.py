"""The commands that keep and correct a graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import kgkit
from kgkit.cli.asking import query
from kgkit.cli.building import remove
from kgkit.cli.deciding import apart, assert_, decisions, merge, reject, split, withdraw
from kgkit.cli.importing import import_
from kgkit.cli.keeping import copy, doctor, export, reindex
from kgkit.cli.looking import imports
from kgkit.errors import InputError, ModelError
from tests.kgkit.worlds import ADA, BOB, Words

app = typer.Typer()
_KEEPING = (copy, doctor, export, imports, query, reindex, remove)
for command in (*_KEEPING, apart, decisions, merge, reject, split, withdraw):
    app.command()(command)
app.command("assert")(assert_)
app.command("import")(import_)


@pytest.fixture
def graph(tmp_path: Path) -> str:
    with kgkit.open(tmp_path / "a.kg", extractor=Words()) as kg:
        kg.build(ADA, BOB)
    return str(tmp_path / "a.kg")


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, arguments)
    if isinstance(result.exception, kgkit.KgkitError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def test_the_doctor_finds_and_mends(graph: str) -> None:
    assert "sound" in run("doctor", graph, "--json")
    assert "ok" in run("doctor", graph)
    (Path(graph) / "lexical" / "watermark").write_text("9999")
    assert json.loads(run("doctor", graph, "--json", code=1))["sound"] is False
    assert "9999" in run("doctor", graph, code=1)
    assert json.loads(run("doctor", graph, "--repair", "--json"))["sound"] is True


def test_copies_and_exports(graph: str, tmp_path: Path) -> None:
    assert json.loads(run("copy", graph, str(tmp_path / "b.kg"), "--json"))["copied"] == graph
    lines = run("export", graph)
    assert lines == run("export", str(tmp_path / "b.kg"))
    assert lines.startswith('{"document"')
    assert run("export", graph, "--format", "csv").startswith("id,head_id")
    run("export", graph, "--out", str(tmp_path / "a.ttl"))
    assert (tmp_path / "a.ttl").stat().st_size
    with pytest.raises(InputError, match="no graph at"):
        run("copy", str(tmp_path / "none.kg"), str(tmp_path / "c.kg"))


def test_vectors_are_made_again(graph: str) -> None:
    with kgkit.open(graph, read_only=True) as kg:
        before = len(kg.projections.vectors.index)
    (Path(graph) / "vectors" / "leftover").touch()
    assert json.loads(run("reindex", graph, "--encoder", "mini", "--json"))["vectors"] == before
    assert not (Path(graph) / "vectors" / "leftover").exists()
    with kgkit.open(graph, read_only=True) as kg:
        assert kg.ledger.get_meta("encoder") == "mini"
        assert len(kg.projections.vectors.index) == before
    with pytest.raises(ModelError, match='"maxi"'):
        run("reindex", graph, "--encoder", "maxi")
    with kgkit.open(graph, read_only=True) as kg:
        assert len(kg.projections.vectors.index) == before


def test_corrections(graph: str) -> None:
    with kgkit.open(graph, read_only=True) as kg:
        one, other = [entity.id for entity in kg.ledger.entities()][:2]
        fact = next(kg.facts()).id
    kept = run("apart", graph, one, other, "--who", "Ida").strip()
    with pytest.raises(InputError, match="stay apart"):
        run("merge", graph, one, other)
    assert run("withdraw", graph, kept).strip() == kept
    with pytest.raises(InputError, match="kgkit decisions"):
        run("withdraw", graph, kept)
    merged = json.loads(run("merge", graph, one, other, "--json"))["decision"]
    run("withdraw", graph, merged)
    rejected = run("reject", graph, fact, "--when", "2024-05-06").strip()
    lines = [json.loads(line) for line in run("export", graph).splitlines()]
    assert [line["kind"] for line in lines if line["id"] == fact] == ["rejected"]
    log = json.loads(run("decisions", graph, "--json"))
    assert [entry["decision"]["id"] for entry in log] == [kept, kept, merged, merged, rejected]
    assert log[0]["decision"]["who"] == "Ida"
    assert "reject" in run("decisions", graph)


def test_namesakes(graph: str) -> None:
    with kgkit.open(graph, read_only=True) as kg:
        entity = kgkit.Entity.named("Cid").id
        before = kg.stats()["entities"]
    decision = run("split", graph, entity, "bob.txt").strip()
    with kgkit.open(graph, read_only=True) as kg:
        assert kg.stats()["entities"] == before + 1
    run("withdraw", graph, decision)
    with pytest.raises(InputError, match="names entity"):
        run("split", graph, entity, "none.txt")


def test_a_decision_is_seen_by_the_next_query(graph: str) -> None:
    with kgkit.open(graph, read_only=True) as kg:
        one, other = [entity.id for entity in kg.ledger.entities()][:2]
        before = kg.stats()["entities"]
    count = "MATCH (n:Entity) RETURN count(n) AS n"
    merged = run("merge", graph, one, other).strip()
    assert json.loads(run("query", graph, count, "--json")) == [{"n": before - 1}]
    run("withdraw", graph, merged)
    assert json.loads(run("query", graph, count, "--json")) == [{"n": before}]


def test_facts_are_asserted_by_name_or_id(graph: str) -> None:
    cid = kgkit.Entity.named("Cid")
    who = ("--who", "Ida", "--when", "2024-05-06")
    person = ("--head-type", "person")
    run("assert", graph, "Ada", "looks up to", cid.id, *person, *who)
    run("assert", graph, "ada", "born", "1815-12-10", *person, "--tail-type", "date")
    run("assert", graph, "Dee", "wrote", "Notes", "--tail-type", "work")
    with kgkit.open(graph, read_only=True) as kg:
        facts = {str(fact): fact for fact in kg.facts() if fact.confidence == 1.0}
        log = [entry.decision for entry in kg.decisions()]
    ada = kgkit.Entity.named("Ada", "Person").id
    assert facts["(Ada)-[LOOKS_UP_TO]->(Cid)"].head.id == ada
    assert facts["(Ada)-[LOOKS_UP_TO]->(Cid)"].tail == cid
    assert "(Ada)-[BORN]->(1815-12-10)" in facts
    assert (log[0].kind, log[0].who, log[0].when) == ("assert", "Ida", "2024-05-06")
    wrote = "MATCH (:Thing {name: 'Dee'})-[:WROTE]->(n:Work) RETURN n.name AS name"
    assert json.loads(run("query", graph, wrote, "--json")) == [{"name": "Notes"}]


def test_a_name_of_several_entities_is_refused(graph: str) -> None:
    with pytest.raises(InputError, match="'Bob' names several entities: give the id"):
        run("assert", graph, "Bob", "likes", "Cid")
    run("assert", graph, "Bob", "likes", "Cid", "--head-type", "Person")
    with pytest.raises(InputError, match="relation"):
        run("assert", graph, "Cid", "!", "Cid")
    with pytest.raises(InputError, match="no date"):
        run("assert", graph, "Cid", "born", "soon", "--tail-type", "date")


def test_imports_are_listed_and_removed(graph: str, tmp_path: Path) -> None:
    before = run("export", graph)
    table = tmp_path / "a.csv"
    table.write_text("head,relation,tail\nAda,knows,Eve\n")
    run("import", graph, str(table))
    listed = json.loads(run("imports", graph, "--json"))
    assert listed == [{"source": table.as_posix(), "documents": 0, "facts": 1}]
    assert "a.csv" in run("imports", graph)
    with pytest.raises(InputError, match="list imports with: kgkit imports"):
        run("remove", graph, "--import", "b.csv")
    run("remove", graph, "--import", table.as_posix())
    assert run("export", graph) == before
    run("remove", graph, code=2)
    run("remove", graph, "ada.txt", "--import", "b.csv", code=2)
    assert json.loads(run("remove", graph, "ada.txt", "--json")) == {"removed": "ada.txt"}


def test_a_store_and_a_ledger_may_be_given(graph: str, tmp_path: Path) -> None:
    with kgkit.open(graph, read_only=True) as kg:
        facts = kg.stats()["facts"]
    run("reject", graph, _first_fact(graph), "--store", "networkx")
    with kgkit.open(graph, read_only=True) as kg:
        assert kg.ledger.get_meta("store") == "networkx"
        assert kg.stats()["facts"] == facts - 1
    with pytest.raises(InputError, match="no store is named 'mysql'"):
        run("query", graph, "MATCH (n) RETURN n", "--store", "mysql://host")
    with pytest.raises(kgkit.StoreError):
        run("export", graph, "--ledger", "postgresql://nobody@127.0.0.1:1/none")


def _first_fact(graph: str) -> str:
    with kgkit.open(graph, read_only=True) as kg:
        return next(kg.facts()).id
