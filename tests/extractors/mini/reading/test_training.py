"""Questions made by rules, texts drawn around them, and the loss."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.load import load_mini
from extractors.mini.reading.network import LONGEST, ReadingNetwork, Scores
from extractors.mini.train.reading_cases import Composer, Example
from extractors.mini.train.reading_loop import ReadingPlan, reading_loss, train_reading
from extractors.mini.train.reading_pages import Asked, Page, bounds_of, parsed_page, words_at
from extractors.mini.train.reading_questions import questions_of
from extractors.mini.train.reading_templates import FOR_HEAD, FOR_TAIL
from extractors.sentences import sentences
from kgkit.models.encoder import load_encoder

TEXT = (
    "Clara Munk founded the school in 1902. It stands in Arden. The mayor opened a library in "
    "Lund. Jonas Holt designed the library."
)
TOKENIZER = load_encoder().tokenizer


@pytest.fixture(scope="module")
def page() -> Page:
    parsed = load_mini().analyse(TEXT, sentences(TEXT)).sentences
    return parsed_page(TOKENIZER, "School", TEXT, parsed)


@pytest.fixture(scope="module")
def asked(page: Page) -> list[Asked]:
    parsed = load_mini().analyse(TEXT, sentences(TEXT)).sentences
    known = frozenset(TOKENIZER.get_vocab())
    return [
        Asked("plain", made.question, 0, ((number, made.first, made.last, 1.0),), (number, number))
        for number, sentence in enumerate(parsed)
        for made in questions_of(TEXT, sentence, "School", known)
    ]


def _answers(example: Example, text: str) -> list[str]:
    spans = example.case.spans
    return [text[spans[first][0] : spans[last][1]] for first, last, _ in example.golds]


def test_every_argument_is_asked_for(asked: list[Asked], page: Page) -> None:
    spans, text = page.passage.spans, page.passage.text
    told = {
        (a.question, text[spans[n][first][0] : spans[n][last][1]])
        for a in asked
        for n, first, last, _ in a.golds
    }
    assert ("When did Clara Munk found the school?", "1902") in told
    assert ("Who founded the school in 1902?", "Clara Munk") in told
    assert ("Who designed the library?", "Jonas Holt") in told


def test_answered_examples_hold_their_answer(asked: list[Asked], page: Page) -> None:
    composer = Composer([page], TOKENIZER)
    for number, question in enumerate(asked):
        made = composer.compose(question, 40, random.Random(number), "answered")
        assert made is not None
        (n, first, last, _) = question.golds[0]
        spans = page.passage.spans[n]
        if "\n" not in (text := _text(made, page)):
            assert _answers(made, text) == [TEXT[spans[first][0] : spans[last][1]]]


def _text(made: Example, page: Page) -> str:
    """The text of a case; sentences beside it would stand behind or before a line's end."""
    end = max(end for _, end in made.case.spans)
    return page.passage.text if end <= len(page.passage.text) else "\n"


@pytest.mark.parametrize("kind", ["removed", "elsewhere", "replaced"])
def test_unanswerable_examples_have_no_answer(kind: str, asked: list[Asked], page: Page) -> None:
    composer = Composer([page, page], TOKENIZER)
    made = [composer.compose(q, 60, random.Random(3), kind) for q in asked]
    assert any(example is not None for example in made)
    assert all(example.golds == () for example in made if example is not None)


def test_the_same_draw_gives_the_same_example(asked: list[Asked], page: Page) -> None:
    composer = Composer([page], TOKENIZER)
    first, second = (composer.compose(asked[0], 50, random.Random(7)) for _ in range(2))
    assert first == second


@given(st.integers(0, 5), st.floats(0.1, 1.0))
def test_a_surer_answer_costs_less(place: int, weight: float) -> None:
    spans = torch.zeros(6, LONGEST)
    example = Example.__new__(Example)
    object.__setattr__(example, "golds", ((place, place, weight),))
    before = reading_loss(Scores(spans, torch.tensor(0.0)), example)
    surer = spans.clone()
    surer[place, 0] = 3.0
    assert reading_loss(Scores(surer, torch.tensor(0.0)), example) < before


def test_a_broken_off_run_goes_on_where_it_was(
    tmp_path: Path, asked: list[Asked], page: Page
) -> None:
    composer = Composer([page], TOKENIZER)
    found = []
    for steps in ((2,), (1, 2)):
        torch.manual_seed(0)
        network = ReadingNetwork(load_encoder().bert)
        work = tmp_path / str(len(steps))
        work.mkdir()
        for count in steps:
            plan = ReadingPlan(count, 9, work, {"plain": 1.0}, pieces=30, warm_up=10_000)
            mean = train_reading(network, plan, {"plain": asked}, composer, lambda *_: None)
        found.append(mean)
    assert all(torch.allclose(found[0][name], found[1][name]) for name in found[0])


def test_phrasings_have_one_gap() -> None:
    phrasings = [p for table in (FOR_HEAD, FOR_TAIL) for found in table.values() for p in found]
    assert len(phrasings) > 200
    assert all(p.count("{}") == 1 and p.endswith("?") for p in phrasings)


def test_tokenised_text_is_cut_at_its_points() -> None:
    text = "It rained in St. Louis . `` Why ? '' They left ."
    assert next(text[a:b] for a, b in bounds_of(text)) == "It rained in St. Louis ."
    assert words_at([(0, 2), (3, 9)], 4, 5) == (1, 1)
    assert words_at([(0, 2)], 2, 5) is None
