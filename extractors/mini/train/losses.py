"""One loss for each head, over the words that its training set annotates."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from extractors.mini.network import Network, padded
from extractors.mini.train.batches import Batch
from extractors.mini.train.data import PARTIAL, UNKNOWN

__all__ = ["WEIGHTS", "losses", "pronoun_scores"]

#: How much each loss counts: most words are outside of any span, so their mean is small.
WEIGHTS = {
    "upos": 0.5,
    "xpos": 0.5,
    "lemmas": 0.5,
    "arcs": 1.0,
    "deprels": 1.0,
    "spans": 3.0,
    "pronouns": 0.4,
}

#: Tags that a set with persons, organisations and locations alone leaves open: outside and the
#: four parts of each of the last three types.
_OPEN = [0, *range(13, 25)]


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Return the mean loss over [words] of each head that the batch has labels for."""
    words = network(batch.layout)
    found: dict[str, Tensor] = {}
    if bool((batch.upos != UNKNOWN).any()):
        found |= _syntax(network, batch, words)
    if bool((batch.spans != UNKNOWN).any()):
        found["spans"] = _spans(network, batch, words)
    if len(batch.answers):
        found["pronouns"] = F.cross_entropy(
            pronoun_scores(network, batch, words).float(), batch.answers
        )
    return found


def _syntax(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    sizes = batch.layout.sizes
    parsed = [bool(part[0] != UNKNOWN) for part in torch.split(batch.upos, list(sizes))]
    chosen = torch.cat([torch.full((n,), p) for n, p in zip(sizes, parsed, strict=True)])
    chosen = chosen.nonzero().squeeze(1)
    sizes = tuple(n for n, p in zip(sizes, parsed, strict=True) if p)
    words, heads = words[chosen], batch.heads[chosen]
    tags = network.tags(words)
    found = {
        name: F.cross_entropy(scores.float(), labels[chosen], ignore_index=UNKNOWN)
        for name, scores, labels in zip(
            ("upos", "xpos", "lemmas"), tags, (batch.upos, batch.xpos, batch.lemmas), strict=True
        )
    }
    scores = network.arcs.arcs(padded(words, sizes)).float()
    real = torch.arange(scores.shape[1])[None, :] < torch.tensor(sizes)[:, None]
    scores = scores.masked_fill(~F.pad(real, (1, 0), value=True)[:, None, :], -1e4)
    found["arcs"] = F.cross_entropy(scores[real], heads + 1)
    starts = torch.repeat_interleave(torch.tensor([0, *sizes]).cumsum(0)[:-1], torch.tensor(sizes))
    governors = torch.where(heads[:, None] < 0, network.arcs.root, words[starts + heads.clamp(0)])
    labels = network.arcs.labels(words, governors).float()
    found["deprels"] = F.cross_entropy(labels, batch.deprels[chosen], ignore_index=UNKNOWN)
    return found


def _spans(network: Network, batch: Batch, words: Tensor) -> Tensor:
    known = (batch.spans != UNKNOWN).nonzero().squeeze(1)
    labels = batch.spans[known]
    (scores,) = network.spans(words[known])
    logs = scores.float().log_softmax(-1)
    exact = logs.gather(1, labels.clamp(0)[:, None]).squeeze(1)
    open_ = logs[:, _OPEN].logsumexp(-1)
    return -torch.where(labels == PARTIAL, open_, exact).mean()


def pronoun_scores(network: Network, batch: Batch, words: Tensor) -> Tensor:
    """Return scores [n, 3]: neither (always 0), the first candidate, the second."""
    candidates = torch.stack(
        [
            torch.stack([words[first:end].mean(0) for first, end in pair])
            for pair in batch.candidates.tolist()
        ]
    )
    pronouns = words[batch.pronouns][:, None].expand(-1, 2, -1)
    scores = network.pronouns(
        pronouns.flatten(0, 1), candidates.flatten(0, 1), batch.distances.flatten()
    ).view(-1, 2)
    return F.pad(scores, (1, 0))
