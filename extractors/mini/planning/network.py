"""What a question asks to be done: operators, its type, and what each word is for."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from extractors.mini.casing import CASINGS
from extractors.mini.pieces import Layout
from extractors.mini.planning.labels import DEPTHS, OPERATORS, PARTS, TYPES
from kgkit.models.bert import WIDTH, Bert

__all__ = ["PlanningNetwork", "Scores"]

_HIDDEN, _DROPOUT = 256, 0.15


@dataclass(frozen=True, slots=True)
class Scores:
    """Of n questions with m words in all: `coarse` and `fine` [n, operators] score the operators
    of a decomposition in few or in many steps, `types` [n, types] the type of the question;
    `parts` [m, parts] and `depths` [m, depths] what a word is for and how far from the answer."""

    coarse: Tensor
    fine: Tensor
    types: Tensor
    parts: Tensor
    depths: Tensor


class PlanningNetwork(nn.Module):
    """The encoder, and heads over whole questions and over their words."""

    def __init__(self, bert: Bert) -> None:
        super().__init__()
        self.bert = bert
        self.casing = nn.Embedding(CASINGS, WIDTH)
        nn.init.zeros_(self.casing.weight)
        self.whole = nn.Linear(3 * WIDTH, _HIDDEN)
        self.coarse = nn.Linear(_HIDDEN, len(OPERATORS))
        self.fine = nn.Linear(_HIDDEN, len(OPERATORS))
        self.types = nn.Linear(_HIDDEN, len(TYPES))
        self.word = nn.Linear(WIDTH, _HIDDEN)
        self.tags = nn.Linear(_HIDDEN, len(PARTS) + len(DEPTHS))

    def forward(self, layout: Layout) -> Scores:
        """Return the scores of questions that are laid out one a window."""
        states = self.bert(layout.packed, self.casing(layout.casing))
        words = (states[layout.firsts] + states[layout.lasts]) * 0.5
        parts = torch.split(words, list(layout.sizes))
        # The first piece of a window stands right before that of its first word.
        begins = torch.tensor(layout.sizes).cumsum(0) - torch.tensor(layout.sizes)
        first = states[layout.firsts[begins] - 1]
        mean = torch.stack([part.mean(0) for part in parts])
        most = torch.stack([part.amax(0) for part in parts])
        whole = F.gelu(self.whole(self._drop(torch.cat([first, mean, most], dim=-1))))
        whole = self._drop(whole)
        tags = self.tags(self._drop(F.gelu(self.word(self._drop(words)))))
        return Scores(
            self.coarse(whole).float(),
            self.fine(whole).float(),
            self.types(whole).float(),
            tags[:, : len(PARTS)].float(),
            tags[:, len(PARTS) :].float(),
        )

    def _drop(self, states: Tensor) -> Tensor:
        return F.dropout(states, _DROPOUT, self.training)
