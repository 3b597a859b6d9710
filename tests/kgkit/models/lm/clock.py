"""Time that passes only by sleeping."""

from __future__ import annotations

from kgkit.models.lm import Pace


class Clock:
    """A clock that notes each sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Let so much time pass."""
        self.slept.append(seconds)
        self.now += seconds

    def pace(self, calls: float | None = None, tokens: float | None = None) -> Pace:
        """Return a pace by this clock: so many calls and tokens a minute."""
        return Pace(calls, tokens, clock=lambda: self.now, sleep=self.sleep)
