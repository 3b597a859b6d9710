"""Where a training runs, and what of it is kept on the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kgkit.errors import InputError

__all__ = ["Run"]


@dataclass(frozen=True, slots=True)
class Run:
    """`device` is what torch calls it ("cpu", "cuda"); `bf16` computes scores in bfloat16 (vectors
    and ranks stay in float32). With a `folder`, a checkpoint is written there after an epoch when
    the last one is `keep_seconds` old, and a training that finds one goes on from it. `minutes`
    ends the training after the epoch in which they are over (0: never).

    Raises `InputError` for a negative time.
    """

    device: str = "cpu"
    bf16: bool = False
    folder: Path | None = None
    keep_seconds: float = 60.0
    minutes: float = 0.0

    def __post_init__(self) -> None:
        """Raise `InputError` for a time below 0."""
        if self.minutes < 0 or self.keep_seconds < 0:
            raise InputError(f"minutes={self.minutes}: give 0 (no limit) or more")
