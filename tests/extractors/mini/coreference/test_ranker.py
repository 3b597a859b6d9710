"""The ranking of antecedents: its arithmetic and its files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mini.coreference.ranker import Ranker, Settings, vectors
from extractors.mini.coreference.store import FOLDER, load_ranker, save_ranker
from kgkit.errors import ModelError

SMALL = Ranker(
    linear=np.array([1.0, 0.0], np.float32),
    hidden=np.array([[0.0, 2.0]], np.float32),
    bias=np.array([-1.0], np.float32),
    output=np.array([0.5], np.float32),
    null=0.25,
    aside=-1.0,
)


def test_a_score_is_linear_plus_hidden() -> None:
    rows = np.array([[1.0, 0.0], [0.0, 2.0]], np.float32)
    assert SMALL.scores(rows).tolist() == [1.0, 1.5]


@given(st.integers(1, 4), st.integers(0, 3))
def test_log_probabilities_add_up(choices: int, asides: int) -> None:
    rows = np.arange(2 * (choices + asides), dtype=np.float32).reshape(-1, 2)
    logs = SMALL.rank(rows, choices)
    assert len(logs) == 1 + choices
    assert np.exp(logs).sum() == pytest.approx(1.0)


def test_unknown_features_are_left_out() -> None:
    assert vectors([{"b": 2.0, "x": 9.0}, {}], ["a", "b"]).tolist() == [[0.0, 2.0], [0.0, 0.0]]


def test_files_give_back_what_was_written(tmp_path: Path) -> None:
    settings = Settings(("a", "b"), -0.5, 1.5)
    save_ranker(tmp_path, SMALL, settings)
    ranker, again = load_ranker(tmp_path)
    assert again == settings
    assert ranker.linear.tolist() == SMALL.linear.tolist()
    assert ranker.null == SMALL.null


def test_missing_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall kgkit"):
        load_ranker(tmp_path / "none")


def test_the_bundled_ranker_fits_its_features() -> None:
    ranker, settings = load_ranker()
    assert ranker.linear.shape == (len(settings.features),)
    assert ranker.hidden.shape == (len(ranker.bias), len(settings.features))
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 4_000_000
