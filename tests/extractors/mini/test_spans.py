from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mini import spans as module
from extractors.mini.spans import decode, encode

TAGS = 1 + 4 * 6


def logits(tags: list[int]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    scores: np.ndarray[tuple[int, int], np.dtype[np.float32]] = np.zeros(
        (len(tags), TAGS), dtype=np.float32
    )
    scores[np.arange(len(tags)), tags] = 20.0
    return scores


def test_spans_survive_encoding_and_decoding_sentence_by_sentence() -> None:
    first, second = [(0, 1, 0), (1, 4, 2), (5, 7, 5)], [(0, 2, 1)]
    tags = encode(first, 7) + encode(second, 2)
    found = decode(logits(tags), (7, 2))
    assert [[span[:3] for span in spans] for spans in found] == [first, second]
    assert all(0.99 < span[3] <= 1.0 for spans in found for span in spans)


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_any_scores_give_spans_that_do_not_overlap(seed: int, sizes: list[int]) -> None:
    scores = np.random.default_rng(seed).normal(0, 5, (sum(sizes), TAGS)).astype(np.float32)
    for size, spans in zip(sizes, decode(scores, tuple(sizes)), strict=True):
        edges = [edge for first, end, _, _ in spans for edge in (first, end - 0.5)]
        assert edges == sorted(edges)
        assert all(0 <= first < end <= size and 0 < p <= 1 for first, end, _, p in spans)


def test_no_sentence_gives_no_span() -> None:
    assert decode(np.zeros((0, TAGS), dtype=np.float32), ()) == []


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 6), max_size=5), st.floats(0.1, 9.0))
def test_tags_that_fit_together_are_the_best_without_a_search(
    seed: int, sizes: list[int], clear: float
) -> None:
    chance = np.random.default_rng(seed)
    tags = encode([(0, 2, 1), (4, 5, 3)], 6)
    drawn = [tags[:size] for size in sizes]
    scores = chance.normal(0, 1, (sum(sizes), TAGS)).astype(np.float32)
    scores[np.arange(sum(sizes)), [tag for each in drawn for tag in each]] += np.float32(clear)
    quick = decode(scores, tuple(sizes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_broken", lambda tags, starts, ends, kinds: starts < ends)
        assert decode(scores, tuple(sizes)) == quick
