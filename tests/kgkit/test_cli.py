"""The command line: what goes to standard output, to standard error, and as exit code.

The graph is a stand-in; `test_quickstart.py` runs the commands on a real one.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

import pytest

import kgkit.graph
from kgkit.cli import main
from kgkit.cli.progress import progress_bar
from kgkit.errors import QueryError
from kgkit.facts import Document
from kgkit.report import BuildReport, InputStatus, Progress, ProgressEvent
from reasoning.answers import Answer, Citation, Refusal
from stores.rows import Node


class Result(NamedTuple):
    """What a run of the command left."""

    code: int
    out: str
    err: str


class FakeRows(list[dict[str, object]]):
    """Rows with their column names."""

    columns = ("name", "born")


@dataclass
class FakeGraph:
    """Answers from fixed values and remembers how it was called."""

    calls: list[tuple[str, object]] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.calls.append(("close", None))

    def build(
        self, *inputs: object, schema: str | None = None, progress: Progress | None = None
    ) -> BuildReport:
        self.calls.append(("build", inputs))
        if schema is not None:
            self.calls.append(("schema", schema))
        return BuildReport(
            tuple(
                InputStatus(str(i), "failed", error=f"{i} is not a PDF")
                if str(i).endswith(".pdf")
                else InputStatus(str(i), "built", 1, 1, 2)
                for i in inputs
            )
        )

    def ask(self, question: str, **options: object) -> Answer:
        given = {name: value for name, value in options.items() if value is not None}
        self.calls.append(("ask", (question, given) if given else question))
        if "penicillin" in question:
            missing = Refusal("unknown_names", "the graph does not know penicillin")
            return Answer(question, "", missing=missing)
        citation = Citation(1, "a.txt", "Radium", 0, 13, "Radium glows.")
        return Answer(question, "Radium", (citation,), confidence=0.9)

    def query(self, cypher: str, **options: object) -> FakeRows:
        self.calls.append(("query", options))
        if cypher == "MATCH":
            raise QueryError("the query ends after 'MATCH'; expected a pattern")
        return FakeRows([{"name": "Curie", "born": date(1867, 11, 7)}])

    def stats(self) -> dict[str, object]:
        return {"documents": 1, "facts": 2}

    def rebuild(self) -> None:
        self.calls.append(("rebuild", None))

    def remove_document(self, document: str) -> bool:
        return document == "a.txt"

    def export(self) -> Iterator[str]:
        yield from ('{"kind":"document"}', '{"kind":"fact"}')


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> FakeGraph:
    fake = FakeGraph()

    def opened(
        path: str, *, read_only: bool = False, extractor: str = "mini", **place: str | None
    ) -> FakeGraph:
        fake.calls.append(("open", "r" if read_only else "w"))
        if any(place.values()):
            fake.calls.append(("place", place))
        return fake

    monkeypatch.setattr(kgkit.graph, "open", opened)
    return fake


Run = Callable[..., Result]


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Run:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "my.kg").mkdir()
    (folder / "my.kg" / "ledger.db").touch()
    monkeypatch.chdir(folder)

    def run(*arguments: str, stdin: str = "") -> Result:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        captured = capsys.readouterr()
        return Result(int(ended.value.code or 0), captured.out, captured.err)

    return run


def test_help_lists_the_verbs(run: Run) -> None:
    result = run("--help")
    assert result.code == 0
    verbs = ("build", "ask", "query", "stats", "quickstart", "rebuild", "remove", "export")
    assert all(verb in result.out for verb in verbs)


def test_version(run: Run) -> None:
    assert run("--version").out == f"kgkit {kgkit.__version__}\n"


@pytest.mark.parametrize("arguments", [["build"], ["fly"], ["ask", "my.kg"], ["query", "--x"]])
def test_wrong_usage_exits_with_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert "Usage" in result.err


def test_build_reports(run: Run, graph: FakeGraph) -> None:
    result = run("build", "new.kg", "a.txt", "b.txt")
    assert result.code == 0
    assert result.out.startswith("2 inputs: 2 built; 2 documents, 2 chunks, 4 facts")
    assert ("build", ("a.txt", "b.txt")) in graph.calls


def test_build_lists_failures_and_exits_with_1(run: Run, graph: FakeGraph) -> None:
    result = run("build", "my.kg", "a.txt", "b.pdf")
    assert result.code == 1
    assert "failed: b.pdf is not a PDF" in result.out
    result = run("build", "my.kg", "a.txt", "b.pdf", "--json")
    assert result.code == 1
    assert [i["status"] for i in json.loads(result.out)["inputs"]] == ["built", "failed"]


def test_build_hands_the_schema_on(run: Run, graph: FakeGraph, tmp_path: Path) -> None:
    schema = tmp_path / "films.schema"
    schema.write_text("(Person)-[DIRECTED]->(Film)")
    assert run("build", "new.kg", "a.txt", "--schema", str(schema)).code == 0
    assert ("schema", "(Person)-[DIRECTED]->(Film)") in graph.calls
    assert run("build", "new.kg", "a.txt", "--schema", "nowhere").code == 2


def test_build_reads_standard_input(run: Run, graph: FakeGraph) -> None:
    run("build", "my.kg", "-", "--name", "note", stdin="Radium glows.")
    assert ("build", (Document("note", "Radium glows."),)) in graph.calls


def test_ask_answers_with_citations(run: Run, graph: FakeGraph) -> None:
    result = run("ask", "my.kg", "What glows?")
    assert result.code == 0
    assert "Radium [1]" in result.out
    assert '"Radium glows."' in result.out
    assert graph.calls[0] == ("open", "r")


def test_ask_says_what_is_missing(run: Run, graph: FakeGraph) -> None:
    result = run("ask", "my.kg", "-", stdin="Who discovered penicillin?\n")
    assert result.code == 0
    assert "does not know penicillin" in result.out
    assert ("ask", "Who discovered penicillin?") in graph.calls


def test_ask_as_json(run: Run, graph: FakeGraph) -> None:
    answer = json.loads(run("ask", "my.kg", "What glows?", "--json").out)
    kept = {"question", "text", "citations", "plan", "confidence", "missing"}
    assert set(answer) == {*kept, "source", "program", "support"}
    assert answer["citations"][0]["quote"] == "Radium glows."


def test_ask_passes_options_on_and_draws(run: Run, graph: FakeGraph, tmp_path: Path) -> None:
    options = ["--as-of", "1990", "--refuse-below", "0.5", "--lm", "openai:x"]
    page = tmp_path / "answer.html"
    assert run("ask", "my.kg", "What glows?", *options, "--explain", str(page)).code == 0
    given = {"as_of": "1990", "refuse_below": 0.5, "lm": "openai:x"}
    assert ("ask", ("What glows?", given)) in graph.calls
    assert "Radium" in page.read_text(encoding="utf-8")
    wrong = run("ask", "my.kg", "What glows?", "--explain", "answer.txt")
    assert wrong.code != 0
    assert ".svg" in wrong.err


def test_query_passes_parameters_on(run: Run, graph: FakeGraph) -> None:
    options = ["-p", "year=1903", "-p", "name=Curie", "--timeout", "2", "--limit", "5", "--write"]
    assert run("query", "my.kg", "RETURN $name", *options).code == 0
    expected = {"write": True, "timeout": 2.0, "limit": 5, "year": 1903, "name": "Curie"}
    assert graph.calls[:2] == [("open", "w"), ("query", expected)]


def test_query_shows_a_table_or_json(run: Run, graph: FakeGraph) -> None:
    table = run("query", "my.kg", "-", stdin="MATCH (n) RETURN n").out.splitlines()
    assert [line.split() for line in table] == [["name", "born"], ["Curie", "1867-11-07"]]
    rows = json.loads(run("query", "my.kg", "MATCH (n) RETURN n", "--json").out)
    assert rows == [{"name": "Curie", "born": "1867-11-07"}]


def test_nodes_are_short_in_tables_and_whole_in_json(
    run: Run, graph: FakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = Node(("Entity", "Person"), {"id": "a1", "name": "Curie", "born": date(1867, 11, 7)})
    rows = FakeRows([{"name": node, "born": [date(1867, 11, 7)]}])
    monkeypatch.setattr(graph, "query", lambda cypher, **options: rows)
    assert "(:Entity:Person Curie)" in run("query", "my.kg", "MATCH (n) RETURN n").out
    (row,) = json.loads(run("query", "my.kg", "MATCH (n) RETURN n", "--json").out)
    assert row["name"]["labels"] == ["Entity", "Person"]
    assert row["name"]["properties"]["born"] == row["born"][0] == "1867-11-07"


def test_an_error_is_one_sentence_without_a_traceback(run: Run, graph: FakeGraph) -> None:
    result = run("query", "my.kg", "MATCH")
    assert result == Result(1, "", "kgkit: the query ends after 'MATCH'; expected a pattern\n")
    assert ("close", None) in graph.calls


def test_a_malformed_parameter_is_wrong_usage(run: Run, graph: FakeGraph) -> None:
    result = run("query", "my.kg", "RETURN 1", "-p", "oops")
    assert result.code == 2
    assert "'oops' is not NAME=VALUE" in result.err


@pytest.mark.parametrize("command", ["ask", "query", "remove"])
def test_a_graph_that_is_not_there(run: Run, command: str) -> None:
    result = run(command, "none.kg", "x")
    assert result.code == 1
    assert "no graph at 'none.kg'" in result.err
    assert "kgkit build none.kg" in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("command", ["ask", "query", "build"])
def test_empty_standard_input(run: Run, graph: FakeGraph, command: str) -> None:
    result = run(command, "my.kg", "-", stdin="  \n")
    assert result.code == 1
    assert "standard input is empty" in result.err


def test_stats(run: Run, graph: FakeGraph) -> None:
    assert ["documents", "1"] in [line.split() for line in run("stats", "my.kg").out.splitlines()]
    assert json.loads(run("stats", "my.kg", "--json").out) == {"documents": 1, "facts": 2}


def test_export_writes_json_lines(run: Run, graph: FakeGraph) -> None:
    lines = run("export", "my.kg").out.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["document", "fact"]


def test_rebuild(run: Run, graph: FakeGraph) -> None:
    assert run("rebuild", "my.kg").code == 0
    assert ("rebuild", None) in graph.calls
    assert graph.calls[0] == ("open", "w")


def test_remove(run: Run, graph: FakeGraph) -> None:
    assert run("remove", "my.kg", "a.txt").out == "Removed a.txt.\n"
    assert json.loads(run("remove", "my.kg", "a.txt", "--json").out) == {"removed": "a.txt"}
    result = run("remove", "my.kg", "z.txt")
    assert result.code == 1
    assert "no document 'z.txt'" in result.err


def test_progress_is_drawn_for_people_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    with progress_bar() as progress:
        assert progress is None
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar() as progress:
        assert progress is not None
        progress(ProgressEvent("extract", 1, 2, "a.txt"))
        progress(ProgressEvent("extract", 2, 2, "[b].txt"))
        progress(ProgressEvent("project", 1, 1))
    shown = terminal.getvalue()
    assert "Extracting" in shown
    assert "2/2" in shown
    assert "[b].txt" in shown
