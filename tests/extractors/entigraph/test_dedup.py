"""Near-duplicates are found, others are kept, and memory does not grow with the texts' length."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.entigraph import Corpus, Text
from extractors.entigraph.dedup import near_duplicates, signatures
from extractors.entigraph.diversity import diversity
from kgkit.errors import InputError

WORDS = [f"word{i}" for i in range(3000)]


def _texts(n: int, seed: int = 0) -> list[str]:
    rng = Random(seed)
    return [" ".join(rng.choices(WORDS, k=80)) for _ in range(n)]


def _edited(text: str, rng: Random, edits: int) -> str:
    words = text.split()
    for _ in range(edits):
        words[rng.randrange(len(words))] = "changed"
    return " ".join(words)


def test_edited_texts_are_found_and_others_kept() -> None:
    texts, rng = _texts(300), Random(1)
    first = near_duplicates([*texts, *(_edited(text, rng, 2) for text in texts)], threshold=0.8)
    assert (first[:300] == -1).all()
    assert (first[300:] == np.arange(300)).mean() >= 0.95


def test_similarity_is_estimated() -> None:
    text = _texts(1)[0]
    for edits in (1, 8, 30):
        other = _edited(text, Random(2), edits)
        a, b = ({t[i : i + 8] for i in range(len(t) - 7)} for t in (text, other))
        one, two = signatures([text, other])
        assert (one == two).mean() == pytest.approx(len(a & b) / len(a | b), abs=0.12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=20))
def test_any_text_repeats_itself(texts: list[str]) -> None:
    first = near_duplicates([*texts, *texts], threshold=1.0)
    assert len(first) == 2 * len(texts)
    assert (first[len(texts) :] >= 0).all()


def test_blanks_and_case_do_not_count() -> None:
    assert near_duplicates(["One and  the same.", "one AND the\nsame."]).tolist() == [-1, 0]


def test_batches_do_not_matter() -> None:
    texts = _texts(30)
    together = signatures(texts)
    assert (together == np.vstack([signatures([text]) for text in texts])).all()


def test_bad_thresholds_are_refused() -> None:
    with pytest.raises(InputError, match="no similarity"):
        near_duplicates(["a"], threshold=0.0)


def test_a_corpus_without_near_duplicates() -> None:
    texts = [Text.of(text, "x") for text in (*_texts(5), _texts(5)[0] + " more")]
    corpus = Corpus(tuple(texts)).without_near_duplicates(0.8)
    assert len(corpus) == 5
    assert corpus.reasons == {"near-duplicate": 1}
    assert diversity(texts).near_duplicates == pytest.approx(1 / 6, abs=0.001)
    assert diversity([]).distinct_2 == 1.0
