"""What a model expects where the graph has no answer: told beside the refusal, never instead."""

from __future__ import annotations

import pytest

import kgkit
from kgkit.verbs.training import train
from reasoning.answers.answer import Answer, Refusal
from reasoning.embeddings.predicting.missing import likely_links, told
from tests.kgkit.verbs.towns import facts


def test_a_refusal_tells_what_a_model_expects() -> None:
    with kgkit.open(":memory:", store="networkx") as kg:
        kg.add(facts(without=3))
        model = train(kg, dim=32, epochs=40, every=10)
        view = kg.projections.view
        found = likely_links("Where does Person 1 live?", model, view, least=0.0)
        assert found[0].relation == "LIVES_IN"
        assert (found[0].head.name, found[0].tail.name) == ("Person 1", "Town 1")
        assert likely_links("What does Person 1 eat?", model, view, least=0.0) == []
        assert likely_links("Where do people live?", model, view, least=0.0) == []
        assert likely_links("Where does Person 1 live?", model, view, least=1.0) == []
    refused = Answer("Where?", "", missing=Refusal("no_fact", "The graph does not say."))
    shown = told(refused, found[:1])
    assert not shown
    assert str(shown).startswith("The graph does not say. A trained model expects, without a ")
    assert "(Person 1)-[LIVES_IN]->(Town 1)" in str(shown)
    assert told(refused, []) is refused
    given = Answer("Where?", "Oslo")
    assert told(given, found) is given


@pytest.mark.parametrize("question", ["", "?", "Person 1"])
def test_questions_that_ask_nothing(question: str) -> None:
    with kgkit.open(":memory:", store="networkx") as kg:
        kg.add(facts())
        model = train(kg, dim=8, epochs=1)
        assert likely_links(question, model, kg.projections.view, least=0.0) == []
