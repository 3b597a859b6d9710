"""Which vectors a batch looked up, so that only those are given gradients.

Rows of a table are copied out as leaves of the graph of derivatives. Their gradients come back
as rows, and no gradient of the size of a table is ever made unless a whole table was used.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from reasoning.embeddings.model import EmbeddingModel
from reasoning.embeddings.representations import Table
from reasoning.embeddings.training.workers import Workers

__all__ = ["Gradient", "Lookups"]


@dataclass(frozen=True, slots=True)
class Gradient:
    """The gradient of rows `ids` [u] (each once) of a parameter: `rows` [u, w]; of the whole
    parameter where `ids` is None."""

    parameter: Tensor
    rows: Tensor
    ids: Tensor | None = None


@dataclass(slots=True)
class Lookups:
    """The vectors of one batch of a model."""

    model: EmbeddingModel
    _rows: dict[Table, list[tuple[Tensor, Tensor]]] = field(default_factory=dict)
    _whole: dict[Table, Tensor] = field(default_factory=dict)

    def entities(self, ids: Tensor) -> Tensor:
        """Return the entity vectors [b, w] of `ids` [b], or [b, k, w] of `ids` [b, k]."""
        source = self.model.entities
        if isinstance(source, Table):
            return self._leaf(source, ids.flatten()).view(*ids.shape, -1)
        return source.rows(ids)

    def all_entities(self) -> Tensor:
        """Return all entity vectors [E, w]."""
        source = self.model.entities
        if not isinstance(source, Table):
            return source.all()
        if source not in self._whole:
            self._whole[source] = source.weight.detach().requires_grad_()
        return self._whole[source]

    def relations(self, ids: Tensor) -> Tensor:
        """Return the relation vectors [b, v] of `ids` [b], each below 2R."""
        model = self.model
        if model.is_reciprocal:
            return self._leaf(model.relations, ids)
        rows = self._leaf(model.relations, ids % model.relation_count)
        back = (ids >= model.relation_count).unsqueeze(-1)
        return torch.where(back, model.scorer.inverse(rows), rows)

    def gradients(self, workers: Workers) -> list[Gradient]:
        """Return the gradients after `backward`, the mean over workers, and forget them."""
        used = {**self._rows, **self._whole}
        found = [self._gradient(table, workers) for table in used]
        tables = {id(table.weight) for table in used}
        for parameter in self.model.parameters():
            if id(parameter) not in tables and parameter.grad is not None:
                found.append(Gradient(parameter, workers.mean(parameter.grad)))
                parameter.grad = None
        return found

    def _leaf(self, table: Table, ids: Tensor) -> Tensor:
        leaf = table.weight.detach().index_select(0, ids).requires_grad_()
        self._rows.setdefault(table, []).append((ids, leaf))
        return leaf

    def _gradient(self, table: Table, workers: Workers) -> Gradient:
        used = [
            (ids, leaf.grad) for ids, leaf in self._rows.get(table, []) if leaf.grad is not None
        ]
        ids = torch.cat([ids for ids, _ in used])
        rows = torch.cat([rows for _, rows in used])
        if table in self._whole:
            whole = self._whole[table].grad
            dense = torch.zeros_like(table.weight) if whole is None else whole
            return Gradient(table.weight, workers.mean(dense.index_add_(0, ids, rows)))
        ids, rows = workers.gathered(ids, rows)
        unique, places = torch.unique(ids, return_inverse=True)
        summed = rows.new_zeros(len(unique), rows.shape[1]).index_add_(0, places, rows)
        return Gradient(table.weight, summed, unique)
