"""The vector index finds what brute force finds, forgets for good and survives a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kgkit.errors import InputError, LockedError, StoreError
from kgkit.facts import Chunk, Document
from stores.base import Projection
from stores.ledger.batch import Batch
from stores.vectors import VectorIndex, VectorProjection
from stores.vectors.projection import Encoded

DIM = 8


def unit(seed: int, n: int = 1, dim: int = DIM) -> NDArray[np.float32]:
    return normed(np.random.default_rng(seed).normal(size=(n, dim)))


def normed(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / lengths, dtype=np.float32)


def brute(
    vectors: dict[str, NDArray[np.float32]], query: NDArray[np.float32], k: int
) -> list[tuple[str, float]]:
    scores = {id: round(float(v.astype(float) @ query), 6) for id, v in vectors.items()}
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k]


Step = tuple[bool, int, int]


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(st.tuples(st.booleans(), st.integers(0, 12), st.integers(0, 40)), max_size=30),
    k=st.integers(1, 6),
)
def test_search_equals_brute_force(steps: list[Step], k: int) -> None:
    index = VectorIndex(dim=DIM)
    expected: dict[str, NDArray[np.float32]] = {}
    for adds, id, seed in steps:
        if adds:
            expected[str(id)] = unit(seed)[0]
            index.add([str(id)], unit(seed))
        else:
            expected.pop(str(id), None)
            index.remove([str(id)])
    query = unit(99)[0]
    found = index.search(query, k)
    assert [id for id, _ in found] == [id for id, _ in brute(expected, query, k)]
    assert [s for _, s in found] == pytest.approx(
        [s for _, s in brute(expected, query, k)], abs=2e-6
    )
    ids, matrix = index.matrix()
    assert sorted(ids) == sorted(expected)
    assert all((matrix[place] == expected[id]).all() for place, id in enumerate(ids))


def test_vectors_are_there_after_reopening(tmp_path: Path) -> None:
    vectors = unit(0, 5)
    with_close = VectorIndex(tmp_path / "v", dim=DIM, encoder="mini")
    with_close.update([*"abcde"], vectors, watermark=7)
    with_close.close()
    with_close.close()
    index = VectorIndex(tmp_path / "v", dim=DIM, encoder="mini")
    assert (len(index), index.watermark()) == (5, 7)
    assert (index.get(["d", "a"]) == vectors[[3, 0]]).all()
    assert index.search(vectors[2], 1) == [("c", 1.0)]


def test_another_encoder_asks_for_reindex(tmp_path: Path) -> None:
    VectorIndex(tmp_path, dim=DIM, encoder="mini").close()
    for dim, encoder in ((DIM, "maxi"), (DIM + 1, "mini")):
        with pytest.raises(StoreError, match=r"made by mini \(8\).*run kgkit reindex"):
            VectorIndex(tmp_path, dim=dim, encoder=encoder)


def test_a_removed_vector_is_nowhere_on_disk(tmp_path: Path) -> None:
    vectors = unit(0, 3)
    index = VectorIndex(tmp_path, dim=DIM)
    index.add(["a", "b", "c"], vectors)
    index.remove(["b", "unknown"])
    found = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert vectors[1].tobytes() not in found
    assert vectors[2].tobytes() in found


def test_mostly_removed_rows_are_written_anew(tmp_path: Path) -> None:
    vectors = unit(0, 3000)
    index = VectorIndex(tmp_path, dim=DIM)
    index.add([str(n) for n in range(3000)], vectors)
    index.remove([str(n) for n in range(2000)])
    index.add(["new"], unit(1))
    (rows,) = tmp_path.glob("rows-*.f32")
    assert rows.stat().st_size == 1001 * DIM * 4
    ids, matrix = index.matrix()
    assert ids == (*(str(n) for n in range(2000, 3000)), "new")
    assert (matrix[:1000] == vectors[2000:]).all()


def test_bad_vectors_change_nothing() -> None:
    index = VectorIndex(dim=DIM)
    index.add(["a"], unit(0))
    for ids, vectors in (
        (["b"], unit(0, 2)),
        (["b"], unit(0, 1, 5)),
        (["b"], np.full((1, DIM), np.nan)),
        (["b", "b"], unit(0, 2)),
        ([], unit(0, 1)),
    ):
        with pytest.raises(InputError, match=r"vectors|ids"):
            index.update(ids, vectors, remove=["a"])
    with pytest.raises(InputError, match="k=0"):
        index.search(unit(0)[0], 0)
    with pytest.raises(InputError, match="'b' has no vector"):
        index.get(["b"])
    assert index.matrix()[0] == ("a",)


def test_a_second_writer_waits_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stores.vectors.journal._WAIT_SECONDS", 0.05)
    one, two = VectorIndex(tmp_path, dim=DIM), VectorIndex(tmp_path, dim=DIM)
    with one._journal.transaction(), pytest.raises(LockedError, match="Another process writes"):
        two.add(["a"], unit(0))
    two.add(["a"], unit(0))
    assert one.search(unit(0)[0], 5) == [("a", 1.0)]
    two.remove(["a"])
    assert one.search(unit(0)[0], 5) == []


def clustered(n: int, dim: int = 32) -> NDArray[np.float32]:
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(20, dim))
    return normed(centres[rng.integers(0, 20, n)] + 0.7 * rng.normal(size=(n, dim)))


def recall(index: VectorIndex, exact: VectorIndex, queries: NDArray[np.float32]) -> float:
    shares = []
    for query in queries:
        true = {id for id, _ in exact.search(query, 10)}
        shares.append(len(true & {id for id, _ in index.search(query, 10)}) / 10)
    return float(np.mean(shares))


def test_the_graph_finds_what_exact_search_finds(tmp_path: Path) -> None:
    vectors = clustered(3000)
    names = [f"{n:04}" for n in range(3000)]
    exact = VectorIndex(dim=32)
    exact.add(names, vectors)
    index = VectorIndex(tmp_path, dim=32, exact_limit=500)
    for start in range(0, 2500, 500):
        index.add(names[start : start + 500], vectors[start : start + 500])
    index.close()
    assert (tmp_path / "graph.usearch").exists()
    index = VectorIndex(tmp_path, dim=32, exact_limit=500)
    index.add(names[2500:], vectors[2500:])
    queries = vectors[::60]
    assert recall(index, exact, queries) >= 0.99
    assert index.search(vectors[2900], 1) == [("2900", 1.0)]
    gone = names[10:400]
    index.remove(gone)
    exact.remove(gone)
    assert not (tmp_path / "graph.usearch").exists()
    assert recall(index, exact, queries) == 1.0
    index.add(["new"], vectors[10:11])
    assert recall(index, exact, queries) >= 0.99
    index.close()


_WRITER = """
import sys, numpy as np
from pathlib import Path
from stores.vectors import VectorIndex
index = VectorIndex(Path(sys.argv[1]), dim=8)
for number in range(10_000):
    rows = np.random.default_rng(number).normal(size=(50, 8)).astype(np.float32)
    gone = [f"{number - 3}-{n}" for n in range(50)]
    index.update([f"{number}-{n}" for n in range(50)], rows, remove=gone, watermark=number + 1)
    if number == 5:
        print("ready", flush=True)
"""


def test_after_a_kill_there_are_whole_commits_only(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGKILL)
    index = VectorIndex(tmp_path, dim=8)
    reached = index.watermark()
    assert reached > 5
    ids, matrix = index.matrix()
    assert list(ids) == [f"{b}-{n}" for b in range(reached - 3, reached) for n in range(50)]
    for place, batch in enumerate(range(reached - 3, reached)):
        rows = np.random.default_rng(batch).normal(size=(50, 8)).astype(np.float32)
        # What the interrupted commit was about to remove may be erased already.
        part = matrix[place * 50 : place * 50 + 50]
        assert (part == rows).all() or (place == 0 and not part[(part != rows).any(axis=1)].any())


def encode(chunk: Chunk, document: Document) -> Encoded:
    seed = sum(map(ord, document.title + chunk.text))
    return unit(seed)[0], unit(seed + 1, len(chunk.sentences))


def encode_all(chunks: Iterable[tuple[Chunk, Document]]) -> list[Encoded]:
    return [encode(chunk, document) for chunk, document in chunks]


def test_the_projection_keeps_chunks_and_their_sentences() -> None:
    document = Document("a.txt", "One is. Two is.", "A")
    chunk = Chunk(document.id, 0, 0, 15, document.text, ((0, 7), (8, 15)))
    bare = Chunk(document.id, 1, 0, 7, "One is.", ())
    projection = VectorProjection(VectorIndex(dim=DIM), encode_all)
    assert isinstance(projection, Projection)
    assert projection.watermark() == 0
    batch = Batch(4, documents=(document,), chunks=(chunk, bare))
    projection.apply(batch)
    projection.apply(batch)
    whole, sentences = encode(chunk, document)
    ids, matrix = projection.index.matrix()
    assert ids == (chunk.id, f"{chunk.id}#0", f"{chunk.id}#1", bare.id)
    assert (matrix[:3] == np.vstack([whole, sentences])).all()
    gone = (("chunk", chunk.id), ("chunk", "unknown"), ("document", document.id))
    projection.apply(Batch(9, gone=gone))
    assert (projection.index.matrix()[0], projection.watermark()) == ((bare.id,), 9)
    projection.clear()
    assert (len(projection.index), projection.watermark()) == (0, 0)
    projection.close()
