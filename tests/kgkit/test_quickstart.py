"""The first thing a newcomer runs: a graph is built, and the questions are answered rightly."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kgkit import quickstart
from kgkit.cli import main

#: What each answer must contain, and how many documents are needed to find it.
EXPECTED = {
    "Who discovered the electron?": ("Thomson", 1),
    "Where was the discoverer of the neutron born?": ("Bollington", 2),
    "When was the husband of Marie Curie born?": ("1859", 2),
    "Who directed the Cavendish Laboratory after J. J. Thomson?": ("Rutherford", 1),
    "In which city did the aunt of Otto Robert Frisch die?": ("Cambridge", 2),
}

TEXTS = {document.uri: document.text for document in quickstart.documents()}


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> quickstart.Tour:
    return quickstart.run(tmp_path_factory.mktemp("tour") / "quickstart.kg")


@pytest.mark.parametrize("uri", TEXTS)
def test_documents_are_short(uri: str) -> None:
    assert 60 <= len(TEXTS[uri].split()) <= 150


def test_the_questions_are_the_expected_ones() -> None:
    assert tuple(EXPECTED) == quickstart.QUESTIONS
    assert sum(documents > 1 for _, documents in EXPECTED.values()) >= 2


def test_everything_is_built(tour: quickstart.Tour) -> None:
    assert tour.report.totals["built"] == len(TEXTS)
    assert not tour.report.failed
    assert tour.report.totals["facts"] > 5 * len(TEXTS)


@pytest.mark.parametrize("question", EXPECTED)
def test_answers_are_right_and_cited(tour: quickstart.Tour, question: str) -> None:
    answer = next(a for a in tour.answers if a.question == question)
    expected, documents = EXPECTED[question]
    assert expected in answer.text
    assert len({c.document_uri for c in answer.citations}) >= documents
    for citation in answer.citations:
        assert TEXTS[citation.document_uri][citation.start : citation.end] == citation.quote


def test_what_is_not_there_is_refused(tour: quickstart.Tour) -> None:
    answer = tour.answers[-1]
    assert answer.question == quickstart.UNANSWERABLE
    assert answer.missing is not None
    assert "penicillin" in str(answer.missing).lower()


def test_the_commands_work_on_the_graph(
    tour: quickstart.Tour, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert not ended.value.code
        return capsys.readouterr().out

    assert run("quickstart", "--path", tour.path).startswith(tour.path)
    answer = json.loads(run("ask", tour.path, quickstart.QUESTIONS[1], "--json"))
    assert "Bollington" in answer["text"]
    cypher = "MATCH (p:Person {name: $name}) RETURN p.name AS name"
    rows = json.loads(run("query", tour.path, cypher, "-p", "name=Niels Bohr", "--json"))
    assert rows == [{"name": "Niels Bohr"}]
    stats = json.loads(run("stats", tour.path, "--json"))
    assert stats["documents"] == len(TEXTS)
    exported = run("export", tour.path)
    run("rebuild", tour.path)
    assert run("export", tour.path) == exported
    assert "Removed neutron.md" in run("remove", tour.path, "neutron.md")
    gone = json.loads(run("stats", tour.path, "--json"))
    assert gone["documents"] == len(TEXTS) - 1
    assert not re.search(r'"neutron\.md"', run("export", tour.path))


def test_the_documents_lie_in_the_package() -> None:
    folder = Path(quickstart.__file__).parent / "documents"
    assert sorted(TEXTS) == sorted(path.name for path in folder.glob("*.md"))
