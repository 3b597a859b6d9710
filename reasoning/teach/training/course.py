"""How a model is taught: how long, how fast, in which blocks."""

from __future__ import annotations

from dataclasses import dataclass

from kgkit.errors import InputError

__all__ = ["Course"]


@dataclass(frozen=True, slots=True)
class Course:
    """A course of training on texts.

    `tokens` are read in all (None: one pass over the texts, `passes` times), in batches of
    `batch` blocks of `length` tokens; the learning rate rises to `rate` over the share `warmup`
    of the steps and falls as a cosine; `replay` is the share of blocks that come from other texts.
    Raises `InputError` for numbers that make no course.
    """

    tokens: int | None = None
    passes: int = 1
    rate: float = 1e-3
    batch: int = 16
    length: int = 128
    warmup: float = 0.05
    decay: float = 0.01
    replay: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse numbers that make no course."""
        whole = min(self.passes, self.batch, self.tokens if self.tokens is not None else 1)
        if whole < 1 or self.length < 2 or self.rate <= 0:
            raise InputError(f"{self} is no course; tokens, passes, batch and rate are above 0.")
        for share in (self.warmup, self.replay):
            if not 0.0 <= share <= 1.0:
                raise InputError(f"{share} is no share of a course; give one from 0 to 1.")
