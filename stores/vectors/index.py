"""Unit vectors by id, searched by cosine: exact up to a limit, through a graph beyond.

A row counts once the journal is committed, so that a crash leaves whole commits only. A removed
row is overwritten with zeros before it leaves the journal; when most rows are removed the file
is written anew. The graph is made from the rows while vectors are added, and is dropped when one
is removed, since it holds copies: until vectors are added again the search is then exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kgkit.errors import InputError, StoreError
from stores.vectors.graph import RowGraph
from stores.vectors.journal import Journal
from stores.vectors.rows import FileRows, MemoryRows, Rows

__all__ = ["VectorIndex"]

_FEWEST_TO_COMPACT = 1024
_NEARLY = 1e-5


@dataclass(frozen=True, slots=True)
class _State:
    """What a search needs: the ids in order of their rows, and all rows, removed ones too."""

    ids: tuple[str, ...]
    rows: NDArray[np.int64]
    data: NDArray[np.float32]
    erasures: int
    version: int


class VectorIndex:
    """Vectors of `dim` numbers by id, in a folder or, without one, in memory.

    `encoder` names what made them. Raises `StoreError` when the folder holds vectors of another
    encoder or length. One process writes at a time; others may search meanwhile.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        dim: int,
        encoder: str = "",
        exact_limit: int = 100_000,
    ) -> None:
        if path is not None:
            path.mkdir(parents=True, exist_ok=True)
        self._dim = dim
        self._exact_limit = exact_limit
        self._journal = Journal(path / "journal.db" if path else None)
        self._rows: Rows = FileRows(path, dim) if path else MemoryRows(dim)
        self._graph: RowGraph | None = None
        self._graph_erasures = 0
        self._graph_file = path / "graph.usearch" if path else None
        self._cached: _State | None = None
        self._lock = RLock()
        self._claim(encoder)

    def __len__(self) -> int:
        return len(self._state().ids)

    def known(self, ids: Iterable[str]) -> set[str]:
        """Return those of `ids` that have a vector."""
        return set(self._journal.find(ids))

    def parts(self, id: str) -> list[str]:
        """Return `id` and every `id#...` that has a vector, sorted."""
        return self._journal.parts(id)

    def made_from(self, contents: Iterable[str]) -> dict[str, str]:
        """Return, by the hash of a content, an id whose vector was made from that."""
        return self._journal.made_from(contents)

    def watermark(self) -> int:
        """Return the sequence number that the last `update` with a watermark gave, else 0."""
        return self._journal.number("watermark")

    def add(self, ids: Sequence[str], vectors: ArrayLike) -> None:
        """Add unit vectors [n, dim], replacing those that these ids have."""
        self.update(ids, vectors)

    def remove(self, ids: Iterable[str]) -> None:
        """Erase the vectors of these ids; unknown ids are fine."""
        self.update(remove=ids)

    def update(
        self,
        ids: Sequence[str] = (),
        vectors: ArrayLike = (),
        *,
        remove: Iterable[str] = (),
        contents: Mapping[str, str] | None = None,
        watermark: int | None = None,
    ) -> None:
        """Remove, then add, and keep the watermark, all in one transaction.

        `vectors` are [n, dim]; `contents` may say, by id, the hash of what one was made from,
        for `made_from`. Raises `InputError` when their shape is another, one is not
        finite or an id comes twice, and `LockedError` while another process writes.
        """
        matrix = self._checked(ids, vectors)
        with self._lock, self._journal.transaction():
            gone = self._journal.find([*remove, *ids])
            if gone:
                self._erase(gone)
            if ids:
                self._append(ids, matrix)
            self._journal.mark((contents or {}).items())
            if watermark is not None:
                self._journal.keep("watermark", watermark)
        with self._lock:
            self._cached = None
            self._rows.keep_only(self._journal.number("generation"))
            if ids:
                self._extend_graph()

    def search(self, vector: ArrayLike, k: int = 10) -> list[tuple[str, float]]:
        """Return the `k` ids whose vectors are nearest to a unit vector, best first.

        Scores are cosines, rounded to 6 decimals; ties are in order of id. The result does not
        depend on the order of additions as long as the search is exact. Raises `InputError`
        when `k` is below 1 or the vector is not of [dim].
        """
        if k < 1:
            raise InputError(f"k={k} is below 1; ask for at least one result.")
        query = self._checked([""], np.asarray(vector, dtype=np.float32)[None])[0]
        state = self._state()
        if not state.ids:
            return []
        places = self._candidates(state, query, min(k, len(state.ids)))
        # In float64, so that the shape of the product does not move a score across a rounding.
        exact = state.data[state.rows[places]].astype(np.float64) @ query.astype(np.float64)
        scores = np.round(exact, 6) + 0.0
        ranked = sorted(
            (-score, state.ids[place]) for place, score in zip(places, scores, strict=True)
        )
        return [(id, float(-score)) for score, id in ranked[:k]]

    def get(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of `ids`, [n, dim]; raises `InputError` for an id without one."""
        rows = self._journal.find(ids)
        missing = next((id for id in ids if id not in rows), None)
        if missing is not None:
            raise InputError(f"{missing!r} has no vector; add it first, or run kgkit rebuild.")
        return self._state().data[[rows[id] for id in ids]]

    def matrix(self) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        """Return all ids and their vectors [n, dim] in the order of addition, not to be changed.

        The vectors are a map of the file, unless some were removed since it was last written.
        """
        state = self._state()
        if len(state.rows) == len(state.data):
            return state.ids, state.data
        return state.ids, state.data[state.rows]

    def clear(self) -> None:
        """Forget everything, the watermark too."""
        with self._lock, self._journal.transaction():
            self._drop_graph()
            generation = self._journal.number("generation") + 1
            self._journal.delete_all()
            self._journal.unmark_all()
            for key, value in (("generation", generation), ("end", 0), ("watermark", 0)):
                self._journal.keep(key, value)
        with self._lock:
            self._cached = None
            self._rows.keep_only(self._journal.number("generation"))

    def close(self) -> None:
        """Write the graph and give back files; closing twice is fine."""
        with self._lock:
            graph, self._graph = self._graph, None
            unsaved = graph is not None and self._journal.number("graph") != graph.covered
            if graph is not None and unsaved and self._graph_file is not None:
                graph.save(self._graph_file)
                with self._journal.transaction():
                    self._journal.keep("graph", graph.covered)
            self._cached = None
            self._journal.close()

    def _claim(self, encoder: str) -> None:
        made_by = f"{encoder} ({self._dim})"
        kept = self._journal.note("encoder")
        if not kept:
            with self._journal.transaction():
                self._journal.keep("encoder", made_by)
        elif kept != made_by:
            self._journal.close()
            raise StoreError(
                f"The vectors were made by {kept}, the encoder now is {made_by}: run kgkit reindex."
            )

    def _checked(self, ids: Sequence[str], vectors: ArrayLike) -> NDArray[np.float32]:
        matrix = np.asarray(vectors, dtype=np.float32)
        if not ids and not matrix.size:
            return np.empty((0, self._dim), np.float32)
        if matrix.shape != (len(ids), self._dim):
            raise InputError(
                f"vectors have the shape {matrix.shape}; expected ({len(ids)}, {self._dim})."
            )
        if not np.isfinite(matrix).all():
            raise InputError("vectors hold a value that is not finite; check the encoder's input.")
        if len(set(ids)) < len(ids):
            raise InputError("ids hold one twice; give each id one vector.")
        return matrix

    def _erase(self, gone: dict[str, int]) -> None:
        generation, end = self._journal.number("generation"), self._journal.number("end")
        self._drop_graph()
        self._rows.erase(generation, gone.values())
        self._journal.delete(gone)
        if end < _FEWEST_TO_COMPACT or self._journal.count() * 2 >= end:
            return
        live = self._journal.rows()
        data = self._rows.view(generation, end)
        self._rows.append(generation + 1, 0, data[[row for _, row in live]])
        self._journal.delete_all()
        self._journal.insert((id, row) for row, (id, _) in enumerate(live))
        self._journal.keep("generation", generation + 1)
        self._journal.keep("end", len(live))

    def _append(self, ids: Sequence[str], matrix: NDArray[np.float32]) -> None:
        end = self._journal.number("end")
        self._rows.append(self._journal.number("generation"), end, matrix)
        self._journal.insert((id, end + place) for place, id in enumerate(ids))
        self._journal.keep("end", end + len(ids))

    def _state(self) -> _State:
        with self._lock:
            version = self._journal.version()
            if self._cached is None or self._cached.version != version:
                with self._journal.snapshot():
                    found = self._journal.rows()
                    end = self._journal.number("end")
                    data = self._rows.view(self._journal.number("generation"), end)
                    erasures = self._journal.number("erasures")
                rows = np.fromiter((row for _, row in found), np.int64, len(found))
                ids = tuple(id for id, _ in found)
                self._cached = _State(ids, rows, data, erasures, version)
            return self._cached

    def _candidates(self, state: _State, query: NDArray[np.float32], k: int) -> NDArray[np.int64]:
        """Return places in `state.ids` among which the `k` nearest are."""
        graph = self._usable_graph(state) if len(state.ids) > self._exact_limit else None
        if graph is None:
            return _nearest(state.data, state.rows, query, k)
        found = graph.search(query, min(4 * k + 32, len(state.ids)))
        places = np.searchsorted(state.rows, found[np.isin(found, state.rows)])
        # What came after the graph was made is searched exactly.
        tail = int(np.searchsorted(state.rows, graph.covered))
        rest = _nearest(state.data, state.rows[tail:], query, k) + tail
        return np.unique(np.concatenate([places, rest]))

    def _usable_graph(self, state: _State) -> RowGraph | None:
        with self._lock:
            if self._graph is not None and self._graph_erasures != state.erasures:
                self._graph = None
            covered = self._journal.number("graph")
            file = self._graph_file
            if self._graph is None and covered and file is not None and file.exists():
                self._graph = RowGraph.load(file, self._dim, covered)
                self._graph_erasures = state.erasures
            return self._graph

    def _extend_graph(self) -> None:
        state = self._state()
        if len(state.ids) > self._exact_limit:
            self._graph = self._usable_graph(state) or RowGraph(self._dim)
            self._graph_erasures = state.erasures
            self._graph.extend(state.data, state.rows)

    def _drop_graph(self) -> None:
        self._graph = None
        if self._graph_file is not None:
            self._graph_file.unlink(missing_ok=True)
        self._journal.keep("graph", 0)
        self._journal.keep("erasures", self._journal.number("erasures") + 1)


def _nearest(
    data: NDArray[np.float32], rows: NDArray[np.int64], query: NDArray[np.float32], k: int
) -> NDArray[np.int64]:
    """Return places in `rows` of the `k` rows nearest to `query`, and of what nearly ties."""
    if len(rows) <= k:
        return np.arange(len(rows))
    first = int(rows[0])
    scores = (data[first : int(rows[-1]) + 1] @ query)[rows - first]
    least = np.partition(scores, len(scores) - k)[len(scores) - k]
    return np.flatnonzero(scores >= least - _NEARLY)
