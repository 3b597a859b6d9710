"""Causal models as probes: the sentence is read from left to right (see `lefttoright`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from extractors.harvest.probe.asking import ReadingProbe
from extractors.harvest.probe.base import Pieces
from extractors.harvest.probe.lefttoright import LeftToRightFrame
from kgkit.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from extractors.harvest.probe.reading import Reader
    from extractors.harvest.prompt import Prompt

__all__ = ["CausalProbe"]


class CausalProbe(ReadingProbe):
    """A causal model as a probe: a `Reader` around any network, and its fast tokenizer.

    `start` is the token that begins every text. Raises `ModelError` when the tokenizer has no
    such token.
    """

    order_free = False

    def __init__(
        self,
        reader: Reader,
        tokenizer: Tokenizer,
        *,
        start: str = "<|endoftext|>",
        longest: int = 1024,
    ) -> None:
        number = tokenizer.token_to_id(start)
        if number is None:
            raise ModelError(
                f"the model {reader.name!r} has no token {start!r} to begin a text with; give it a "
                "bos_token"
            )
        super().__init__(reader, tokenizer)
        self.start: int = number
        self.longest = longest

    def frame(self, prompt: Prompt, fixed: Mapping[int, Pieces]) -> LeftToRightFrame:
        """Return the prompt in piece numbers, with the slots in `fixed` filled for good."""
        template = self.template(prompt, special=False, lead=(self.start,))
        return LeftToRightFrame(template, dict(fixed), self.longest)
