"""A kept index is the index, and nothing of it outlives what it was made from."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from reasoning.retrieval import drop_stale_index, encode_chunks, open_index, retrieve
from reasoning.retrieval import ledger as indexing
from stores.ledger import Ledger
from stores.sync import follow
from stores.vectors import VectorIndex, VectorProjection
from tests.reasoning.retrieval.test_ledger import filled
from tests.reasoning.retrieval.town import TOWN, WordEncoder

BORN = "Where was the founder of the Nordlys laboratory born?"


def followed(ledger: Ledger, vectors: VectorIndex) -> None:
    follow(ledger, VectorProjection(vectors, partial(encode_chunks, WordEncoder())))


def contents(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_a_kept_index_answers_as_the_one_that_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled() as ledger:
        vectors = VectorIndex(dim=WordEncoder.dim)
        followed(ledger, vectors)
        made = open_index(ledger, vectors, tmp_path)
        monkeypatch.setattr(indexing, "build_index", None)  # it is not made again
        kept = open_index(ledger, vectors, tmp_path)
    for question in (BORN, "Did Storm win a prize?", "zebra"):
        first = retrieve(made, question, encoder=WordEncoder())
        assert retrieve(kept, question, encoder=WordEncoder()) == first
    assert kept.documents == made.documents
    assert {document.uri for document in kept.documents} == {d.uri for d in TOWN}


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for name in ("one", "other"):
        with filled() as ledger:
            vectors = VectorIndex(dim=WordEncoder.dim)
            followed(ledger, vectors)
            open_index(ledger, vectors, tmp_path / name)
        found.append(contents(tmp_path / name))
    assert found[0] == found[1]
    assert len(found[0]) > 10


def test_a_removed_document_leaves_nothing_behind(tmp_path: Path) -> None:
    with filled() as ledger:
        vectors = VectorIndex(dim=WordEncoder.dim)
        followed(ledger, vectors)
        open_index(ledger, vectors, tmp_path)
        assert any(b"nordlys" in data for data in contents(tmp_path).values())
        drop_stale_index(ledger, tmp_path)
        assert contents(tmp_path)
        ledger.remove_document(TOWN[0].id)
        drop_stale_index(ledger, tmp_path)
        assert not contents(tmp_path)
        followed(ledger, vectors)
        index = open_index(ledger, vectors, tmp_path)
        assert len(index.passages) == len(TOWN) - 1
        assert not any(b"nordlys" in data for data in contents(tmp_path).values())


def test_reading_alone_writes_nothing(tmp_path: Path) -> None:
    with filled() as ledger:
        vectors = VectorIndex(dim=WordEncoder.dim)
        followed(ledger, vectors)
        assert open_index(ledger, vectors, tmp_path / "new", read_only=True).passages
        empty = VectorIndex(dim=WordEncoder.dim)
        assert not open_index(ledger, empty, tmp_path / "new").passages
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("file", ["words.data.npy", "names.txt", "spans.npy", "passages.txt"])
def test_a_damaged_index_is_made_again(tmp_path: Path, file: str) -> None:
    with filled() as ledger:
        vectors = VectorIndex(dim=WordEncoder.dim)
        followed(ledger, vectors)
        made = open_index(ledger, vectors, tmp_path)
        whole = contents(tmp_path)
        (place,) = tmp_path.rglob(file)
        place.unlink()
        assert open_index(ledger, vectors, tmp_path).passages == made.passages
        assert contents(tmp_path) == whole


def test_an_index_without_its_vectors_is_made_again(tmp_path: Path) -> None:
    with filled() as ledger:
        vectors = VectorIndex(dim=WordEncoder.dim)
        followed(ledger, vectors)
        open_index(ledger, vectors, tmp_path)
        vectors.remove([vectors.matrix()[0][0]])
        again = open_index(ledger, vectors, tmp_path)
    assert len(again.passages) == len(TOWN) - 1
    assert np.isfinite(again.passage_vectors).all()
