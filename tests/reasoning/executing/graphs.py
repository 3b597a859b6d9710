"""A small graph of films and people, a reader with set answers, and what runs plans over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kgkit.facts import Entity, Literal
from reasoning.answers.similar import similar
from reasoning.executing.budget import Budget, Meter
from reasoning.executing.cascade import Finder
from reasoning.executing.execute import execute
from reasoning.executing.outcome import Outcome
from reasoning.executing.pages import Shelf
from reasoning.logic.source import FactSource
from reasoning.logic.vocabulary import Vocabulary
from reasoning.planning.plan import plan_of
from tests.reasoning.answers.small import CountingEncoder, Small

__all__ = ["Marked", "SetReader", "finder_of", "names", "ran"]


@dataclass(frozen=True, slots=True)
class Marked:
    """What a reader marked."""

    start: int
    end: int
    text: str
    score: float


@dataclass
class SetReader:
    """Marks the text that is set for a question, wherever it stands; notes what it was asked."""

    answers: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def judge(self, questions: Sequence[tuple[str, str]]) -> list[tuple[Marked, bool]]:
        """Return the set answer for each question whose text holds it."""
        self.asked += questions
        return [self._judge(question, text) for question, text in questions]

    def _judge(self, question: str, text: str) -> tuple[Marked, bool]:
        said, score = self.answers.get(question, ("", 0.0))
        at = text.find(said) if said else -1
        if at < 0:
            return Marked(0, 0, "", 0.0), False
        return Marked(at, at + len(said), said, score), True


def finder_of(
    graph: Small,
    reader: SetReader | None = None,
    *,
    budget: Budget | None = None,
    source: FactSource | None = None,
) -> Finder:
    """Return what finds values in a graph, with all its texts at hand."""
    shelf = Shelf(graph.view, graph.retrieve, most=2)
    shelf.put(graph.retrieve(" ".join(d.text for d in graph.documents), 50))
    return Finder(
        graph.view,
        shelf,
        similar(CountingEncoder()),
        Meter(budget or Budget()),
        reader=reader,
        source=source,
        vocabulary=Vocabulary.of_facts(graph.facts) if source is not None else None,
    )


def ran(finder: Finder, program: str, *asks: str, kind: str = "any") -> Outcome:
    """Return the outcome of a program."""
    return execute(plan_of("a question", program, *asks, kind=kind), finder)


def names(outcome: Outcome) -> list[str]:
    """Return what the last column of an outcome holds, best first."""
    cells = [row.cells[-1] for row in outcome.table.rows]
    return [
        cell.name if isinstance(cell, Entity) else cell.text or str(_shown(cell)) for cell in cells
    ]


def _shown(cell: Literal) -> object:
    return cell.value
