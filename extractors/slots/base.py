"""The contract of whatever reads an answer off a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from extractors.slots.confidence import SlotConfidence

__all__ = ["Calibrated", "Span", "SpanReader"]


class Span(Protocol):
    """The characters [start, end) of a text that answer a question."""

    @property
    def start(self) -> int:
        """Where the answer begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def score(self) -> float:
        """The probability in [0, 1] that it answers the question."""


class SpanReader(Protocol):
    """A part that finds the words of a text that answer a question, or that none do.

    What it says of a question and a text depends on these two alone, and several threads may ask
    at once. `name` and `version` are kept with every fact that comes of an answer: "reader/1".
    """

    @property
    def name(self) -> str:
        """What its facts are marked with."""

    @property
    def version(self) -> str:
        """What changes whenever its answers may."""

    def read_all(self, questions: Sequence[tuple[str, str]]) -> Sequence[Span | None]:
        """Return for each (question, text) the span that answers it there, or None."""


@runtime_checkable
class Calibrated(Protocol):
    """A reader of which it is known how sure its answers are as values of slots."""

    @property
    def confidence(self) -> SlotConfidence:
        """What makes of its scores probabilities that a slot has this value."""
