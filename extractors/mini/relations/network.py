"""Scores of relations between the entities of a document.

After ATLOP (Zhou et al. 2021): an entity is the logsumexp of its mentions, each pair of entities
looks at the words that both look at, and a threshold is learnt as a class of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from extractors.mini.casing import CASINGS
from extractors.mini.relations.cases import KINDS, Case
from extractors.mini.relations.layout import Laid
from extractors.mini.relations.reading import Reading, embeddings, read_cases
from kgkit.models.bert import WIDTH, Bert

__all__ = ["GAPS", "Pairs", "RelationNetwork", "gap_of"]

_HIDDEN, _BLOCK, _KIND = 384, 32, 16
#: Of entities' vectors and of what is multiplied: a few hundred documents are soon known by heart.
_DROPOUT = 0.2, 0.3
#: Buckets of the distance in sentences between two entities' nearest mentions: 0, 1, 2, 3 or more.
GAPS = 4


@dataclass(frozen=True, slots=True)
class Pairs:
    """The ordered pairs of a document's entities, p of them: `heads`, `tails` [p] number them.

    `scores` [p, 1 + relations] has the threshold in column 0; `focus` [p, pieces] is the share of
    each piece in the pair's context.
    """

    heads: Tensor
    tails: Tensor
    scores: Tensor
    focus: Tensor


class RelationNetwork(nn.Module):
    """The encoder, what is added to its embeddings, and the pair head."""

    def __init__(self, bert: Bert, relations: int) -> None:
        super().__init__()
        self.bert = bert
        self.casing, self.marks = embeddings(CASINGS)
        self.kinds = nn.Embedding(len(KINDS), _KIND)
        self.gaps = nn.Embedding(GAPS, _KIND)
        self.head = nn.Linear(WIDTH + _KIND, _HIDDEN)
        self.tail = nn.Linear(WIDTH + _KIND, _HIDDEN)
        self.context = nn.Linear(WIDTH + _KIND, 2 * _HIDDEN)
        self.scores = nn.Linear(_HIDDEN * _BLOCK, 1 + relations)

    def forward(self, laid: Laid, cases: Sequence[Case]) -> list[Pairs]:
        """Return the pairs of each document; one with fewer than two entities has none."""
        extra = self.casing(laid.casing) + self.marks(laid.marks)
        readings = read_cases(self.bert, laid, cases, extra)
        return [self._pairs(r, c) for r, c in zip(readings, cases, strict=True)]

    def _pairs(self, reading: Reading, case: Case) -> Pairs:
        count = len(case.kinds)
        heads, tails = (~torch.eye(count, dtype=torch.bool)).nonzero().unbind(1)
        shared = torch.einsum("ihn,jhn->ijn", reading.attention, reading.attention)
        focus = shared / (shared.sum(-1, keepdim=True) + 1e-9)
        gaps = self.gaps(gap_of(case))
        context = self.context(torch.cat([focus @ reading.states, gaps], dim=-1))
        entities = torch.cat([reading.entities, self.kinds(torch.tensor(case.kinds))], dim=-1)
        entities = F.dropout(entities, _DROPOUT[0], self.training)
        first, second = context[heads, tails].chunk(2, dim=-1)
        head = torch.tanh(self.head(entities)[heads] + first)
        tail = torch.tanh(self.tail(entities)[tails] + second)
        head = F.dropout(head, _DROPOUT[1], self.training).view(-1, _HIDDEN // _BLOCK, _BLOCK)
        tail = F.dropout(tail, _DROPOUT[1], self.training).view(-1, _HIDDEN // _BLOCK, _BLOCK)
        products = (head[:, :, :, None] * tail[:, :, None, :]).flatten(1)
        return Pairs(heads, tails, self.scores(products), focus[heads, tails])


def gap_of(case: Case) -> Tensor:
    """Return [entities, entities]: the bucket of the distance between nearest mentions."""
    count = len(case.kinds)
    gaps = torch.full((count, count), GAPS - 1, dtype=torch.long)
    sentences = torch.tensor(case.sentences)
    far = (sentences[:, None] - sentences[None, :]).abs().clamp(max=GAPS - 1)
    owners = torch.tensor(case.entities)
    index = (owners[:, None] * count + owners[None, :]).flatten()
    return gaps.flatten().scatter_reduce(0, index, far.flatten(), "amin").view(count, count)
