"""The weights are learnt from questions with known passages."""

from __future__ import annotations

from reasoning.retrieval.asked import understand
from reasoning.retrieval.seeds import seed_scores
from reasoning.retrieval.train import examples, fit
from reasoning.retrieval.walk import FEATURES, Weights, walk
from tests.reasoning.retrieval.town import TOWN, WordEncoder, indexed

QUESTIONS = [
    ("Where was the founder of the Nordlys laboratory born?", [0, 1]),
    ("Which instrument does the leader of the Town choir play?", [4, 5]),
]


def test_learning_puts_needed_passages_above_the_others() -> None:
    index = indexed(TOWN)
    found = list(examples(index, QUESTIONS, WordEncoder()))
    weights = fit(found, epochs=30)
    assert len(weights.step) == len(FEATURES)
    for question, gold in QUESTIONS:
        asked = understand(index, question, WordEncoder())
        scores = walk(index, asked, seed_scores(index, asked), weights).scores
        assert sorted(scores.argsort()[-2:].tolist()) == gold


def test_learning_is_repeatable() -> None:
    found = list(examples(indexed(TOWN), QUESTIONS, WordEncoder()))
    one, other = fit(found, epochs=2), fit(found, epochs=2)
    assert isinstance(one, Weights)
    assert one == other
