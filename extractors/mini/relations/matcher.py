"""Does a sentence state a relation that is given in words, and between which words?

The encoder reads the sentence together with the names of several relations (zero-shot reading of
relations, Levy et al. 2017; prompts beside the text as in GLiNER, Zaratiana et al. 2024), so a
relation that it has never seen is read by what it is called.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from extractors.mini.casing import CASINGS
from extractors.mini.relations.cases import KINDS
from extractors.mini.relations.matcher_layout import Questions
from kgkit.models.bert import WIDTH, Bert

__all__ = ["RANK", "SPAN_TAGS", "Matcher", "Read"]

#: Rank of the updates of the encoder.
RANK = 32
#: Outside, and the four parts of subjects and of objects (`extractors.mini.spans`).
SPAN_TAGS = 9
_SIZE, _DROPOUT = 192, 0.15


@dataclass(frozen=True, slots=True)
class Read:
    """Sheets after the encoder: `words` [sheets, longest, 384] and `relations`
    [sheets, most prompts, 192], zeros behind the last of each."""

    words: Tensor
    relations: Tensor


class Matcher(nn.Module):
    """The encoder with what is added to its embeddings, and three heads over words and prompts."""

    def __init__(self, bert: Bert) -> None:
        super().__init__()
        self.bert = bert
        self.casing = nn.Embedding(CASINGS, WIDTH)
        self.marks = nn.Embedding(1 + 2 * len(KINDS), WIDTH)
        self.roles = nn.Embedding(4, WIDTH)
        for embedding in (self.casing, self.marks, self.roles):
            nn.init.zeros_(embedding.weight)
        self.relation = nn.Linear(3 * WIDTH, _SIZE)
        self.asked, self.gate = nn.Linear(_SIZE, _SIZE), nn.Linear(_SIZE, _SIZE)
        self.word, self.gated = nn.Linear(WIDTH, _SIZE), nn.Linear(WIDTH, _SIZE)
        self.spans = nn.Linear(_SIZE, SPAN_TAGS)
        self.whole = nn.Linear(_SIZE, 1)
        self.subject, self.object = nn.Linear(2 * WIDTH, _SIZE), nn.Linear(2 * WIDTH, _SIZE)
        self.joined = nn.Linear(6 * _SIZE, _SIZE)
        self.pair = nn.Linear(_SIZE, 1)

    def forward(self, questions: Questions) -> Read:
        """Read sheets: one pass of the encoder over sentences and prompts."""
        extra = (
            self.casing(questions.casing)
            + self.marks(questions.marks)
            + self.roles(questions.roles)
        )
        states = self.bert(questions.packed, extra)
        words = (states[questions.firsts] + states[questions.lasts]) * 0.5
        total = sum(questions.counts)
        means = [_means(states, rows, owners, total) for rows, owners in questions.parts]
        relations = F.gelu(self.relation(torch.cat(means, dim=-1)))
        return Read(
            _padded(F.dropout(words, _DROPOUT, self.training), questions.sizes),
            _padded(F.dropout(relations, _DROPOUT, self.training), questions.counts),
        )

    def tags(self, read: Read) -> Tensor:
        """Return tag scores [sheets, prompts, words, 9] of subjects and objects."""
        word = self.word(read.words)[:, None]
        gated = self.gated(read.words)[:, None] * self.gate(read.relations)[:, :, None]
        tags: Tensor = self.spans(F.gelu(word + gated + self.asked(read.relations)[:, :, None]))
        return tags

    def stated(self, read: Read) -> Tensor:
        """Return how surely each relation is stated between named ends [sheets, prompts], as
        logits."""
        stated: Tensor = self.whole(read.relations).squeeze(-1)
        return stated

    def pairs(self, read: Read, index: Tensor) -> Tensor:
        """Return how surely each relation holds between two spans [n], as logits; a row of
        `index` [n, 6] is sheet, prompt, subject [first, last], object [first, last]."""
        sheet, prompt, a, b, c, d = index.unbind(1)
        subject = self.subject(torch.cat([read.words[sheet, a], read.words[sheet, b]], dim=-1))
        other = self.object(torch.cat([read.words[sheet, c], read.words[sheet, d]], dim=-1))
        relation = read.relations[sheet, prompt]
        crossed = [subject * relation, other * relation, subject * other]
        joined = F.gelu(self.joined(torch.cat([subject, other, relation, *crossed], dim=-1)))
        pairs: Tensor = self.pair(F.dropout(joined, _DROPOUT, self.training)).squeeze(-1)
        return pairs


def _means(states: Tensor, rows: Tensor, owners: Tensor, total: int) -> Tensor:
    sums = states.new_zeros(total, WIDTH)
    if not len(rows):
        return sums
    sums = sums.index_add(0, owners, states[rows])
    counts = torch.bincount(owners, minlength=total).clamp(min=1)
    return sums / counts[:, None].to(sums.dtype)


def _padded(rows: Tensor, sizes: tuple[int, ...]) -> Tensor:
    return pad_sequence(list(torch.split(rows, list(sizes))), batch_first=True)
