"""Asking in the front door: a dialogue, events, pictures, a language model."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import kgkit
from kgkit.models.lm import FakeLM
from reasoning.telling import Answered, Cited, Planned

QUESTION = "Where was the discoverer of corvium born?"


@pytest.fixture(scope="module")
def kg() -> Iterator[kgkit.KnowledgeGraph]:
    texts = {
        "Corvium": "Ida Lindqvist discovered corvium in 1902.",
        "Ida Lindqvist": "Ida Lindqvist was born in Aalborg on 3 May 1871.",
    }
    with kgkit.open(":memory:") as graph:
        graph.build(*(kgkit.Document(f"{title}.txt", text, title) for title, text in texts.items()))
        yield graph


def test_a_dialogue_understands_what_follows(kg: kgkit.KnowledgeGraph) -> None:
    talk = kg.chat()
    assert talk.ask("Who discovered corvium?").text == "Ida Lindqvist"
    answer = talk.ask("Where was she born?")
    assert answer.text == "Aalborg"
    assert answer.plan[0].action == "understood"


def test_plans_are_told_before_the_answer(kg: kgkit.KnowledgeGraph) -> None:
    *events, last = kg.ask_stream(QUESTION)
    assert isinstance(last, Answered)
    assert last.answer.text == "Aalborg"
    kinds = [type(event) for event in events]
    assert kinds.index(Planned) < kinds.index(Cited)


def test_an_answer_explains_itself(kg: kgkit.KnowledgeGraph) -> None:
    answer = kg.ask(QUESTION, explain=True)
    assert "<svg" in answer._repr_html_()
    assert answer.explain().evidence.arrows
    assert "<svg" not in kg.ask(QUESTION)._repr_html_()


def test_a_model_plans_and_tells_in_two_calls(kg: kgkit.KnowledgeGraph) -> None:
    steps = ['retrieve(?who, DISCOVER, "corvium")', "retrieve(?who, BORN_IN, ?where)"]
    claim = {"text": "Ida Lindqvist was born in Aalborg.", "cites": [2]}
    replies = [
        json.dumps({"kind": "place", "steps": [*steps, "output(?where)"]}),
        json.dumps({"claims": [claim], "short_answer": "Aalborg"}),
    ]
    model = FakeLM(replies)
    answer = kg.ask(QUESTION, lm=model)
    assert answer.text == "Aalborg"
    assert steps[0] in answer.program
    assert len(model.requests) == 2
