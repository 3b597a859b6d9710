"""A masked probe as the reference loop asks it: one row, one forward pass, nothing remembered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from kgkit.errors import InputError

if TYPE_CHECKING:
    from extractors.harvest.probe.base import Probe

__all__ = ["ProbeRow"]


class ProbeRow:
    """The network of a masked probe, called with a single row.

    Only the asked place is projected to the vocabulary where the network can do that, so a pass
    costs no more here than in the search that is measured against it. Raises `InputError` for a
    probe that is not masked.
    """

    def __init__(self, probe: Probe) -> None:
        from extractors.harvest.probe.masked import MaskedProbe

        if not isinstance(probe, MaskedProbe):
            raise InputError(
                f"the reference loop fills masks and {probe.name!r} has none; give a masked model"
            )
        self._tokenizer = probe.vocabulary.tokenizer
        # Not through its reader, which fills every pass up to a few rows.
        self._network = probe.reader.network
        self._device = probe.reader.device
        self.pieces = [
            "" if special else piece
            for piece, special in zip(
                probe.vocabulary.pieces, probe.vocabulary.special.tolist(), strict=True
            )
        ]
        self.mask = probe.mask
        self.frame = _frame(self._tokenizer)

    def encode(self, text: str) -> list[int]:
        """Return the pieces of a part of a prompt."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def logits(self, row: Sequence[int], place: int) -> Tensor:
        """Return the logits [vocabulary] at a place, in one forward pass of batch size 1."""
        ids = torch.tensor([list(row)], device=self._device)
        first = torch.zeros(1, dtype=torch.long, device=self._device)
        where = torch.tensor([place], device=self._device)
        with torch.inference_mode():
            found: Tensor = self._network(ids, first, where)[0]
        return found.float().cpu()


def _frame(tokenizer: object) -> tuple[list[int], list[int]]:
    """Return the special pieces before and after a text."""
    read = tokenizer.encode("a", add_special_tokens=True)  # type: ignore[attr-defined]
    marks = list(read.special_tokens_mask)
    inside = [place for place, mark in enumerate(marks) if not mark]
    return list(read.ids[: inside[0]]), list(read.ids[inside[-1] + 1 :])
