"""The positives of an epoch in a drawn order: ids in one tensor, no data loader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.training.workers import Workers
from reasoning.embeddings.triples import Triples, reciprocal

__all__ = ["Batch", "Batches", "Grouped", "Single"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Queries [q, 2] (head, relation) and their right answers: `tails[i]` answers query
    `rows[i]`, both [m]; `is_single` where each query has one answer and m = q."""

    queries: Tensor
    rows: Tensor
    tails: Tensor
    is_single: bool

    @property
    def triples(self) -> Tensor:
        """The positives as triples, [m, 3]."""
        queries = self.queries if self.is_single else self.queries[self.rows]
        return torch.cat([queries, self.tails.unsqueeze(1)], dim=1)

    def to(self, device: torch.device | str) -> Batch:
        """Return the same batch on a device."""
        queries, rows, tails = (t.to(device) for t in (self.queries, self.rows, self.tails))
        return Batch(queries, rows, tails, self.is_single)


class Batches(Protocol):
    """All positives, `batch` at a time."""

    @property
    def positives(self) -> int:
        """How many positives an epoch has."""

    def epoch(self, generator: torch.Generator, workers: Workers) -> Iterator[Batch]:
        """Yield this worker's share of each batch, in an order that the generator draws."""


class Single:
    """Each positive is a query of its own."""

    def __init__(self, triples: Triples, batch: int) -> None:
        both = [triples.train, reciprocal(triples.train, len(triples.relations))]
        self._triples = torch.cat(both)
        self._batch = batch

    @property
    def positives(self) -> int:
        """Two for each training triple."""
        return len(self._triples)

    def epoch(self, generator: torch.Generator, workers: Workers) -> Iterator[Batch]:
        """Yield batches of exactly `batch` positives, the last one with what remains."""
        order = torch.randperm(self.positives, generator=generator)
        for chosen in torch.split(order, self._batch):
            own = self._triples.index_select(0, workers.share(chosen))
            yield Batch(own[:, :2], torch.arange(len(own)), own[:, 2], True)


class Grouped:
    """The positives of one query stand together, so that it is compared with all entities once."""

    def __init__(self, known: KnownFacts, batch: int) -> None:
        self._queries, self._begins, self._tails = known.queries()
        self._batch = batch

    @property
    def positives(self) -> int:
        """How many known answers there are."""
        return len(self._tails)

    def epoch(self, generator: torch.Generator, workers: Workers) -> Iterator[Batch]:
        """Yield batches of about `batch` positives: whole queries, at least one."""
        order = torch.randperm(len(self._queries), generator=generator)
        counts = (self._begins[1:] - self._begins[:-1])[order]
        part = (counts.cumsum(0) - counts) // self._batch
        sizes = torch.unique_consecutive(part, return_counts=True)[1]
        for chosen in torch.split(order, sizes.tolist()):
            own = workers.share(chosen)
            counts = self._begins[own + 1] - self._begins[own]
            rows = torch.repeat_interleave(counts)
            starts = self._begins[own] - counts.cumsum(0) + counts
            places = torch.arange(len(rows)) + starts[rows]
            yield Batch(self._queries[own], rows, self._tails[places], False)
