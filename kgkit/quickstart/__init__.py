"""A first graph: short documents on the early history of radioactivity, and questions to ask it.

The documents are the `*.md` files beside this module. Most questions need two of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgkit.facts import Document
    from kgkit.report import BuildReport, Progress
    from reasoning.answers import Answer

__all__ = ["QUESTIONS", "UNANSWERABLE", "Tour", "documents", "run"]

#: What the tour asks.
QUESTIONS = (
    "Who discovered the electron?",
    "Where was the discoverer of the neutron born?",
    "When was the husband of Marie Curie born?",
    "Who directed the Cavendish Laboratory after J. J. Thomson?",
    "In which city did the aunt of Otto Robert Frisch die?",
)

#: A question that the documents do not answer, to show what is said then.
UNANSWERABLE = "Who discovered penicillin?"


@dataclass(frozen=True, slots=True)
class Tour:
    """What the quickstart did: the build, the graph's figures, and an answer to each question.

    The last answer is to `UNANSWERABLE`.
    """

    path: str
    report: BuildReport
    stats: dict[str, int]
    answers: tuple[Answer, ...]


def documents() -> list[Document]:
    """Return the documents, by address; "neutron.md" is the address of the one on the neutron."""
    from extractors.readers import read

    paths = sorted((Path(__file__).parent / "documents").glob("*.md"))
    return [replace(document, uri=path.name) for path in paths for document in read(path)]


def run(path: str | Path = "quickstart.kg", *, progress: Progress | None = None) -> Tour:
    """Build the graph at `path`, going on where an earlier run stopped, and ask the questions."""
    from kgkit.graph import open

    with open(path) as kg:
        report = kg.build(*documents(), progress=progress)
        answers = tuple(kg.ask(question) for question in (*QUESTIONS, UNANSWERABLE))
        return Tour(str(path), report, kg.stats(), answers)
