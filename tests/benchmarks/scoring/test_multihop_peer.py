"""The peer's walk follows triples from those that are nearest to the question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring.multihop_peer import PhraseWalk, Triple
from tests.reasoning.retrieval.town import WordEncoder

PASSAGES = ["ada met bob", "bob founded tern", "cleo likes rain", "rain falls"]
TRIPLES = [
    Triple("Ada", "met", "Bob", (0,)),
    Triple("Bob!", "founded", "Tern", (1,)),
    Triple("Cleo", "likes", "rain", (2,)),
    Triple("", "nothing", "?", (3,)),
]


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    encoder = WordEncoder()
    rows = [encoder.encode_spans(text, [])[0] for text in texts]
    return np.stack(rows) if rows else np.zeros((0, encoder.dim), np.float32)


def test_it_finds_the_passage_that_a_triple_leads_to() -> None:
    walk = PhraseWalk(TRIPLES, encode(PASSAGES), encode)
    ranked = walk.rank(encode(["ada met"])[0], 4)
    assert ranked[:2] == [0, 1]
    assert sorted(ranked) == [0, 1, 2, 3]
    assert walk.rank(encode(["who likes rain"])[0], 1) == [2]


def test_without_triples_it_is_dense() -> None:
    walk = PhraseWalk([], encode(PASSAGES), encode)
    assert walk.rank(encode(["rain falls"])[0], 2) == [3, 2]
