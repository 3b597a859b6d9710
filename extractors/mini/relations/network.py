"""Scores of relations between the entities of a document.

After ATLOP (Zhou et al. 2021): an entity is the logsumexp of its mentions, each pair of entities
looks at the words that both look at, and a threshold is learnt as a class of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from extractors.mini.casing import CASINGS
from extractors.mini.relations.cases import KINDS, Case
from extractors.mini.relations.layout import Laid
from extractors.mini.relations.reading import Reading, embeddings, read_cases
from kgkit.models.bert import WIDTH, Bert

__all__ = ["GAPS", "Among", "Pairs", "RelationNetwork", "every_pair", "gap_of", "likely_pairs"]

#: Which ordered pairs of a document's entities are scored: their heads and tails, [p] each.
Among = Callable[[Case], tuple[Tensor, Tensor]]

_HIDDEN, _BLOCK, _KIND = 384, 32, 16
#: Of entities' vectors and of what is multiplied: a few hundred documents are soon known by heart.
_DROPOUT = 0.2, 0.3
#: Buckets of the distance in sentences between two entities' nearest mentions: 0, 1, 2, 3 or more.
GAPS = 4


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ordered pairs of a document's entities, p of them: `heads`, `tails` [p] number them.

    `scores` [p, 1 + relations] has the threshold in column 0; `focus` [p, pieces] is the share of
    each piece in the pair's context.
    """

    heads: Tensor
    tails: Tensor
    scores: Tensor
    focus: Tensor


def every_pair(case: Case) -> tuple[Tensor, Tensor]:
    """Return all ordered pairs of two entities: heads and tails, [p] each."""
    count = len(case.kinds)
    heads, tails = (~torch.eye(count, dtype=torch.bool)).nonzero().unbind(1)
    return heads, tails


def likely_pairs(case: Case) -> tuple[Tensor, Tensor]:
    """Return the pairs, heads and tails [p] each, whose types were ever joined in training: a
    time or a number heads nothing and numbers are the tails of nothing."""
    heads, tails = every_pair(case)
    kinds = torch.tensor(case.kinds)
    kept = ~torch.isin(kinds[heads], _VALUES) & (kinds[tails] != _NUMBER)
    return heads[kept], tails[kept]


#: Codes of types that are values.
_NUMBER = KINDS.index("Number")
_VALUES = torch.tensor([KINDS.index("Time"), _NUMBER])


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

    def forward(self, laid: Laid, cases: Sequence[Case], among: Among = every_pair) -> list[Pairs]:
        """Return the pairs of each document; one with fewer than two entities has none."""
        extra = self.casing(laid.casing) + self.marks(laid.marks)
        readings = read_cases(self.bert, laid, cases, extra)
        return [
            self._pairs(reading, case, *among(case))
            for reading, case in zip(readings, cases, strict=True)
        ]

    def _pairs(self, reading: Reading, case: Case, heads: Tensor, tails: Tensor) -> Pairs:
        shared = torch.einsum("ihn,jhn->ijn", reading.attention, reading.attention)[heads, tails]
        focus = shared / (shared.sum(-1, keepdim=True) + 1e-9)
        gaps = self.gaps(gap_of(case)[heads, tails])
        context = self.context(torch.cat([focus @ reading.states, gaps], dim=-1))
        entities = torch.cat([reading.entities, self.kinds(torch.tensor(case.kinds))], dim=-1)
        entities = F.dropout(entities, _DROPOUT[0], self.training)
        first, second = context.chunk(2, dim=-1)
        head = torch.tanh(self.head(entities)[heads] + first)
        tail = torch.tanh(self.tail(entities)[tails] + second)
        head = F.dropout(head, _DROPOUT[1], self.training).view(-1, _HIDDEN // _BLOCK, _BLOCK)
        tail = F.dropout(tail, _DROPOUT[1], self.training).view(-1, _HIDDEN // _BLOCK, _BLOCK)
        products = (head[:, :, :, None] * tail[:, :, None, :]).flatten(1)
        return Pairs(heads, tails, self.scores(products), focus)


def gap_of(case: Case) -> Tensor:
    """Return [entities, entities]: the bucket of the distance between nearest mentions."""
    count = len(case.kinds)
    gaps = torch.full((count, count), GAPS - 1, dtype=torch.long)
    sentences = torch.tensor(case.sentences)
    far = (sentences[:, None] - sentences[None, :]).abs().clamp(max=GAPS - 1)
    owners = torch.tensor(case.entities)
    index = (owners[:, None] * count + owners[None, :]).flatten()
    return gaps.flatten().scatter_reduce(0, index, far.flatten(), "amin").view(count, count)
