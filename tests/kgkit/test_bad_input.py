"""Bad input gives one clear sentence or an honest answer, and costs nothing that was there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kgkit.cli import main

GOOD = "Marie Curie was born in Warsaw. Marie Curie discovered polonium in 1898.\n"


class Result(NamedTuple):
    """What a run of the command left."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["build", str(folder / "a.kg"), str(folder / "good.txt")])
    assert not ended.value.code
    return folder / "a.kg"


@pytest.fixture(autouse=True)
def _nothing_is_lost(graph: Path, run: Run) -> object:
    before = run("export", graph).out
    assert "Warsaw" in before
    yield
    assert run("export", graph).out == before


def one_sentence(result: Result) -> str:
    """Return what was said on standard error, which must be one line and the only output."""
    assert result.code == 1
    assert result.out == ""
    assert result.err.startswith("kgkit: ")
    assert result.err.count("\n") == 1
    return result.err


def test_an_empty_folder(graph: Path, run: Run, tmp_path: Path) -> None:
    assert str(tmp_path) in one_sentence(run("build", graph, tmp_path))


def test_a_file_that_is_not_there(graph: Path, run: Run) -> None:
    assert "none.txt" in one_sentence(run("build", graph, "none.txt"))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("binary.txt", bytes(range(256)) * 4, "binary.txt"),
        ("latin.txt", "Les élèves de Curie.".encode("latin-1"), "utf-8"),
        ("empty.txt", b"", "empty"),
        ("broken.pdf", b"%PDF-1.7 and nothing more", "broken.pdf"),
        ("broken.docx", b"PK and nothing more", "broken.docx"),
        ("broken.json", b'{"text": ', "broken.json"),
        ("picture.xyz", b"what is this", "xyz"),
    ],
)
def test_a_broken_file_is_listed_and_skipped(
    graph: Path, run: Run, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_bytes((graph.parent / "good.txt").read_bytes())
    result = run("build", graph, graph.parent / "good.txt", tmp_path / name, "--json")
    assert result.code == 1
    statuses = json.loads(result.out)["inputs"]
    assert sorted(i["status"] for i in statuses) == ["failed", "unchanged"]
    assert says in next(i["error"] for i in statuses if i["status"] == "failed")


def test_an_unreadable_file(
    graph: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "locked.txt").write_text(GOOD)
    monkeypatch.setattr(Path, "read_bytes", refused)
    result = run("build", graph, tmp_path / "locked.txt")
    monkeypatch.undo()
    assert result.code == 1
    assert "locked.txt cannot be read (Permission denied)" in result.out


def test_a_line_of_fifty_megabytes(graph: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"radium glows and " * (50_000_000 // 17))
    result = run("build", graph, path)
    assert result.code == 1
    assert "long.txt is one text of 49,999,9" in result.out
    assert "split it" in result.out


def test_a_question_about_nothing_in_the_graph(graph: Path, run: Run) -> None:
    result = run("ask", graph, "Who composed the opera Fidelio?", "--json")
    assert result.code == 0
    answer = json.loads(result.out)
    assert answer["missing"] is not None
    assert "Fidelio" in answer["missing"]["detail"]


@pytest.mark.parametrize("question", ["", "   ", "?"])
def test_an_empty_question(graph: Path, run: Run, question: str) -> None:
    result = run("ask", graph, question)
    if question.strip():
        assert result.code in (0, 1)
        assert "Traceback" not in result.err
    else:
        one_sentence(result)


def test_a_query_with_a_syntax_error(graph: Path, run: Run) -> None:
    assert "MATCH (n RETURN" in one_sentence(run("query", graph, "MATCH (n RETURN n"))


def test_a_query_that_names_an_unknown_label(graph: Path, run: Run) -> None:
    result = run("query", graph, "MATCH (n:Spaceship) RETURN n.name", "--json")
    if result.code:
        assert "Spaceship" in one_sentence(result)
    else:
        assert json.loads(result.out) == []


def test_a_query_that_writes_without_write(graph: Path, run: Run) -> None:
    assert "--write" in one_sentence(run("query", graph, "CREATE (n:X) RETURN n"))


def test_a_query_without_its_parameter(graph: Path, run: Run) -> None:
    result = run("query", graph, "MATCH (n {name: $name}) RETURN n.name")
    assert "Traceback" not in result.err
    assert result.code == 0 or "name" in one_sentence(result)


def test_a_graph_that_is_a_file(run: Run, graph: Path) -> None:
    file = graph.parent / "good.txt"
    assert "good.txt" in one_sentence(run("build", file, file))
    assert "good.txt" in one_sentence(run("ask", file, "Who?"))


def test_a_folder_that_is_no_graph(run: Run, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert str(tmp_path) in one_sentence(run("stats", tmp_path))


def test_swapped_arguments(run: Run, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    assert "the graph comes first" in one_sentence(run("build", tmp_path, graph))
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
