"""`kgkit fill` and `kg.fill`, with a reader that a package offers under a name."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import kgkit
from extractors.base import Extraction
from extractors.slots import registry
from kgkit.cli.filling import fill
from kgkit.cli.looking import stats

app = typer.Typer()
app.command()(fill)
app.command()(stats)

TEXT = "Ida Vale was born in Aarhus. She sang."


@dataclass(frozen=True)
class Answer:
    """A span."""

    start: int
    end: int
    score: float = 0.9


def read_city(question: str, text: str) -> Answer | None:
    """Answer with Aarhus, whatever is asked."""
    start = text.find("Aarhus")
    return Answer(start, start + 6) if start >= 0 else None


class Point:
    """The entry point of a package that offers it as "city"."""

    name = "city"

    def load(self) -> Callable[[], registry.FunctionReader]:
        """Return what makes the reader."""
        return lambda: registry.FunctionReader(read_city, "city")


class Names:
    """Finds Ida Vale and Aarhus."""

    name = "names"
    version = "1"

    def extract(self, document: kgkit.Document, chunks: Sequence[kgkit.Chunk]) -> Extraction:
        """Return the two mentions."""
        ida = kgkit.Entity.named("Ida Vale", "Person")
        city = kgkit.Entity.named("Aarhus", "Location")
        at = (document.id, chunks[0].id)
        return Extraction(
            (
                kgkit.Mention(*at, 0, 8, "Ida Vale", ida),
                kgkit.Mention(*at, 21, 27, "Aarhus", city),
            )
        )


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(registry, "entry_points", lambda group: [Point()])
    path = str(tmp_path / "a.kg")
    with kgkit.open(path, extractor=Names()) as kg:
        kg.build(kgkit.Document("a.txt", TEXT))
    (tmp_path / "born.schema").write_text("(Person)-[BORN_IN]->(City)\n")
    return path


def run(graph: str, *options: str, code: int = 0) -> str:
    schema = str(Path(graph).parent / "born.schema")
    given = ["fill", graph, "--schema", schema, "--reader", "city", *options]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == code, done.output
    return done.output


def test_slots_are_filled_and_told(graph: str) -> None:
    dry = json.loads(run(graph, "--dry-run", "--json"))
    assert (dry["asked"], dry["filled"], dry["changed"]) == (1, 1, False)
    shown = run(graph)
    assert "1 of 1 slots filled" in shown
    assert "Aarhus" in shown
    with kgkit.open(graph, read_only=True) as kg:
        rows = list(kg.query("MATCH (p:Person)-[r:BORN_IN]->(c) RETURN c.name AS city"))
        (fact,) = kg.facts()
    assert rows == [{"city": "Aarhus"}]
    assert [
        piece.extractor for piece in fact.evidence if isinstance(piece, kgkit.TextEvidence)
    ] == ["reader:city/1"]


def test_a_graph_forgets_what_was_filled(graph: str) -> None:
    schema = "(Person)-[BORN_IN]->(City)"
    with kgkit.open(graph) as kg:
        before = list(kg.export())
        assert kg.fill(schema, reader="city", about=["Ida Vale"]).filled == 1
        assert kg.unfill(schema) == 1
        assert list(kg.export()) == before
        kg.fill(schema, reader=read_city)
        assert "Aarhus" in str(kg.ask("Where was Ida Vale born?"))
        kg.remove_document("a.txt")
        assert kg.stats()["facts"] == 0


def test_a_question_can_be_given(graph: str) -> None:
    asked: list[str] = []

    def note(question: str, text: str) -> None:
        """Note the question."""
        asked.append(question)

    with kgkit.open(graph) as kg:
        kg.fill(
            "(Person)-[BORN_IN]->(City)",
            reader=note,
            question=lambda pattern, name: f"{name}, {pattern.relation}?",
        )
    assert asked == ["Ida Vale, BORN_IN?"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--about", "Nobody"), "no entity is named 'Nobody'"),
        (("--threshold", "2"), "threshold=2.0 is no probability"),
        (("--reader", "none"), "no reader is named 'none'; installed are city"),
    ],
)
def test_what_is_wrong_is_said(graph: str, options: tuple[str, ...], said: str) -> None:
    schema = str(Path(graph).parent / "born.schema")
    done = CliRunner().invoke(
        app, ["fill", graph, "--schema", schema, "--reader", "city", *options]
    )
    assert done.exit_code != 0
    assert said in str(done.exception)


def test_a_schema_that_is_no_text_is_named(graph: str) -> None:
    schema = Path(graph).parent / "bad.schema"
    schema.write_bytes(b"(Person)\xff")
    done = CliRunner().invoke(app, ["fill", graph, "--schema", str(schema)])
    assert "is not text in UTF-8 (at byte 8)" in str(done.exception)
