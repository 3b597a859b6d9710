"""The encoder as a masked language model: which piece stands behind a mask."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from kgkit.models.bert import WIDTH, Bert, Packed, pack

__all__ = ["MASK", "PIECES", "MaskedNetwork"]

#: The number of the piece that is to be filled in.
MASK = 103
#: Pieces of the vocabulary.
PIECES = 30522


class MaskedNetwork(nn.Module):
    """Sequences with masks in, one score for each piece of the vocabulary out.

    The score of piece v is e_v . (W h + c) + b_v, where h is the state at the mask and e_v the
    encoder's own embedding of the piece (tied, frozen). The published encoder never saw masks, so
    what is added to the embedding of a mask is learnt too.
    """

    def __init__(self, bert: Bert) -> None:
        super().__init__()
        self.bert = bert
        self.mask = nn.Parameter(torch.zeros(WIDTH))
        self.transform = nn.Linear(WIDTH, WIDTH)
        self.bias = nn.Parameter(torch.zeros(PIECES))

    def states(self, sequences: Sequence[Sequence[int]], wanted: Tensor) -> Tensor:
        """Return the states [n, 384] at the rows `wanted` [n] of the sequences laid end to end.

        Give the sequences with [CLS] and [SEP], sorted by length.
        """
        return self.read(pack(sequences))[wanted]

    def read(self, packed: Packed) -> Tensor:
        """Return the states [total, 384] of all pieces of a packed batch."""
        masked = (packed.pieces == MASK).to(self.mask.dtype)
        states: Tensor = self.bert(packed, masked[:, None] * self.mask)
        return states

    def scores(self, states: Tensor) -> Tensor:
        """Return the scores [n, 30522] of all pieces at states [n, 384]."""
        projected: Tensor = self.transform(states)
        return torch.addmm(self.bias, projected, self.bert.words.weight.T)

    def forward(self, sequences: Sequence[Sequence[int]], wanted: Tensor) -> Tensor:
        """Return the scores [n, 30522] at the rows `wanted` [n] of the sequences laid end to
        end."""
        return self.scores(self.states(sequences, wanted))
