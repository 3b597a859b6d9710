"""How much one question may cost."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

__all__ = ["Budget", "Meter"]


@dataclass(frozen=True, slots=True)
class Budget:
    """What answering a question may take: seconds, retrievals beside the first, texts read."""

    seconds: float = 5.0
    retrievals: int = 4
    texts: int = 16


@dataclass(slots=True)
class Meter:
    """What is left of a budget since it was opened."""

    budget: Budget
    texts: int = 0
    _ends: float = field(init=False)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.budget.seconds

    @property
    def is_spent(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self._ends

    def take_texts(self, wanted: int) -> int:
        """Return how many of so many texts may be read, and count them."""
        given = max(0, min(wanted, self.budget.texts - self.texts))
        self.texts += given
        return given
