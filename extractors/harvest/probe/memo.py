"""What a model has already said, kept within a budget of memory."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from extractors.harvest.probe.base import Row

__all__ = ["Memo"]

#: Single values that are kept; the oldest go first.
_VALUES = 400_000


class Memo:
    """Log-probabilities of rows, whole tables and single values, the least recently used dropped.

    Search and scores share it, so that what one has asked the other need not compute. The tables
    [vocabulary] take at most `megabytes`.
    """

    def __init__(self, megabytes: int = 256) -> None:
        self._room = megabytes * 1_000_000
        self._used = 0
        self._tables: OrderedDict[Row, NDArray[np.float32]] = OrderedDict()
        self._values: OrderedDict[tuple[Row, int], float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._tables) + len(self._values)

    def table(self, row: Row) -> NDArray[np.float32] | None:
        """Return the distribution [vocabulary] kept for a row, or None."""
        found = self._tables.get(row)
        if found is not None:
            self._tables.move_to_end(row)
        return found

    def value(self, row: Row, target: int) -> float | None:
        """Return the log-probability kept for a target at a row, or None."""
        return self._values.get((row, target))

    def put_table(self, row: Row, values: NDArray[np.float32]) -> None:
        """Keep a row's distribution [vocabulary]; it must not be written to afterwards."""
        if row in self._tables or values.nbytes > self._room:
            return
        self._tables[row] = values
        self._used += values.nbytes
        while self._used > self._room:
            _, dropped = self._tables.popitem(last=False)
            self._used -= dropped.nbytes

    def put_value(self, row: Row, target: int, value: float) -> None:
        """Keep the log-probability of one target at a row."""
        self._values[row, target] = value
        if len(self._values) > _VALUES:
            self._values.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        self._tables.clear()
        self._values.clear()
        self._used = 0
