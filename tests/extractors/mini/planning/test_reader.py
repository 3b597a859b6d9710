"""The trained planning head reads questions that it never saw."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from extractors.mini.planning.labels import OPERATORS, TYPES, type_of
from extractors.mini.planning.reader import best_set, load_question_reader
from extractors.mini.planning.store import Settings, load_planning, save_planning
from kgkit.errors import ModelError


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who directed the film The Quiet Harbour?", "things"),
        ("Were Anna Lind and Otto Kest of the same nationality?", "yesno"),
        ("How many films did Anna Lind direct?", "number"),
        ("Which film came out first, Salt Meadow or Blue Lantern?", "choice"),
    ],
)
def test_types(question: str, expected: str) -> None:
    reading = load_question_reader().read(question)
    assert reading.type == expected
    assert round(sum(share for _, share in reading.types), 2) == 1.0
    assert reading.words[0][:2] == (0, question.index(" "))


def test_operators_and_words() -> None:
    reading = load_question_reader().read("How many films did Anna Lind direct?")
    assert "select" in reading.fine
    assert "aggregate" in reading.fine
    assert load_question_reader().read("   ").words == ()
    assert len(load_question_reader().read("word " * 400).words) == 120


def test_the_likeliest_known_set_is_taken() -> None:
    scores = torch.full((len(OPERATORS),), -4.0)
    scores[OPERATORS.index("select")] = 4.0
    scores[OPERATORS.index("filter")] = 0.1
    known = ((("select",), -0.5), (("filter", "select"), -6.0))
    assert best_set(scores, known, 0.0) == {"select", "filter"}
    assert best_set(scores, known, 1.0) == {"select"}
    assert best_set(scores, (), 1.0) == {"select", "filter"}


def test_store_and_damage(tmp_path: Path) -> None:
    settings = Settings(((("select",), -0.1),), ((("filter", "select"), -0.2),), 0.5)
    save_planning(tmp_path, {"whole.weight": torch.ones(2, 3)}, settings)
    tensors, read = load_planning(tmp_path)
    assert read == settings
    assert tensors["whole.weight"].dtype == torch.float32
    with pytest.raises(ModelError, match="does not fit"):
        load_question_reader(tmp_path)
    (tmp_path / "labels.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="reinstall kgkit"):
        load_planning(tmp_path)


def test_types_of_last_operators() -> None:
    assert {type_of(operator) for operator in OPERATORS} == set(TYPES)
