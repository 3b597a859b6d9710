"""The contract of a probe: a language model as the search and the scores ask it.

A probe compiles a prompt into a `Frame` of piece numbers once; from then on nothing is tokenised
again. The frame says which *factors* make up the log-probability of a tuple: one for each piece
of each free slot, and, for models that read from left to right, those of the text that follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

    from extractors.harvest.probe.vocabulary import Vocabulary
    from extractors.harvest.prompt import Prompt

__all__ = ["Counted", "Factor", "Filled", "Frame", "Network", "Pieces", "Probe", "Row"]

#: The pieces of an entity, or of its beginning.
Pieces = tuple[int, ...]

#: The pieces found so far for each slot, by slot number.
Filled = tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One question to a model: which piece belongs at `position`?

    `ids` are all pieces that it reads: for a masked model with a mask at `position`, for a causal
    one up to `position` at least, where it predicts the piece behind. `context` is what the
    encoder of an encoder-decoder model reads. Rows that differ in `position` alone cost one pass.
    """

    ids: Pieces
    position: int
    context: Pieces = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor of a tuple's log-probability: piece `target` at `row`.

    `slot` is the free slot that it belongs to; `text` marks a piece of the prompt behind the slot
    rather than of the entity.
    """

    row: Row
    target: int
    slot: int
    text: bool = False


@dataclass(slots=True)
class Counted:
    """What a probe has done: `rows` went through the model in `passes` calls of it; `asked`
    counts questions, also those answered from memory."""

    rows: int = 0
    passes: int = 0
    asked: int = 0


class Network(Protocol):
    """Any function that gives logits; a probe is built around one."""

    def __call__(self, ids: Tensor, sequences: Tensor, places: Tensor) -> Tensor:
        """Return the logits [m, vocabulary] at `places` [m] of `sequences` [m].

        `ids` [n, length] are piece numbers; all sequences of a call are equally long and none is
        padded. Place i of sequence j is `ids[sequences[i], places[i]]`: project only those.
        """


class Frame(Protocol):
    """A prompt, with some slots fixed, in the piece numbers of one probe.

    `order`: the free slots, as they are scored one after the other, each given those before.
    """

    @property
    def order(self) -> tuple[int, ...]:
        """The free slots in the order in which they are scored."""

    def row(self, filled: Filled, lengths: Sequence[int], slot: int) -> Row:
        """Return the question for the next piece of a slot.

        `filled` holds complete entities for the slots scored before and the pieces so far for
        this one; `lengths` says how many pieces each slot has in the end.
        """

    def following(self, filled: Filled, slot: int) -> tuple[Factor, ...]:
        """Return the factors of the text between a complete slot and the next free one or the
        end; none for a masked model."""

    def factors(self, filled: Filled) -> tuple[Factor, ...]:
        """Return all factors of a complete tuple, slot by slot."""


class Probe(Protocol):
    """A language model that says how probable pieces are.

    `name` is what it is chosen by, "mini" or "hf:<id or folder>", `vocabulary` are its pieces, and
    `order_free` is true where slots may be scored in any order (masked models): the search then
    goes by slot number; otherwise by the order of slots in the sentence.
    """

    name: str
    vocabulary: Vocabulary
    order_free: bool

    @property
    def counted(self) -> Counted:
        """Rows and passes so far; set its fields to 0 to count anew."""

    def frame(self, prompt: Prompt, fixed: Mapping[int, Pieces]) -> Frame:
        """Return the prompt in piece numbers, with the slots in `fixed` filled for good."""

    def ask(
        self, rows: Sequence[Row], factors: Sequence[Factor]
    ) -> tuple[list[NDArray[np.float32]], NDArray[np.float64]]:
        """Return the distribution [vocabulary] at each row and the value [n] of each factor.

        Asked together they share passes of the model. Values are rounded and do not depend on
        the other questions; equal rows are computed once.
        """

    def log_probabilities(self, rows: Sequence[Row]) -> list[NDArray[np.float32]]:
        """Return, for each question, the natural log-probabilities [vocabulary] of all pieces."""

    def chosen(self, factors: Sequence[Factor]) -> NDArray[np.float64]:
        """Return the log-probability [n] of each factor's target."""
