"""Planted citations are bad in the way they say, and weights follow what was right."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from extractors.worlds import World
from kgkit.errors import ModelError
from reasoning.citations.train import plant
from reasoning.citations.train.fit import fit, held_out_scores
from reasoning.citations.train.negating import FORMS, negate
from reasoning.citations.train.sentences import filled
from reasoning.citations.train.worlds import BESIDE, SYMMETRIC, mentions_of, stated_in
from reasoning.citations.weighing import FEATURES, Weights, load_weights, save_weights


def test_planted_cases_are_what_they_say() -> None:
    world = World.make(21, people=4)
    stated = stated_in(world)[:8]
    rng = Random(1)
    cases = list(plant(stated, mentions_of(world), BESIDE["train"], rng, FORMS["train"], SYMMETRIC))
    assert {case.kind for case in cases} >= {"good", "roles", "relation", "span"}
    for case in cases:
        exact = case.document.text[case.citation.start : case.citation.end] == case.citation.quote
        assert exact or case.kind == "span"
        assert all(case.document.text[m.start : m.end] == m.text for m in case.mentions), case.kind
    again = plant(stated, mentions_of(world), BESIDE["train"], Random(1), FORMS["train"], SYMMETRIC)
    assert [case.citation for case in again] == [case.citation for case in cases]


@pytest.mark.parametrize(
    ("form", "denied"),
    [
        ("not", "Ada Brook did not found Lumen Works."),
        ("never", "Ada Brook never founded Lumen Works."),
        ("untrue", "It is not true that Ada Brook founded Lumen Works."),
        ("denied", "A spokesman denied that Ada Brook founded Lumen Works."),
    ],
)
def test_sentences_are_denied(form: str, denied: str) -> None:
    found = negate("Ada Brook founded Lumen Works.", form)
    assert found is not None
    assert found[0] == denied


def test_written_sentences_hold_their_names() -> None:
    made = list(filled(Random(0)))
    assert len(made) > 60
    assert all(each.fact.head.name in each.document.text for each in made)
    assert all(each.others for each in made)


def test_weights_follow_what_was_right(tmp_path: Path) -> None:
    rows = [tuple(float(n % 2) for _ in FEATURES) for n in range(40)]
    right = [n % 2 == 1 for n in range(40)]
    weights = Weights(*fit(rows, right), 0.5)
    assert weights.probability(rows[1]) > 0.5 > weights.probability(rows[0])
    scores = held_out_scores(rows, right, [str(n) for n in range(40)])
    assert all((score > 0.5) == is_right for score, is_right in zip(scores, right, strict=True))
    save_weights(weights, tmp_path / "weights.json")
    assert load_weights(tmp_path / "weights.json") == weights
    (tmp_path / "bad.json").write_text("{}")
    with pytest.raises(ModelError):
        load_weights(tmp_path / "bad.json")
