"""Where the vectors of chunks and of their sentences lie among all vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from stores.vectors import VectorIndex

__all__ = ["VectorRows"]


@dataclass(frozen=True, slots=True)
class VectorRows:
    """All vectors [rows, dim], and the row of each id: "CHUNK", or "CHUNK#i" for sentence i."""

    matrix: NDArray[np.float32]
    rows: dict[str, int]

    @classmethod
    def of(cls, vectors: VectorIndex) -> Self:
        """Return the rows of an index of vectors as it is now."""
        ids, matrix = vectors.matrix()
        return cls(matrix, {id: row for row, id in enumerate(ids)})

    def find(self, chunk_id: str, sentences: int) -> list[int] | None:
        """Return the row of a chunk and those of its sentences; None unless all are there."""
        ids = (chunk_id, *(f"{chunk_id}#{i}" for i in range(sentences)))
        found = [self.rows.get(id, -1) for id in ids]
        return None if -1 in found else found

    def of_chunks(
        self, chunk_ids: Sequence[str], sentences: Sequence[int]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the rows of the chunks [n] and those of all their sentences [sentences].

        Raises `KeyError` when one of them has no vector.
        """
        whole = [self.rows[id] for id in chunk_ids]
        counted = zip(chunk_ids, sentences, strict=True)
        parts = [self.rows[f"{id}#{i}"] for id, count in counted for i in range(count)]
        return np.array(whole, dtype=np.int64), np.array(parts, dtype=np.int64)
