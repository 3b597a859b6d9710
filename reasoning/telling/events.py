"""What happens while a question is answered, as it is told to whoever waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reasoning.answers.answer import Answer, Citation, Step

__all__ = ["Answered", "Cited", "Event", "Planned", "Stepped", "Tell", "events_of"]


@dataclass(frozen=True, slots=True)
class Planned:
    """The question is understood: `program` is the logical form that is run, "" where none is."""

    question: str
    program: str = ""


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step was taken."""

    step: Step


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence was found and checked."""

    citation: Citation


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer, or the refusal; the last event."""

    answer: Answer


#: What happens, in the order plan, steps, evidence, answer; steps and evidence may alternate.
Event = Planned | Stepped | Cited | Answered

#: What is called with each event as it happens.
Tell = Callable[[Event], None]


def events_of(answer: Answer) -> Iterator[Event]:
    """Yield what happened for an answer that is there already.

    >>> answer = Answer("Who?", "Ada", plan=(Step("linked", "'x'"),))
    >>> [type(event).__name__ for event in events_of(answer)]
    ['Planned', 'Stepped', 'Answered']
    """
    yield Planned(answer.question, answer.program)
    yield from map(Stepped, answer.plan)
    yield from map(Cited, answer.citations)
    yield Answered(answer)
