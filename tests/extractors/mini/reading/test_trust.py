"""What bears on how sure an answer is."""

from __future__ import annotations

from extractors.mini.reading.decode import Found
from extractors.mini.reading.layout import case_of, passage_of, query_of
from extractors.mini.reading.trust import FEATURES, features
from kgkit.models.encoder import load_encoder

TOKENIZER = load_encoder().tokenizer
TEXT = "Clara Munk founded the school. It closed in 1950."


def _seen(question: str, first: int) -> dict[str, float]:
    case = case_of(query_of(TOKENIZER, question), passage_of(TOKENIZER, TEXT))
    return dict(zip(FEATURES, features(case, Found(first, first, 1.0, -0.5)), strict=True))


def test_names_that_the_text_lacks_count() -> None:
    assert _seen("Did Clara Munk found it?", 0)["missing_names"] == 0.0
    assert _seen("Did Ivan Petrov found it?", 0)["missing_names"] == 1.0


def test_the_sentence_of_the_answer_should_share_the_question() -> None:
    question = "Who founded the school?"
    assert _seen(question, 0)["near"] > _seen(question, 9)["near"]
    assert _seen(question, 0)["missing"] == 0.0
