"""Questions scored as SQuAD scores them, and made unanswerable."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from benchmarks.reading import measure
from benchmarks.scoring.reading import Asked, exact, f1, load_qed, load_xquad, unanswerable
from extractors.mini.reading.reader import Answer, Reader

PASSAGE = "The dam on the Orra was finished in 1931. The town of Lund grew below it."
OTHER = "The Orra rises in the hills. It is 90 miles long."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    question = {"question": "When was the Orra dam finished?", "id": "1"}
    answer = {"text": "1931", "answer_start": PASSAGE.index("1931")}
    second = {"question": "How long is the river in Sweden?", "id": "2"}
    rows = [
        {"title": "Orra", "context": PASSAGE, "qas": [{**question, "answers": [answer]}]},
        {
            "title": "Orra",
            "context": OTHER,
            "qas": [{**second, "answers": [{"text": "90 miles", "answer_start": 35}]}],
        },
    ]
    _write(tmp_path / "xquad_en.jsonl.gz", rows)
    record = {
        "title": "Orra",
        "question": "where does the orra rise",
        "paragraph": OTHER,
        "answers": [[{"start": 18, "end": 27, "text": "the hills"}]],
    }
    _write(tmp_path / "qed_dev_first1000.jsonl.gz", [record] * 600 + [record])
    return tmp_path


def _write(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def test_what_the_reader_learnt_from_is_left_out(folder: Path) -> None:
    assert len(load_qed(folder)) == 1
    assert [asked.golds for asked in load_xquad(folder)] == [("1931",), ("90 miles",)]


def test_made_unanswerable_in_three_ways() -> None:
    asked = [
        Asked(
            "a", "When did Nora Lind buy it?", "Nora Lind bought it in 1931. It shone.", ("1931",)
        ),
        Asked("a", "What shone?", "It was night. The lamp shone.", ("The lamp",)),
        Asked("b", "Where did Carl Berg live?", "Carl Berg lived in Ulm.", ("Ulm",)),
    ]
    made = unanswerable(asked)
    assert [question.text for question in made["sentence"]] == ["It shone.", "It was night."]
    assert made["name"][0].question == "When did Carl Berg buy it?"
    assert made["passage"][0].text == asked[1].text
    assert made == unanswerable(asked)


def test_exact_match_and_f1() -> None:
    assert exact("The Orra dam.", ["Orra dam", "dam"]) == 1.0
    assert f1("Orra", ["the Orra dam"]) == pytest.approx(2 / 3)
    assert f1("", ["dam"]) == 0.0


class _Fixed(Reader):
    """Finds one year, and nothing else."""

    def __init__(self) -> None:
        pass

    def judge(self, questions: Sequence[tuple[str, str]]) -> list[tuple[Answer, bool]]:
        found = [self._find(text) for _, text in questions]
        return [(answer, answer.score > 0.5) for answer in found]

    @staticmethod
    def _find(text: str) -> Answer:
        start = text.find("1931")
        return Answer(start, start + 4, "1931", 0.9) if start >= 0 else Answer(0, 3, "The", 0.1)


def test_the_figures_of_a_reader_that_knows_one_year(folder: Path) -> None:
    figures = measure(_Fixed(), folder)
    assert figures["xquad_em"] == figures["xquad_f1"] == 50.0
    assert figures["xquad_refused"] == 50.0
    assert figures["xquad_no_answer_passage"] == 50.0
    assert figures["xquad_no_answer_sentence"] == 100.0
    assert figures["qed_questions"] == 1
