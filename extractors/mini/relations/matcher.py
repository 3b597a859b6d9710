"""Does a sentence state a relation that is given in words, and between which words?

One small network for all relations: it reads frozen word vectors and the vectors of the
relation's name and types, so a relation that it has never seen is read by what it is called.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kgkit.models.bert import WIDTH

__all__ = ["SPAN_TAGS", "Matcher"]

_SIZE, _HEADS, _LAYERS, _DROPOUT = 256, 4, 2, 0.2

#: Outside, and the four parts of subjects and of objects (`extractors.mini.spans`).
SPAN_TAGS = 9


class _Layer(nn.Module):
    """Self-attention and a feed-forward part, normed before (Xiong et al. 2020)."""

    def __init__(self) -> None:
        super().__init__()
        self.before = nn.LayerNorm(_SIZE)
        self.qkv = nn.Linear(_SIZE, 3 * _SIZE)
        self.out = nn.Linear(_SIZE, _SIZE)
        self.between = nn.LayerNorm(_SIZE)
        self.up = nn.Linear(_SIZE, 2 * _SIZE)
        self.down = nn.Linear(2 * _SIZE, _SIZE)

    def forward(self, states: Tensor, real: Tensor) -> Tensor:
        batch, length, _ = states.shape
        shape = (batch, length, 3, _HEADS, _SIZE // _HEADS)
        query, key, value = self.qkv(self.before(states)).view(shape).permute(2, 0, 3, 1, 4)
        mask = real[:, None, None, :]
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        looked: Tensor = self.out(mixed.transpose(1, 2).reshape(batch, length, _SIZE))
        states = states + F.dropout(looked, _DROPOUT, self.training)
        fed: Tensor = self.down(F.gelu(self.up(self.between(states))))
        return states + F.dropout(fed, _DROPOUT, self.training)


class Matcher(nn.Module):
    """Scores of spans and of the whole, for pairs of a sentence and a relation."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Linear(2 * WIDTH, _SIZE)
        self.relation = nn.Linear(3 * WIDTH, _SIZE)
        self.gate = nn.Linear(3 * WIDTH, _SIZE)
        self.layers = nn.ModuleList(_Layer() for _ in range(_LAYERS))
        self.norm = nn.LayerNorm(_SIZE)
        self.tags = nn.Linear(_SIZE, SPAN_TAGS)
        self.states = nn.Linear(_SIZE, 1)

    def forward(self, words: Tensor, real: Tensor, relations: Tensor) -> tuple[Tensor, Tensor]:
        """Return tag scores [n, longest, 9] and how surely each relation is stated [n] (logits).

        `words` [n, longest, 768] are the vectors of the parser and of the encoder side by side,
        `real` [n, longest] is true where there is a word, `relations` [n, 1152] as
        `prompt_vectors` gives them.
        """
        words = F.dropout(words, 0.1, self.training)
        projected = self.words(words)
        # Each word is weighed by the relation before words look at each other.
        gated = projected * (1.0 + torch.tanh(self.gate(relations)))[:, None]
        asked = self.relation(relations)[:, None]
        states = torch.cat([asked, gated + asked], dim=1)
        whole = F.pad(real, (1, 0), value=True)
        for layer in self.layers:
            states = layer(states, whole)
        states = self.norm(states)
        stated: Tensor = self.states(states[:, 0]).squeeze(-1)
        tags: Tensor = self.tags(states[:, 1:])
        return tags, stated
