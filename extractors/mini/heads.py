"""The small networks on top of the encoder: tags, dependency arcs, spans, pronouns."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kgkit.models.bert import WIDTH

__all__ = ["Arcs", "Pronouns", "Tagger", "distance_bucket", "embedding"]

_ARC, _LABEL, _TAG, _PAIR = 256, 96, 256, 128
_DROPOUT = 0.3

#: Distances between a pronoun and a candidate, in words: 15 buckets either way.
_BUCKETS = 31


class _Layer(nn.Module):
    """Linear, GELU, dropout."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)

    def forward(self, states: Tensor) -> Tensor:
        return F.dropout(F.gelu(self.linear(states)), _DROPOUT, self.training)


class Tagger(nn.Module):
    """One hidden layer and one score a tag: [words, 384] -> [words, sum of sizes], split."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        super().__init__()
        self.sizes = sizes
        self.hidden = _Layer(WIDTH, _TAG)
        self.scores = nn.Linear(_TAG, sum(sizes))

    def forward(self, words: Tensor) -> tuple[Tensor, ...]:
        """Return the scores [words, size] for each of the sizes, from vectors [words, 384]."""
        scores: Tensor = self.scores(self.hidden(words))
        return torch.split(scores, list(self.sizes), dim=-1)


class Arcs(nn.Module):
    """Deep biaffine attention over the words of a sentence (Dozat and Manning 2017)."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.dependent = _Layer(WIDTH, _ARC)
        self.governor = _Layer(WIDTH, _ARC)
        self.arc = nn.Parameter(torch.zeros(_ARC, _ARC))
        self.prior = nn.Linear(_ARC, 1)
        self.root = nn.Parameter(torch.zeros(WIDTH))
        self.label_dependent = _Layer(WIDTH, _LABEL)
        self.label_governor = _Layer(WIDTH, _LABEL)
        self.label = nn.Parameter(torch.zeros(_LABEL + 1, labels * (_LABEL + 1)))

    def arcs(self, words: Tensor) -> Tensor:
        """Return scores [sentences, n, n + 1] from [sentences, n, 384]: column 0 is the root,
        column j + 1 means that word j governs."""
        dependent = self.dependent(words)
        root = self.root.to(words.dtype).expand(words.shape[0], 1, -1)
        governor = self.governor(torch.cat([root, words], dim=1))
        prior: Tensor = self.prior(governor)
        scores: Tensor = (dependent @ self.arc) @ governor.transpose(1, 2)
        return scores + prior.transpose(1, 2)

    def labels(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """Return scores [arcs, labels] of arcs given by their two words, each [arcs, 384]."""
        dependent = F.pad(self.label_dependent(dependents), (0, 1), value=1.0)
        governor = F.pad(self.label_governor(governors), (0, 1), value=1.0)
        mixed = (dependent @ self.label).view(len(dependent), -1, _LABEL + 1)
        # As many products of a matrix and a vector, each on its own, take twice as long.
        return (mixed * governor[:, None, :]).sum(dim=2)


class Pronouns(nn.Module):
    """How well candidates fit a pronoun: [pairs, 384] twice and distances -> scores [pairs].

    A score above 0 says that the candidate is likelier than no candidate at all.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pronoun = _Layer(WIDTH, _PAIR)
        self.candidate = _Layer(WIDTH, _PAIR)
        self.distance = embedding(_BUCKETS, 16)
        self.hidden = _Layer(3 * _PAIR + 16, _PAIR)
        self.score = nn.Linear(_PAIR, 1)

    def forward(self, pronouns: Tensor, candidates: Tensor, distances: Tensor) -> Tensor:
        """Return scores [pairs] from vectors [pairs, 384] and `distance_bucket` numbers [pairs]."""
        pronoun, candidate = self.pronoun(pronouns), self.candidate(candidates)
        parts = [pronoun, candidate, pronoun * candidate, self.distance(distances)]
        score: Tensor = self.score(self.hidden(torch.cat(parts, dim=-1)))
        return score.squeeze(-1)


def embedding(rows: int, width: int) -> nn.Embedding:
    """Return an embedding [rows, width], drawn at random except on the meta device.

    There it waits for its weights: drawing would import a compiler.
    """
    made = nn.Embedding(rows, width, _weight=torch.empty(rows, width))
    if not made.weight.is_meta:
        made.reset_parameters()
    return made


def distance_bucket(words: int) -> int:
    """Return the bucket, 0 to 30, of a signed distance: exact up to 5, then ever coarser.

    >>> [distance_bucket(d) for d in (-2, 0, 5, 6, 40, 9999)]
    [13, 15, 20, 20, 26, 30]
    """
    size = abs(words)
    if size > 5:
        size = min(15, 5 + int(2.0 * math.log2(size / 5.0)))
    return 15 + size if words >= 0 else 15 - size
