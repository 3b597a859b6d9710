"""Fitting a ranking of antecedents: several small networks joined into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from extractors.mini.coreference.ranker import Ranker

__all__ = ["Table", "fitted"]

_UNITS, _NETWORKS, _EPOCHS, _BATCH = 32, 4, 22, 256
_RATE, _DECAY, _DROPOUT = 5e-3, 0.4, 0.35


@dataclass(frozen=True, slots=True)
class Table:
    """Cases end to end: `rows` [rows, inputs]; case n has rows [starts[n], starts[n + 1]), of
    which the first two are the choices; `answers` [cases] is 0, 1, or 2 for neither."""

    rows: NDArray[np.float32]
    starts: NDArray[np.int64]
    answers: NDArray[np.int64]

    @classmethod
    def of(cls, cases: Sequence[NDArray[np.float32]], answers: Sequence[int]) -> Table:
        """Join cases of [rows, inputs] each."""
        starts = np.cumsum([0, *map(len, cases)])
        return cls(np.concatenate(cases), starts, np.array(answers))

    def take(self, chosen: NDArray[np.int64]) -> Table:
        """Return the cases of these numbers."""
        parts = [self.rows[self.starts[n] : self.starts[n + 1]] for n in chosen]
        return Table.of(parts, self.answers[chosen].tolist())


class _Net(nn.Module):
    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, 1, bias=False)
        self.hidden = nn.Linear(inputs, _UNITS)
        self.output = nn.Linear(_UNITS, 1, bias=False)
        self.null = nn.Parameter(torch.zeros(1))
        self.aside = nn.Parameter(torch.zeros(1))

    def forward(self, rows: Tensor) -> Tensor:
        """Return scores [n] of rows [n, inputs]."""
        dropped = F.dropout(rows, _DROPOUT, self.training)
        units = F.dropout(torch.relu(self.hidden(dropped)), _DROPOUT, self.training)
        score: Tensor = self.linear(rows) + self.output(units)
        return score.squeeze(1)


def fitted(table: Table, networks: int = _NETWORKS) -> Ranker:
    """Return the mean of some networks, fitted by AdamW on the loss of the right answer."""
    rows = torch.from_numpy(table.rows)
    nets = [_fit(rows, table, seed) for seed in range(networks)]
    with torch.inference_mode():
        linear = torch.stack([net.linear.weight[0] for net in nets]).mean(0).numpy()
        hidden = torch.cat([net.hidden.weight for net in nets]).numpy()
        bias = torch.cat([net.hidden.bias for net in nets]).numpy()
        output = (torch.cat([net.output.weight[0] for net in nets]) / len(nets)).numpy()
        null = float(np.mean([float(net.null) for net in nets]))
        aside = float(np.mean([float(net.aside) for net in nets]))
    return Ranker(linear, hidden, bias, output, null, aside)


def _fit(rows: Tensor, table: Table, seed: int) -> _Net:
    torch.manual_seed(seed)
    net = _Net(rows.shape[1])
    weights = [p for p in net.parameters() if p.dim() > 1]
    others = [p for p in net.parameters() if p.dim() == 1]
    optimiser = torch.optim.AdamW(
        [{"params": weights, "weight_decay": _DECAY}, {"params": others, "weight_decay": 0.0}],
        lr=_RATE,
    )
    sizes = torch.from_numpy(np.diff(table.starts))
    where = [np.arange(first, end) for first, end in pairwise(table.starts.tolist())]
    answers = torch.from_numpy(table.answers)
    for epoch in range(_EPOCHS):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * (1.0 - epoch / _EPOCHS)
        for batch in torch.split(torch.randperm(len(answers)), _BATCH):
            chosen = torch.from_numpy(np.concatenate([where[n] for n in batch.tolist()]))
            logs = _logits(net, net(rows[chosen]), sizes[batch])
            optimiser.zero_grad()
            F.cross_entropy(logs, answers[batch]).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return net.eval()


def _logits(net: _Net, scores: Tensor, sizes: Tensor) -> Tensor:
    """Scores [cases, 3] of A, B and neither: nobody, or anyone else."""
    block = torch.full((len(sizes), int(sizes.max())), -1e4)
    place = torch.arange(block.shape[1])[None] < sizes[:, None]
    block = block.masked_scatter(place, scores)
    none = torch.cat([net.null.expand(len(sizes), 1), block[:, 2:] + net.aside], dim=1)
    return torch.cat([block[:, :2], none.logsumexp(1, keepdim=True)], dim=1)
