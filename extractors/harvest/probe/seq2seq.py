"""Encoder-decoder models as probes: the decoder writes what is missing from the encoder's text.

A model with sentinels (T5, Raffel et al. 2020) reads "<extra_id_0> is the capital of
<extra_id_1>." and writes "<extra_id_0> Paris <extra_id_1> France <extra_id_2>"; the sentinel
behind a name is its text factor and says that the name ends. One with a mask token (BART, Lewis
et al. 2020) reads the sentence with a mask for each free slot and writes it all. Fixed slots
stand in the encoder's text, so they are seen from both sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from extractors.harvest.probe.asking import ReadingProbe
from extractors.harvest.probe.base import Pieces
from extractors.harvest.probe.lefttoright import LeftToRightFrame
from extractors.harvest.probe.template import Template
from extractors.harvest.prompt import MAX_ARITY
from kgkit.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from extractors.harvest.probe.reading import Reader
    from extractors.harvest.prompt import Prompt

__all__ = ["Seq2SeqProbe"]


class Seq2SeqProbe(ReadingProbe):
    """An encoder-decoder model as a probe: a `Reader` around its network, and its tokenizer.

    `start` is the piece that the decoder begins with, `mask` the mask token of a model without
    sentinels. Raises `ModelError` when the tokenizer has neither sentinels nor the mask.
    """

    order_free = False

    def __init__(
        self,
        reader: Reader,
        tokenizer: Tokenizer,
        *,
        start: int,
        mask: str = "<mask>",
    ) -> None:
        super().__init__(reader, tokenizer)
        self.start = start
        self.longest = 512
        found = [tokenizer.token_to_id(f"<extra_id_{i}>") for i in range(MAX_ARITY + 1)]
        self._sentinels: Pieces = tuple(n for n in found if n is not None)
        self._mask = tokenizer.token_to_id(mask)
        if len(self._sentinels) <= MAX_ARITY and self._mask is None:
            raise ModelError(
                f"the model {reader.name!r} has neither sentinels (<extra_id_0> ...) nor a mask "
                f"token {mask!r}; give one such as T5 or BART"
            )

    def frame(self, prompt: Prompt, fixed: Mapping[int, Pieces]) -> LeftToRightFrame:
        """Return the prompt in piece numbers, with the slots in `fixed` filled for good."""
        template = self.template(prompt, special=True)
        free = [slot for slot in template.order if slot not in fixed]
        if len(self._sentinels) > MAX_ARITY:
            signs = {slot: (self._sentinels[place],) for place, slot in enumerate(free)}
            parts: list[Pieces] = [(sign,) for sign in self._sentinels[: len(free) + 1]]
            parts[0] = (self.start, *parts[0])
            written = Template(tuple(parts), tuple(free))
        else:
            assert self._mask is not None
            signs = dict.fromkeys(free, (self._mask,))
            first, *others = template.parts
            written = Template(((self.start, *first), *others), template.order)
        context, _ = template.splice(signs | dict(fixed))
        return LeftToRightFrame(written, dict(fixed), self.longest, tuple(context))
