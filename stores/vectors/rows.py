"""Rows of float32 that are appended, erased in place and read through a map, never moved."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["FileRows", "MemoryRows", "Rows"]


class Rows(Protocol):
    """Where the rows of one generation lie; a compaction begins the next generation."""

    def append(self, generation: int, at: int, vectors: NDArray[np.float32]) -> None:
        """Write [n, dim] rows from row `at` on, over whatever an interrupted write left there."""

    def erase(self, generation: int, rows: Iterable[int]) -> None:
        """Overwrite rows with zeros."""

    def view(self, generation: int, count: int) -> NDArray[np.float32]:
        """Return the first `count` rows as a read-only [count, dim]."""

    def keep_only(self, generation: int) -> None:
        """Delete the rows of every other generation."""


class FileRows:
    """Rows in a file a generation, `rows-N.f32` in the machine's byte order; writes are synced."""

    def __init__(self, folder: Path, dim: int) -> None:
        self._folder = folder
        self._dim = dim

    def append(self, generation: int, at: int, vectors: NDArray[np.float32]) -> None:
        """Write [n, dim] rows from row `at` on and cut the file behind them."""
        path = self._path(generation)
        path.touch()
        with path.open("r+b") as file:
            file.seek(at * self._dim * 4)
            file.write(np.ascontiguousarray(vectors, dtype=np.float32).tobytes())
            file.truncate()
            file.flush()
            os.fsync(file.fileno())

    def erase(self, generation: int, rows: Iterable[int]) -> None:
        """Overwrite rows with zeros."""
        zeros = bytes(self._dim * 4)
        with self._path(generation).open("r+b") as file:
            for row in sorted(rows):
                file.seek(row * len(zeros))
                file.write(zeros)
            file.flush()
            os.fsync(file.fileno())

    def view(self, generation: int, count: int) -> NDArray[np.float32]:
        """Return the first `count` rows, [count, dim], as a read-only map of the file."""
        if not count:
            return np.empty((0, self._dim), np.float32)
        shape = (count, self._dim)
        return np.asarray(np.memmap(self._path(generation), np.float32, "r", shape=shape))

    def keep_only(self, generation: int) -> None:
        """Delete the files of every other generation."""
        for path in self._folder.glob("rows-*.f32"):
            if path != self._path(generation):
                path.unlink()

    def _path(self, generation: int) -> Path:
        return self._folder / f"rows-{generation}.f32"


class MemoryRows:
    """Rows in an array that doubles when it is full."""

    def __init__(self, dim: int) -> None:
        self._rows: dict[int, NDArray[np.float32]] = {}
        self._dim = dim

    def append(self, generation: int, at: int, vectors: NDArray[np.float32]) -> None:
        """Write [n, dim] rows from row `at` on."""
        rows = self._rows.get(generation, np.zeros((0, self._dim), np.float32))
        end = at + len(vectors)
        if end > len(rows):
            fresh = np.zeros((max(end, 2 * len(rows)), self._dim), np.float32)
            fresh[: len(rows)] = rows
            rows = self._rows[generation] = fresh
        rows[at:end] = vectors

    def erase(self, generation: int, rows: Iterable[int]) -> None:
        """Overwrite rows with zeros."""
        self._rows[generation][list(rows)] = 0

    def view(self, generation: int, count: int) -> NDArray[np.float32]:
        """Return the first `count` rows, [count, dim], read-only."""
        rows = self._rows.get(generation, np.zeros((0, self._dim), np.float32))[:count]
        rows.flags.writeable = False
        return rows

    def keep_only(self, generation: int) -> None:
        """Drop the rows of every other generation."""
        for other in [number for number in self._rows if number != generation]:
            del self._rows[other]
