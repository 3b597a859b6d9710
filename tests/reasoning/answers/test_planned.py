"""Answers that come from plans: where they come from, what was run, and when facts held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from kgkit.errors import InputError
from kgkit.facts import Entity, Literal, Qualifier
from reasoning.answers import Answer, ask
from reasoning.executing.budget import Budget
from reasoning.planning.plan import Known, Plan, plan_of
from tests.reasoning.answers.small import CountingEncoder, Small, person, place, thing
from tests.reasoning.executing.graphs import SetReader

ADA, BEN = person("Ada Brook"), person("Ben Brook")
TIDE, SALT = thing("Tide"), thing("Salt")


@pytest.fixture
def graph() -> Small:
    made = Small()
    tide = made.add("Tide", "Tide is a film. Ada Brook directed Tide.", ADA, TIDE)
    made.fact(tide, "Ada Brook directed Tide", ADA, "DIRECT", TIDE)
    made.add("Ada Brook", "Ada Brook was born in Valeport.", ADA, place("Valeport"))
    return made


def _asked(graph: Small, question: str, reader: SetReader, **rest: object) -> Answer:
    return ask(
        question,
        facts=graph.view,
        retrieve=graph.retrieve,
        encoder=CountingEncoder(),
        reader=reader,
        **rest,  # type: ignore[arg-type]
    )


def test_a_fact_answers_and_its_program_is_told(graph: Small) -> None:
    answer = graph.ask("Who directed Tide?")
    assert (answer.text, answer.source) == ("Ada Brook", "graph")
    assert answer.program.startswith("retrieve(")
    assert 0 < answer.support <= 1


def test_a_sentence_answers_without_claiming_a_fact(graph: Small) -> None:
    question = "Where was Ada Brook born?"
    answer = _asked(graph, question, SetReader({question: ("Valeport", 0.9)}))
    assert (answer.text, answer.source) == ("Valeport", "text")
    assert [c.fact for c in answer.citations] == [None]
    assert answer.citations[0].quote == "Ada Brook was born in Valeport."


def test_own_planner_is_told_what_failed(graph: Small) -> None:
    seen: list[Known] = []

    def planner(question: str, known: Known) -> Sequence[Plan]:
        seen.append(known)
        if known.failures:
            return [plan_of(question, 'retrieve("Tide", director, ?who); output(?who)')]
        return [plan_of(question, 'retrieve("Tide", zorb, ?who); output(?who)', "")]

    answer = _asked(graph, "Who made Tide?", SetReader(), planner=planner)
    assert answer.text == "Ada Brook"
    assert len(seen) == 2
    assert "zorb" in seen[1].failures[0].step
    assert seen[1].failures[0].reason


def test_a_planner_that_knows_nothing_leaves_the_walk(graph: Small) -> None:
    answer = _asked(graph, "Who directed Tide?", SetReader(), planner=lambda *_: [])
    assert (answer.text, answer.source, answer.program) == ("Ada Brook", "graph", "")


def test_as_of_asks_for_what_held_then() -> None:
    made = Small()
    text = "Ada Brook led Salt until 1980. Ben Brook led Salt from 1981."
    document = made.add("Salt", text, ADA, BEN, SALT)
    until = Qualifier("valid_to", Literal(1980, "gYear", "1980"))
    since = Qualifier("valid_from", Literal(1981, "gYear", "1981"))
    made.fact(document, "Ada Brook led Salt until 1980", ADA, "LEAD", SALT, qualifiers=(until,))
    made.fact(document, "Ben Brook led Salt from 1981", BEN, "LEAD", SALT, qualifiers=(since,))
    for when, leader in (
        (1975, "Ada Brook"),
        ("1990-05", "Ben Brook"),
        (date(1990, 5, 1), "Ben Brook"),
    ):
        assert _asked(made, "Who led Salt?", SetReader(), as_of=when).text == leader


def test_as_of_has_to_be_a_time(graph: Small) -> None:
    with pytest.raises(InputError, match="is no time"):
        _asked(graph, "Who directed Tide?", SetReader(), as_of="yesterday")


def test_budget_of_no_texts_reads_none_for_steps(graph: Small) -> None:
    reader = SetReader()
    _asked(graph, "Where was Ada Brook born?", reader, budget=Budget(texts=0), planner=_one_step)
    assert all(question == "Where was Ada Brook born?" for question, _ in reader.asked)


def _one_step(question: str, known: Known) -> Sequence[Plan]:
    return [plan_of(question, 'retrieve("Ada Brook", `born in`, ?x); output(?x)', "Born where?")]


def test_refusals_come_from_nowhere(graph: Small) -> None:
    answer = graph.ask("Who directed Zorblax?")
    assert (answer.source, answer.support, answer.program) == ("none", 0.0, "")


def test_same_question_same_answer(graph: Small) -> None:
    assert graph.ask("Who directed Tide?") == graph.ask("Who directed Tide?")
    assert isinstance(ADA, Entity)
