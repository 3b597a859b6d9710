"""What a planner is given, and what it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kgkit.facts import Entity
from reasoning.logic.forms import Combine, Program, Retrieve
from reasoning.logic.reading import parse
from reasoning.logic.vocabulary import Vocabulary

__all__ = ["Failure", "Known", "Plan", "Planner", "Turn", "plan_of"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to answer a question: a program, and each of its steps as a question in words.

    Relations of the program are the graph's own where the planner knows them, and else words of
    the question ("directed by"), to be matched by whoever runs it, in either direction; names are
    written as in the question. `asks` holds one question for each `retrieve`, in the order of
    `steps`, in which "{film}" stands for what ?film is bound to; "" for a step that texts cannot
    answer. `kind` is the kind of the answer: person, place, organization, thing, date, number,
    yesno or any. `planner` names who made the plan, `score` in [0, 1] how sure it was.

    >>> plan = plan_of("Who directed Alien?", 'retrieve(?who:Person, directed, "Alien")')
    >>> plan.asks, plan.steps[0].head.variable
    (('Who directed Alien?',), 'who')
    """

    question: str
    program: Program
    asks: tuple[str, ...] = ()
    kind: str = "any"
    planner: str = "given"
    score: float = 1.0

    @property
    def steps(self) -> tuple[Retrieve, ...]:
        """The retrieve steps, those inside of blocks too, in the order in which they are read."""
        return tuple(_retrieves(self.program))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a plan did not answer: the step (its text) that left nothing, and the reason."""

    plan: Plan
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was asked before in the same dialogue, and what was answered to it."""

    question: str
    answer: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What a planner may know: the graph's vocabulary, the entities that names of the question
    were linked to (by the text of the name), the dialogue so far, and plans that failed."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    linked: tuple[tuple[str, tuple[Entity, ...]], ...] = ()
    dialogue: tuple[Turn, ...] = ()
    failures: tuple[Failure, ...] = ()


class Planner(Protocol):
    """Something that makes plans; a plain function of the same shape will do as well."""

    def __call__(self, question: str, known: Known) -> Sequence[Plan]:
        """Return plans, the likeliest first; none where the question is not understood."""


def plan_of(question: str, program: str, *asks: str, kind: str = "any") -> Plan:
    """Return a plan written by hand; without `asks` the question itself is asked of each step.

    Raises `QueryError` for a program that cannot be read.
    """
    plan = Plan(question, parse(program), kind=kind)
    given = asks or (question,) * len(plan.steps)
    return Plan(question, plan.program, tuple(given), kind)


def _retrieves(program: Program) -> list[Retrieve]:
    found: list[Retrieve] = []
    for step in program.steps:
        if isinstance(step, Retrieve):
            found.append(step)
        elif isinstance(step, Combine):
            for block in (step.left, step.right):
                found += _retrieves(block) if block is not None else []
    return found
