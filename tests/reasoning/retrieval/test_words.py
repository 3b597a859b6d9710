"""BM25 by word."""

from __future__ import annotations

import math

import numpy as np
import pytest

from reasoning.retrieval.words import WordScores, words


def scores(*texts: str) -> WordScores:
    return WordScores.of(words(text) for text in texts)


def test_the_score_of_a_word_is_bm25() -> None:
    found, weight = scores("ice ice snow", "rye", "oats").of_question("Ice?")
    rarity = math.log1p((3 - 1 + 0.5) / 1.5)
    length = 3 / (5 / 3)
    expected = rarity * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * length))
    assert found[0] == pytest.approx([expected, 0, 0], rel=1e-6)
    assert weight == pytest.approx(rarity * 2.2)


def test_a_word_counts_once_and_an_unknown_one_not_at_all() -> None:
    found, _ = scores("ice", "snow").of_question("ice, ICE and ïce or zebra")
    assert found.shape == (1, 2)


def test_no_known_word_and_no_text() -> None:
    assert scores("ice").of_question("zebra")[0].shape == (0, 1)
    assert scores().of_question("ice")[0].shape == (0, 0)


def test_scores_do_not_depend_on_the_order_of_passages() -> None:
    one, _ = scores("ice snow", "rye snow").of_question("snow rye")
    other, _ = scores("rye snow", "ice snow").of_question("snow rye")
    assert np.allclose(np.sort(one, axis=None), np.sort(other, axis=None))
