"""The trained reader."""

from __future__ import annotations

import time

import pytest
import torch

from extractors.mini.reading.load import load_reader
from extractors.mini.reading.reader import Answer, Reader
from kgkit.errors import ModelError

TEXT = (
    "The mill at Westerbrook was built in 1743 by the carpenter Jonas Holt. It ground wheat until "
    "a fire destroyed it. In 1902 the town of Arden bought the ruin for 300 crowns, and the "
    "architect Clara Munk turned it into a school. About 140 children learn there today."
)
QUESTIONS = {
    "When was the mill built?": "1743",
    "Who built the mill at Westerbrook?": "Jonas Holt",
    "Which town bought the ruin?": "Arden",
    "Who turned the ruin into a school?": "Clara Munk",
    "How many children learn there today?": "140",
    "What destroyed the mill?": "fire",
}
UNANSWERED = (
    "Who painted the portrait of the queen?",
    "What is the capital of Mongolia?",
    "How many goals did Eusebio score?",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_what_the_text_says(reader: Reader, question: str) -> None:
    answer = reader.best(question, TEXT)
    assert QUESTIONS[question] in answer.text
    assert answer.text == TEXT[answer.start : answer.end]
    assert 0.0 <= answer.score <= 1.0


def test_accepts_most_of_them(reader: Reader) -> None:
    found = reader.read_all([(question, TEXT) for question in QUESTIONS])
    assert sum(answer is not None for answer in found) >= len(QUESTIONS) - 1


@pytest.mark.parametrize("question", UNANSWERED)
def test_refuses_what_the_text_does_not_say(reader: Reader, question: str) -> None:
    assert reader.read(question, TEXT) is None


def test_together_is_one_by_one_whatever_the_threads(reader: Reader) -> None:
    asked = [(question, text) for question in QUESTIONS for text in (TEXT, TEXT[:70])]
    asked += [(question, TEXT * 3) for question in UNANSWERED]
    together = reader.read_all(asked)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    alone = [reader.read(question, text) for question, text in asked]
    torch.set_num_threads(threads)
    assert together == alone
    assert together[::-1] == reader.read_all(asked[::-1])


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b", "...", "?"])
def test_where_there_is_nothing_to_read(reader: Reader, text: str) -> None:
    assert reader.best("", text) == Answer(0, 0, "", 0.0)
    answer = reader.best("Who is it?", text)
    assert answer.text == text[answer.start : answer.end]


@pytest.mark.parametrize(
    "text",
    [
        "\u05d2\u05d5\u05dc\u05d3\u05d4 \u05de\u05d0\u05d9\u05e8 1898.",
        "zero\u200bwidth\u200d joiners\ufeff and e\u0301 accents \U0001f600.",
        "x" * 20_000,
        "a.b." * 3_000,
        "\x00\x01 control \x7f",
    ],
)
def test_odd_texts_give_spans_of_themselves(reader: Reader, text: str) -> None:
    answer = reader.best("When was Golda Meir born?", text)
    assert answer.text == text[answer.start : answer.end]


def test_a_long_text_takes_bounded_time(reader: Reader) -> None:
    noise = "The weather in the valley was mild and nobody complained about it. " * 4_500
    hidden = "The composer Anna Vrest wrote the opera Nightfall in 1911. "
    text = noise + hidden + noise
    assert len(text.split()) > 100_000
    began = time.process_time()
    answer = reader.best("Who wrote the opera Nightfall?", text)
    assert "Anna Vrest" in answer.text
    assert time.process_time() - began < 30


def test_a_missing_adapter_is_said(tmp_path: object) -> None:
    with pytest.raises(ModelError, match="cannot read the reader"):
        load_reader(tmp_path)  # type: ignore[arg-type]
