"""The command `kgkit import`, on real files and a real graph."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from kgkit.cli.importing import import_
from stores.ledger import Ledger

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command("import")(import_)
    app.command("other")(lambda: None)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            app(["import", *arguments], prog_name="kgkit")
        code = ended.value.code
        return (code if isinstance(code, int) else 0), capsys.readouterr().out

    return run


def test_triples_are_imported_and_counted(run: Run) -> None:
    Path("a.csv").write_text("wer;was;wen\nAda;kennt;Bob\nAda;kennt\n")
    columns = ["--head", "wer", "--relation", "2", "--tail", "wen"]
    code, out = run("g.kg", "a.csv", *columns, "--json")
    found = json.loads(out)
    assert code == 0
    assert found["totals"] == {
        "sources": 1,
        "imported": 1,
        "failed": 0,
        "documents": 0,
        "facts": 1,
        "refused": 1,
    }
    assert found["sources"][0]["format"] == "triples"
    assert found["sources"][0]["refusals"] == [
        "a.csv, row 2: it has 2 cells (line 3, 'Ada'), expected 3; quote or mend it"
    ]
    with Ledger.open("g.kg/ledger.db", read_only=True) as ledger:
        assert [str(fact) for fact in ledger.facts()] == ["(Ada)-[KENNT]->(Bob)"]


def test_a_map_makes_a_table(run: Run) -> None:
    Path("films.csv").write_text("id,title\n1,Alien\n")
    Path("films.toml").write_text('type = "Film"\nkey = "id"\nname = "title"\n')
    code, out = run("g.kg", "films.csv", "--map", "films.toml")
    assert (code, out.partition(" in ")[0]) == (
        0,
        "1 source: 1 imported; 0 documents, 1 new fact, 0 rows refused",
    )


def test_a_failed_input_ends_with_one(run: Run) -> None:
    Path("a.csv").write_text("x,y,z\n1,2,3\n")
    Path("b.tsv").write_text("A\tknows\tB\n")
    code, out = run("g.kg", "a.csv", "none.csv", "b.tsv", "--no-header")
    assert code == 1
    assert "2 imported, 1 failed" in out
    assert "failed: none.csv does not exist" in out
    code, out = run("g.kg", "a.csv")
    assert code == 1
    assert "its columns are 'x', 'y', 'z'" in out
