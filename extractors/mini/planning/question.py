"""A question as the planning head reads it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["QuestionReading"]


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """What the head says of a question.

    `coarse` and `fine` are the operators of decompositions in few and in many steps; `types` the
    probability of each type of question; `words` the characters [start, end) of each word, what
    it is for and its depth (`extractors.mini.planning.labels`).
    """

    coarse: frozenset[str]
    fine: frozenset[str]
    types: tuple[tuple[str, float], ...]
    words: tuple[tuple[int, int, str, str], ...]

    @property
    def type(self) -> str:
        """The likeliest type."""
        return max(self.types, key=lambda item: item[1])[0]

    def probability(self, type: str) -> float:
        """Return the probability of a type, in [0, 1]."""
        return dict(self.types).get(type, 0.0)
