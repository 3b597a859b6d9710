"""The weights can be learnt again, and their file fits what reads it."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest

from extractors.align.features import FEATURES
from extractors.align.namesakes import NAMESAKE_FEATURES
from extractors.align.scoring import load_pair_model
from extractors.align.train.entries import load_entries
from extractors.align.train.examples import name_examples, namesake_examples
from extractors.align.train.fit import fit
from extractors.align.train.synthetic import other_form, other_name


def test_shipped_weights_fit_the_features() -> None:
    assert load_pair_model("pairs").features == FEATURES
    assert load_pair_model("namesakes").features == NAMESAKE_FEATURES


def test_fitting_keeps_the_bounds_and_finds_the_sign() -> None:
    chance = np.random.default_rng(0)
    rows = chance.random((400, 2))
    labels = (rows[:, 0] > 0.5).astype(float)
    weights, _ = fit(rows, labels, np.ones(400), [(0.0, None), (None, 0.0)])
    assert weights[0] > 5.0
    assert weights[1] <= 0.0
    again, _ = fit(rows, labels, np.ones(400), [(0.0, None), (None, 0.0)])
    assert weights == again


@pytest.mark.parametrize("type", ["Person", "Organization", "Location", "Misc"])
def test_made_names_are_others_and_repeat_with_the_seed(type: str) -> None:
    name = "Ada Byron Lovelace"
    made = [other_form(name, type, random.Random(seed)) for seed in range(30)]
    assert made == [other_form(name, type, random.Random(seed)) for seed in range(30)]
    assert name not in made
    assert any(made)
    wrong = [other_name(name, type, ["Ann Bell"], random.Random(seed)) for seed in range(30)]
    assert name not in wrong


def test_examples_come_from_annotated_documents(tmp_path: Path) -> None:
    def mention(name: str, type: str, sentence: int = 0) -> dict[str, object]:
        return {"name": name, "type": type, "sent_id": sentence, "pos": [0, 1]}

    document = {
        "sents": [["Ada", "Byron", "Moss", "was", "born", "."], ["Moss", "left", "Oslo", "."]],
        "vertexSet": [
            [mention("Ada Byron Moss", "PER"), mention("Ada Moss", "PER", 1)],
            [mention("Oslo City", "LOC", 1)],
            [mention("7 May 1802", "TIME")],
        ],
        "labels": [{"h": 0, "t": 2, "r": "P569"}, {"h": 0, "t": 1, "r": "P19"}],
    }
    path, labels = tmp_path / "dev.json.gz", tmp_path / "labels.json"
    path.write_bytes(gzip.compress(json.dumps([document, document]).encode()))
    labels.write_text(
        json.dumps({"P569": {"label": "date of birth"}, "P19": {"label": "place of birth"}})
    )
    entries = load_entries([path], labels)
    assert [one.type for one in entries] == ["Person", "Location"] * 2
    pairs = name_examples(entries)
    assert any({one.left.name, one.right.name} == {"Ada Byron Moss", "Ada Moss"} for one in pairs)
    assert {one.same for one in pairs} == {True, False}
    assert name_examples(entries) == pairs
    born = [one.left.values.get("birth_year") for one in namesake_examples(entries)]
    assert frozenset({"1802"}) in born
