"""The approximate path: a usearch graph (HNSW) over rows, kept beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["RowGraph"]

_BATCH = 4096


class RowGraph:
    """A navigable graph over the rows 0 .. `covered` - 1, their numbers being the keys.

    Rows are added in order by one thread, so that the same rows give the same graph.
    """

    def __init__(self, dim: int, path: Path | None = None) -> None:
        from usearch.index import Index

        self._index: Any = Index(
            ndim=dim, metric="cos", dtype="f16", connectivity=16, expansion_add=128
        )
        self.covered = 0
        if path is not None:
            self._index.load(str(path))

    @classmethod
    def load(cls, path: Path, dim: int, covered: int) -> RowGraph:
        """Return the graph that was saved to `path` when it covered `covered` rows."""
        graph = cls(dim, path)
        graph.covered = covered
        return graph

    def extend(self, data: NDArray[np.float32], live: NDArray[np.int64]) -> None:
        """Add those of the `live` rows of `data` ([n, dim]) that are not covered yet."""
        fresh = live[live >= self.covered]
        for start in range(0, len(fresh), _BATCH):
            rows = fresh[start : start + _BATCH]
            self._index.add(rows.astype(np.uint64), data[rows], threads=1)
        self.covered = len(data)

    def search(self, vector: NDArray[np.float32], k: int) -> NDArray[np.int64]:
        """Return about the `k` rows nearest to `vector` ([dim]), in no order to rely on."""
        self._index.expansion_search = max(128, 2 * k)
        found = self._index.search(vector, k, threads=1)
        return np.asarray(found.keys, dtype=np.int64)

    def save(self, path: Path) -> None:
        """Write the graph to `path`, whole or not at all."""
        fresh = path.with_suffix(".new")
        self._index.save(str(fresh))
        fresh.replace(path)
