"""Scores of spans that may answer a question, and of the answer not being there.

After RaSoR (Lee et al. 2016): every span of words up to a length gets one score and all compete
with each other, here also with a null answer that the first piece scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from extractors.mini.casing import CASINGS
from extractors.mini.reading.layout import Case
from extractors.mini.reading.marks import MARKS
from kgkit.models.bert import WIDTH, Bert, pack

__all__ = ["LONGEST", "ReadingNetwork", "Scores"]

#: Words of the longest answer.
LONGEST = 20
_HIDDEN = 192
_DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class Scores:
    """Of one case: `spans` [words, `LONGEST`] scores the span that begins at a word and has so
    many words more, -inf where it leaves its sentence; `null` [] scores that there is none."""

    spans: Tensor
    null: Tensor


class ReadingNetwork(nn.Module):
    """The encoder, what is added to its embeddings, and the span head."""

    def __init__(self, bert: Bert) -> None:
        super().__init__()
        self.bert = bert
        self.casing = nn.Embedding(CASINGS, WIDTH)
        self.marks = nn.Embedding(MARKS, WIDTH)
        nn.init.zeros_(self.casing.weight)
        nn.init.zeros_(self.marks.weight)
        self.first = nn.Linear(WIDTH, _HIDDEN)
        self.last = nn.Linear(WIDTH, _HIDDEN)
        self.length = nn.Embedding(LONGEST, _HIDDEN)
        nn.init.zeros_(self.length.weight)
        self.score = nn.Linear(_HIDDEN, 1)
        self.none = nn.Linear(WIDTH, _HIDDEN)
        self.null = nn.Linear(_HIDDEN, 1)

    def forward(self, cases: Sequence[Case]) -> list[Scores]:
        """Return the scores of each case; give them sorted by length."""
        casing = torch.tensor(list(chain.from_iterable(case.casing for case in cases)))
        marks = torch.tensor(list(chain.from_iterable(case.marks for case in cases)))
        packed = pack([case.pieces for case in cases])
        states = self.bert(packed, self.casing(casing) + self.marks(marks))
        states = F.dropout(states, _DROPOUT, self.training)
        parts = torch.split(states, [len(case.pieces) for case in cases])
        return [self._score(part, case) for part, case in zip(parts, cases, strict=True)]

    def _score(self, states: Tensor, case: Case) -> Scores:
        null = self.null(F.gelu(self.none(states[0]))).float().squeeze(-1)
        count = len(case.spans)
        first = self.first(states[list(case.firsts)])
        last = self.last(states[list(case.lasts)])
        places = torch.arange(count)
        ends = places[:, None] + torch.arange(LONGEST)[None, :]
        inside = ends < count
        ends = ends.clamp(max=count - 1)
        hidden = F.gelu(first[:, None, :] + last[ends] + self.length.weight[None])
        spans = self.score(hidden).float().squeeze(-1)
        sentences = torch.tensor(case.sentences)
        inside = inside & (sentences[ends] == sentences[:, None])
        return Scores(spans.masked_fill(~inside, -torch.inf), null)
