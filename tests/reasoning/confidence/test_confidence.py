"""Confidence is a probability learnt from signs; below the threshold nothing is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgkit.errors import ModelError
from reasoning.answers.answer import Answer, Citation, Refusal, Step
from reasoning.confidence import confidence_of, settled
from reasoning.confidence.settling import Model, load_model, save_model
from reasoning.confidence.signs import SIGNS, Given, signs_of
from reasoning.confidence.train import Kept, fit, held_out_probabilities

QUOTE = "Ada Brook founded Lumen Works in Valeport."


def _answer(support: float = 0.9, text: str = "Ada Brook") -> Answer:
    citation = Citation(1, "a.txt", "Lumen Works", 0, len(QUOTE), QUOTE, "f")
    return Answer(
        "Who founded Lumen Works?",
        text,
        (citation,),
        (Step("followed", "a fact"),),
        source="graph",
        program="retrieve(?p, founded, Lumen Works)",
        support=support,
    )


def test_more_support_is_more_confidence() -> None:
    low, high = confidence_of(_answer(0.1)), confidence_of(_answer(0.95))
    assert 0.0 < low < high < 1.0


def test_settled_answers_keep_everything_else() -> None:
    given_answer = settled(_answer(0.95))
    assert given_answer.text == "Ada Brook"
    assert given_answer.confidence == confidence_of(_answer(0.95))
    assert given_answer.citations == _answer().citations


def test_what_is_too_unsure_is_refused() -> None:
    unsure = Answer("Who founded Lumen Works?", "Ben", support=0.01)
    refused = settled(unsure, refuse_below=0.1)
    assert refused.missing is not None
    assert refused.missing.kind == "low_support"
    assert "'Ben'" in refused.missing.detail
    assert refused.text == ""
    assert 0 < refused.confidence < 0.1
    assert settled(unsure, refuse_below=0.0).text == "Ben"


def test_a_refusal_stays_one() -> None:
    refusal = Answer("Who?", "", missing=Refusal("no_fact", "Nothing says so."))
    assert settled(refusal) is refusal
    assert confidence_of(refusal) == 0.0


def test_signs_say_what_citations_say() -> None:
    told = Given("Who founded Lumen Works?", "Ada Brook", 0.5, (QUOTE,), ("Lumen Works",))
    signs = dict(zip(SIGNS, signs_of(told), strict=True))
    assert (signs["names_said"], signs["words_said"], signs["titled"]) == (1.0, 1.0, 1.0)
    assert (signs["quoted"], signs["echoes"], signs["yes_or_no"]) == (1.0, 0.0, 0.0)
    foreign = Given("Who founded Umber Works?", "Ada Brook", 0.5, (QUOTE,), ("Lumen Works",))
    assert dict(zip(SIGNS, signs_of(foreign), strict=True))["titled"] == 0.0


@given(st.text(max_size=80), st.text(max_size=20), st.floats(0, 1), st.lists(st.text(max_size=40)))
def test_any_answer_has_signs(question: str, text: str, support: float, quotes: list[str]) -> None:
    signs = signs_of(Given(question, text, support, tuple(quotes), tuple(quotes)))
    assert len(signs) == len(SIGNS)
    assert 0.0 <= load_model().probability(signs) <= 1.0


def test_what_is_learnt_from_support_follows_it() -> None:
    kept = [
        Kept(Given("Who found Xenia?", "Ada", n / 100, (QUOTE,), ("T",)), n > 50)
        for n in range(100)
    ]
    model = fit(kept)
    high, low = (
        model.probability(signs_of(Given("Who found Xenia?", "Ada", s, (QUOTE,), ("T",))))
        for s in (0.9, 0.1)
    )
    assert high > 0.7 > 0.3 > low
    found = held_out_probabilities(kept)
    assert sum(found[60:]) > sum(found[:40])


def test_weights_round_trip_and_are_checked(tmp_path: Path) -> None:
    model = Model(tuple(0.5 for _ in SIGNS), -1.0, 0.3)
    save_model(model, tmp_path / "weights.json")
    assert load_model(tmp_path / "weights.json") == model
    (tmp_path / "other.json").write_text('{"signs": []}')
    for name in ("other.json", "none.json"):
        with pytest.raises(ModelError):
            load_model(tmp_path / name)
