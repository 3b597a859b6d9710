"""Masked models: every slot is a row of masks, filled one after the other.

The factor of piece j of slot s is log P(piece | prompt, slots before s, pieces before j), with a
mask for every piece that is still open (Hao et al. 2023, section 3: P(h, t) = P(h) P(t | h)).
Slots are filled by their number, wherever they stand in the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.harvest.probe.asking import ReadingProbe
from extractors.harvest.probe.base import Factor, Filled, Pieces, Row
from extractors.harvest.probe.template import Template
from kgkit.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from extractors.harvest.probe.reading import Reader
    from extractors.harvest.prompt import Prompt

__all__ = ["MaskedFrame", "MaskedProbe"]


@dataclass(frozen=True, slots=True)
class MaskedFrame:
    """A prompt of a masked model; see `extractors.harvest.probe.base.Frame`."""

    template: Template
    fixed: Mapping[int, Pieces]
    mask: int
    longest: int

    @property
    def order(self) -> tuple[int, ...]:
        """The free slots by number."""
        return tuple(sorted(set(self.template.order) - set(self.fixed)))

    def row(self, filled: Filled, lengths: Sequence[int], slot: int) -> Row:
        """Return the sentence with masks for all that is open, at the next piece of `slot`.

        Raises `ModelError` for a sentence that is longer than the model reads.
        """
        contents: dict[int, Pieces] = {}
        for other in self.template.order:
            known = self.fixed.get(other, filled[other])
            open_places = 0 if other in self.fixed else lengths[other] - len(known)
            contents[other] = known + (self.mask,) * open_places
        ids, begins = self.template.splice(contents)
        if len(ids) > self.longest:
            raise ModelError(
                f"a prompt with its entities has {len(ids)} pieces and the model reads "
                f"{self.longest}; shorten the prompt"
            )
        return Row(tuple(ids), begins[slot] + len(filled[slot]))

    def following(self, filled: Filled, slot: int) -> tuple[Factor, ...]:
        """Return nothing: a masked model has seen the text around a slot from the beginning."""
        return ()

    def factors(self, filled: Filled) -> tuple[Factor, ...]:
        """Return the factors of a complete tuple: one for each piece of each free slot."""
        lengths = [len(pieces) for pieces in filled]
        known = [() if slot in self.order else pieces for slot, pieces in enumerate(filled)]
        found = []
        for slot in self.order:
            for target in filled[slot]:
                found.append(Factor(self.row(tuple(known), lengths, slot), target, slot))
                known[slot] = (*known[slot], target)
        return tuple(found)


class MaskedProbe(ReadingProbe):
    """A masked model as a probe: a `Reader` around any network, and its fast tokenizer.

    `mask` is the tokenizer's mask token and `longest` how many pieces the model reads at most.
    Raises `ModelError` when the tokenizer has no such mask token.
    """

    order_free = True

    def __init__(
        self,
        reader: Reader,
        tokenizer: Tokenizer,
        *,
        mask: str = "[MASK]",
        longest: int = 512,
    ) -> None:
        number = tokenizer.token_to_id(mask)
        if number is None:
            raise ModelError(
                f"the model {reader.name!r} has no mask token {mask!r}; give a masked model such "
                "as BERT, or its own mask token"
            )
        super().__init__(reader, tokenizer)
        self.mask: int = number
        self.longest = longest

    def frame(self, prompt: Prompt, fixed: Mapping[int, Pieces]) -> MaskedFrame:
        """Return the prompt in piece numbers, with the slots in `fixed` filled for good."""
        template = self.template(prompt, special=True)
        return MaskedFrame(template, dict(fixed), self.mask, self.longest)
