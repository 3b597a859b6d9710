"""The encoder with its adapter and all heads: one pass gives tags, trees, spans and pronouns."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from extractors.mini.casing import CASINGS
from extractors.mini.heads import Arcs, Pronouns, Tagger, embedding
from extractors.mini.pieces import Layout
from kgkit.models.bert import WIDTH, Bert

__all__ = ["Inventory", "Network", "padded"]


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the heads can say, in the order of their outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemmas: tuple[str, ...]
    deprels: tuple[str, ...]
    spans: tuple[str, ...]


class Network(nn.Module):
    """Words in context: `forward` gives their vectors, the heads read them."""

    def __init__(self, bert: Bert, inventory: Inventory) -> None:
        super().__init__()
        self.bert = bert
        self.casing = embedding(CASINGS, WIDTH)
        nn.init.zeros_(self.casing.weight)
        self.tags = Tagger((len(inventory.upos), len(inventory.xpos), len(inventory.lemmas)))
        self.spans = Tagger((1 + 4 * len(inventory.spans),))
        self.arcs = Arcs(len(inventory.deprels))
        self.pronouns = Pronouns()

    def forward(self, layout: Layout) -> Tensor:
        """Return the vectors [words, 384]: the mean of each word's first and last piece."""
        states = self.bert(layout.packed, self.casing(layout.casing))
        words = (states[layout.firsts] + states[layout.lasts]) * 0.5
        return F.dropout(words, 0.2, self.training)


def padded(words: Tensor, sizes: tuple[int, ...]) -> Tensor:
    """Return [sentences, longest, 384] from [words, 384], with zeros behind each sentence."""
    return torch.nn.utils.rnn.pad_sequence(list(torch.split(words, list(sizes))), batch_first=True)
