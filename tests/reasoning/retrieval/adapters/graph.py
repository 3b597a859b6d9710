"""A ledger that retrieves with a word-counting encoder, as a graph would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from reasoning.retrieval import Hit, RetrievalIndex, encode_chunks, index_ledger, retrieve
from stores.ledger import Ledger
from stores.sync import follow
from stores.vectors import VectorIndex, VectorProjection
from tests.reasoning.retrieval.test_ledger import filled
from tests.reasoning.retrieval.town import WordEncoder

BORN = "Where was the founder of the Nordlys laboratory born?"


class Graph:
    """What adapters need of a knowledge graph."""

    def __init__(self, ledger: Ledger, index: RetrievalIndex) -> None:
        self.ledger = ledger
        self.index = index
        self.chunk_ids = [passage.chunk_id for passage in index.passages]

    def retrieve(self, question: str, k: int = 10, **options: Any) -> list[Hit]:
        """Return the best chunks."""
        return retrieve(self.index, question, encoder=WordEncoder(), k=k, **options)


@contextmanager
def graph() -> Iterator[Graph]:
    """Yield the graph of the little town."""
    with filled() as ledger:
        vectors = VectorIndex(dim=WordEncoder.dim)
        follow(ledger, VectorProjection(vectors, partial(encode_chunks, WordEncoder())))
        yield Graph(ledger, index_ledger(ledger, vectors))
