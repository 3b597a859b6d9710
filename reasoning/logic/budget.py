"""How long running a program may take, and how many rows a step of it may make."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from kgkit.errors import QueryError, QueryTimeout

__all__ = ["MOST_ROWS", "Budget"]

_T = TypeVar("_T")

#: A step that makes more rows than this is stopped.
MOST_ROWS = 200_000
#: After how many things the clock is looked at.
_OFTEN = 1000


@dataclass(slots=True)
class Budget:
    """`timeout` seconds (None: any number) from now, and `most_rows` rows a step."""

    timeout: float | None = None
    most_rows: int = MOST_ROWS
    _ends: float = field(init=False)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + (float("inf") if self.timeout is None else self.timeout)

    def look(self) -> None:
        """Raise `QueryTimeout` where the time is over."""
        if time.monotonic() > self._ends:
            raise QueryTimeout(f"the program ran longer than timeout={self.timeout} seconds.")

    def timed(self, things: Iterable[_T]) -> Iterator[_T]:
        """Yield the things while there is time. Raises `QueryTimeout`."""
        for place, thing in enumerate(things):
            if place % _OFTEN == 0:
                self.look()
            yield thing

    def counted(self, rows: Iterable[_T], step: object) -> Iterator[_T]:
        """Yield the rows of a step while there is time and they are not too many.

        Raises `QueryTimeout`, and `QueryError` for more than `most_rows`.
        """
        for place, row in enumerate(self.timed(rows)):
            if place >= self.most_rows:
                raise QueryError(f"{step} makes more than {self.most_rows} rows; bind more of it.")
            yield row
