"""Frames of models that read from left to right: the whole sentence is scored.

log P(sentence) is the sum over its pieces. What stands before the first free slot is a condition
and not counted. A slot's factors are its pieces, each given all that stands before; behind them
come, as text factors, the pieces of the prompt up to the next free slot or the end. Those say
that the name ends there, and in "{0} is the capital of {1}." they are how a head is known by what
is said of it. Slots are scored in the order of the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.harvest.probe.base import Factor, Filled, Pieces, Row
from kgkit.errors import ModelError

if TYPE_CHECKING:
    from extractors.harvest.probe.template import Template

__all__ = ["LeftToRightFrame"]


@dataclass(frozen=True, slots=True)
class LeftToRightFrame:
    """A prompt of a causal model or of a decoder; see `extractors.harvest.probe.base.Frame`.

    `context` is what the encoder reads; empty for causal models.
    """

    template: Template
    fixed: Mapping[int, Pieces]
    longest: int
    context: Pieces = ()

    @property
    def order(self) -> tuple[int, ...]:
        """The free slots as they stand in the sentence."""
        return tuple(slot for slot in self.template.order if slot not in self.fixed)

    def row(self, filled: Filled, lengths: Sequence[int], slot: int) -> Row:
        """Return the sentence up to the next piece of `slot`.

        Raises `ModelError` for a sentence that is longer than the model reads.
        """
        contents = self._contents(filled, self.order[: self.order.index(slot)])
        ids = (*self.template.splice(contents)[0], *filled[slot])
        return Row(self._fitting(ids), len(ids) - 1, self.context)

    def following(self, filled: Filled, slot: int) -> tuple[Factor, ...]:
        """Return the factors of the text between a slot and the next free one or the end."""
        done = self.order[: self.order.index(slot) + 1]
        spliced, begins = self.template.splice(self._contents(filled, done))
        ids = self._fitting(tuple(spliced))
        first = begins[slot] + len(filled[slot])
        return self._between(ids, first, len(ids), slot, text=True)

    def factors(self, filled: Filled) -> tuple[Factor, ...]:
        """Return all factors of a complete tuple; one pass answers them together."""
        spliced, begins = self.template.splice(self._contents(filled, self.order))
        ids = self._fitting(tuple(spliced))
        found: tuple[Factor, ...] = ()
        for place, slot in enumerate(self.order):
            first = begins[slot]
            last = first + len(filled[slot])
            stop = begins[self.order[place + 1]] if place + 1 < len(self.order) else len(ids)
            found += self._between(ids, first, last, slot, text=False)
            found += self._between(ids, last, stop, slot, text=True)
        return found

    def _contents(self, filled: Filled, done: Sequence[int]) -> dict[int, Pieces]:
        return {slot: filled[slot] for slot in done} | dict(self.fixed)

    def _between(
        self, ids: Pieces, first: int, last: int, slot: int, *, text: bool
    ) -> tuple[Factor, ...]:
        return tuple(
            Factor(Row(ids, place - 1, self.context), ids[place], slot, text)
            for place in range(first, last)
        )

    def _fitting(self, ids: Pieces) -> Pieces:
        if len(ids) > self.longest:
            raise ModelError(
                f"a prompt with its entities has {len(ids)} pieces and the model reads "
                f"{self.longest}; shorten the prompt"
            )
        return ids
