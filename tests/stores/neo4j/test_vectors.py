from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from kgkit.errors import InputError
from kgkit.facts import Chunk
from stores.ledger import Batch
from stores.neo4j import Neo4jGraph
from stores.neo4j.vectors import index_chunks, nearest_chunks

CHUNKS = tuple(Chunk("d", i, i, i + 1, "x", ((i, i + 1),)) for i in range(8))
CIRCLE = {
    chunk.id: (math.cos(i * math.tau / 8), math.sin(i * math.tau / 8))
    for i, chunk in enumerate(CHUNKS)
}


@pytest.fixture
def indexed(graph: Neo4jGraph) -> Iterator[Neo4jGraph]:
    """Eight chunks with vectors around a circle."""
    graph.apply(Batch(1, (), CHUNKS))
    assert index_chunks(graph, {**CIRCLE, "unknown": (1.0, 0.0)}) == 8
    yield graph
    graph.query("DROP INDEX kgkit_chunk_embedding IF EXISTS", write=True)


def test_the_nearest_chunks_come_first(indexed: Neo4jGraph) -> None:
    rows = nearest_chunks(indexed, CIRCLE[CHUNKS[2].id], k=3)
    assert rows[0]["id"] == CHUNKS[2].id
    assert {row["id"] for row in rows[1:]} == {CHUNKS[1].id, CHUNKS[3].id}
    expected = [1.0, *[(1 + math.cos(math.tau / 8)) / 2] * 2]
    # The index keeps the vectors in 8 bits a number.
    assert [row["score"] for row in rows] == pytest.approx(expected, abs=0.01)


def test_vectors_survive_what_the_ledger_says(indexed: Neo4jGraph) -> None:
    indexed.apply(Batch(2, (), CHUNKS[:2], gone=(("chunk", CHUNKS[2].id),)))
    rows = nearest_chunks(indexed, CIRCLE[CHUNKS[2].id], k=2)
    assert {row["id"] for row in rows} == {CHUNKS[1].id, CHUNKS[3].id}


def test_another_number_of_dimensions_is_refused(indexed: Neo4jGraph) -> None:
    with pytest.raises(InputError, match="2, 3 dimensions"):
        index_chunks(indexed, {CHUNKS[0].id: (1.0, 0.0, 0.0)})
    with pytest.raises(InputError, match="3 dimensions and the index"):
        nearest_chunks(indexed, (1.0, 0.0, 0.0))


def test_without_an_index_nothing_is_near(curie: Neo4jGraph) -> None:
    with pytest.raises(InputError, match="index the chunks first"):
        nearest_chunks(curie, (1.0, 0.0))
    assert index_chunks(curie, {}) == 0
