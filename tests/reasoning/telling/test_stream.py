"""Asking as a stream: plan, steps, evidence, answer, in order and once each."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from kgkit.errors import InputError
from reasoning.answers import Answer, Citation, Step
from reasoning.planning import Known, plan_of
from reasoning.telling import (
    Answered,
    Cited,
    Planned,
    Stepped,
    Tell,
    stream,
    telling_plans,
    telling_searches,
)
from tests.reasoning.answers.small import Small, person

STEP, LATE = Step("linked", "'Ada'"), Step("followed", "(Ada)-[WROTE]->(Note G)")
CITED = Citation(1, "a.txt", "Ada", 0, 9, "Ada wrote.")
ANSWER = Answer("What did Ada write?", "Note G", (CITED,), (STEP, LATE), 0.9)


def test_an_answer_that_is_there_is_told_in_order() -> None:
    events = list(stream(lambda question: ANSWER, ANSWER.question))
    assert events == [
        Planned(ANSWER.question),
        Stepped(STEP),
        Stepped(LATE),
        Cited(CITED),
        Answered(ANSWER),
    ]


def test_events_come_while_it_is_asked() -> None:
    heard = threading.Event()

    def ask(question: str, *, tell: Tell) -> Answer:
        tell(Stepped(STEP))
        assert heard.wait(5), "the first event was held back"
        return ANSWER

    events = stream(ask, ANSWER.question)
    assert next(events) == Stepped(STEP)
    heard.set()
    rest = list(events)
    assert rest == [Planned(ANSWER.question), Stepped(LATE), Cited(CITED), Answered(ANSWER)]


def test_plans_and_searches_are_heard_of_before_the_answer() -> None:
    small = Small()
    small.add("Ada Byron", "Ada Byron wrote Note G.")
    plan = plan_of("What did Ada write?", 'retrieve("Ada", WROTE, ?what)')

    def ask(question: str, *, tell: Tell) -> Answer:
        telling_searches(small.retrieve, tell)(question, 3)
        (made,) = telling_plans(lambda asked, known: [plan], tell)(question, Known())
        return replace(ANSWER, program=str(made.program))

    events = list(stream(ask, ANSWER.question))
    assert [type(event) for event in events[:2]] == [Stepped, Planned]
    assert str(events[0]).count("searched") == 1
    assert sum(isinstance(event, Planned) for event in events) == 1
    assert isinstance(events[-1], Answered)


def test_what_asking_raises_is_raised_to_the_listener() -> None:
    def ask(question: str, *, tell: Tell) -> Answer:
        tell(Planned(question))
        raise InputError("the question is blank")

    events = stream(ask, " ")
    assert next(events) == Planned(" ")
    with pytest.raises(InputError, match="blank"):
        next(events)


def test_a_small_graph_streams_its_answer() -> None:
    small = Small()
    ada = person("Ada Byron")
    document = small.add("Ada Byron", "Ada Byron met Mary Somerville.", ada)
    small.fact(document, "Ada Byron met Mary Somerville", ada, "MET", person("Mary Somerville"))
    *steps, last = stream(small.ask, "Who met Mary Somerville?")
    assert isinstance(last, Answered)
    assert last.answer.text == "Ada Byron"
    assert any(isinstance(event, Cited) for event in steps)
