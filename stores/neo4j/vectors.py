"""Vectors of chunks on the server, for searches beside the graph: Neo4j's own vector index.

A vector is the property `embedding` of a `:Chunk`, a list of floats, since the free edition
stores no vector type. The ledger does not know of it: `clear` forgets it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgkit.errors import InputError
from stores.neo4j.store import Neo4jGraph
from stores.rows import Rows

__all__ = ["index_chunks", "nearest_chunks"]

_INDEX = "kgkit_chunk_embedding"


def index_chunks(graph: Neo4jGraph, vectors: Mapping[str, Sequence[float]]) -> int:
    """Give chunks their vectors, by id, and return how many chunks were found.

    The first call makes the index, for cosine similarity and vectors of that many dimensions.
    Raises `InputError` for vectors of another number of dimensions.
    """
    rows = [{"id": id, "vector": [float(x) for x in vector]} for id, vector in vectors.items()]
    if not rows:
        return 0
    sizes = {len(vector) for vector in vectors.values()} | set(_dimensions(graph))
    if len(sizes) > 1 or 0 in sizes:
        raise InputError(
            f"the vectors of chunks have {', '.join(map(str, sorted(sizes)))} dimensions: give "
            "all the same number, that of the index if there is one"
        )
    graph.query(
        f"CREATE VECTOR INDEX {_INDEX} IF NOT EXISTS FOR (c:Chunk) ON (c.embedding) "
        f"OPTIONS {{indexConfig: {{`vector.dimensions`: {sizes.pop()}, "
        "`vector.similarity_function`: 'cosine'}}",
        write=True,
    )
    text = "UNWIND $rows AS r MATCH (c:Chunk {id: r.id}) SET c.embedding = r.vector"
    found = graph.query(f"{text} RETURN count(c) AS n", {"rows": rows}, write=True)
    graph.query("CALL db.awaitIndexes(60)", write=True)
    return int(found[0]["n"])


def nearest_chunks(graph: Neo4jGraph, vector: Sequence[float], k: int = 10) -> Rows:
    """Return the `id` and the `score` in [0, 1] of the `k` chunks nearest to a vector, best first.

    The score is (1 + cosine) / 2. Raises `InputError` for a vector that does not fit the index.
    """
    wanted = _dimensions(graph)
    if wanted != [len(vector)]:
        raise InputError(
            f"the vector has {len(vector)} dimensions and the index {wanted or 'is not there'}: "
            "index the chunks first, with vectors of the same encoder"
        )
    return graph.query(
        f"CALL db.index.vector.queryNodes('{_INDEX}', $k, $vector) YIELD node, score "
        "RETURN node.id AS id, score ORDER BY score DESC, id",
        {"k": k, "vector": [float(x) for x in vector]},
    )


def _dimensions(graph: Neo4jGraph) -> list[int]:
    text = "SHOW VECTOR INDEXES YIELD name, options WHERE name = $name RETURN options"
    rows = graph.query(text, {"name": _INDEX})
    return [row["options"]["indexConfig"]["vector.dimensions"] for row in rows]
