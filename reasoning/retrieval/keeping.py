"""The retrieval index in a folder, so that a new process reads it instead of making it again.

A folder holds one state of the ledger, named after the ledger and the number of its last change:
arrays as `.npy` files that are mapped, not read, and lists, one entry a line. The same
records give the same bytes. Vectors are not copied: they lie with the other vectors, and a kept
index says which are whose by id. Texts are not in it, but names and words of texts are: it is
dropped as soon as the ledger has moved on (`drop_older`), so that nothing outlives its document.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reasoning.retrieval.index import IndexedDocument, IndexedPassage, Occurrences, RetrievalIndex
from reasoning.retrieval.names import NameTable
from reasoning.retrieval.vector_rows import VectorRows
from reasoning.retrieval.words import WordScores

__all__ = ["drop_older", "load_index", "save_index"]

_Number = TypeVar("_Number", bound=np.generic)

_PART = ".part"
_TABLES = ("by_passage", "by_name")
_COLUMNS = ("name", "passage", "sentence", "about", "begins")
_ARRAYS = ("sentence_begins", "spans", "spread", "claims", "subjects")


def save_index(index: RetrievalIndex, root: Path, state: str) -> None:
    """Keep an index of at least one passage as `root/state`, in place of all others there."""
    drop_older(root, "")
    folder = root / _PART
    folder.mkdir(parents=True)
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(index, name))
    for table in _TABLES:
        for column in _COLUMNS:
            np.save(folder / f"{table}.{column}.npy", getattr(getattr(index, table), column))
    scores = index.words.scores
    for name, array in (
        ("data", scores.data),
        ("indices", scores.indices),
        ("rows", scores.indptr),
    ):
        np.save(folder / f"words.{name}.npy", array)
    np.save(folder / "words.weights.npy", index.words.weights)
    _write(folder / "words.txt", index.words.rows)
    _write(folder / "names.txt", index.names.keys)
    _write(folder / "passages.txt", (f"{p.chunk_id} {p.document_id}" for p in index.passages))
    noted = (json.dumps([d.id, d.uri, dict(d.metadata)], sort_keys=True) for d in index.documents)
    _write(folder / "documents.jsonl", noted)
    # A folder with its last name is whole.
    folder.rename(root / state)


def load_index(root: Path, state: str, vectors: VectorRows) -> RetrievalIndex | None:
    """Return the index kept as `root/state`; None where there is none, it is damaged, or a
    passage has no vectors."""
    folder = root / state
    if not folder.is_dir():
        return None
    try:
        return _load(folder, vectors)
    except (OSError, ValueError, KeyError, EOFError):
        # Cut short or of another make: it is made again, as if it were not there.
        return None


def drop_older(root: Path, state: str) -> None:
    """Delete what is kept in a folder of another state than this one."""
    for folder in sorted(root.glob("*")) if root.is_dir() else ():
        if folder.name != state:
            shutil.rmtree(folder)


def _load(folder: Path, vectors: VectorRows) -> RetrievalIndex:
    words = {word: row for row, word in enumerate(_read(folder / "words.txt"))}
    pairs = [line.split(" ") for line in _read(folder / "passages.txt")]
    passages = tuple(IndexedPassage(chunk, document) for chunk, document in pairs)
    noted = _read(folder / "documents.jsonl")
    begins = _array(folder, "sentence_begins", np.int64)
    whole, parts = vectors.of_chunks([p.chunk_id for p in passages], np.diff(begins).tolist())
    return RetrievalIndex(
        passages,
        vectors.matrix[whole],
        vectors.matrix,
        parts,
        begins,
        _array(folder, "spans", np.int64),
        _words(folder, words, len(passages)),
        NameTable.of(_read(folder / "names.txt")),
        _occurrences(folder, "by_passage"),
        _occurrences(folder, "by_name"),
        _array(folder, "spread", np.int64),
        _array(folder, "claims", np.float64),
        _array(folder, "subjects", np.int64),
        tuple(IndexedDocument(*json.loads(line)) for line in noted),
    )


def _words(folder: Path, rows: dict[str, int], passages: int) -> WordScores:
    from scipy.sparse import csr_array

    data = _array(folder, "words.data", np.float32)
    places = np.load(folder / "words.indices.npy"), np.load(folder / "words.rows.npy")
    scores = csr_array((data, *places), shape=(len(rows), passages))
    return WordScores(rows, scores, _array(folder, "words.weights", np.float32))


def _occurrences(folder: Path, table: str) -> Occurrences:
    return Occurrences(
        _array(folder, f"{table}.name", np.int32),
        _array(folder, f"{table}.passage", np.int32),
        _array(folder, f"{table}.sentence", np.int32),
        _array(folder, f"{table}.about", np.float32),
        _array(folder, f"{table}.begins", np.int64),
    )


def _array(folder: Path, name: str, kind: type[_Number]) -> NDArray[_Number]:
    found: NDArray[_Number] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    if found.dtype != kind:
        raise ValueError(f"{name} holds {found.dtype}, not {kind}")
    return np.asarray(found)


def _write(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _read(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")
