"""The contract of negative samplers: a batch of queries in, candidate wrong tails out.

A query is a row (head, relation, tail) whose tail is what is replaced; corrupting the head of a
triple is the query of the reciprocal relation (r + R). A draw says with which probability each
candidate came, so that a sampled softmax can be corrected by it (Bengio and Senécal 2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import torch
from torch import Tensor

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["Draw", "Negatives", "NegativesFactory", "Rejected"]


@dataclass(frozen=True, slots=True)
class Draw:
    """Candidate tails for the queries of a batch.

    `ids` is [k] when all queries share the candidates, [b, k] when each has its own; `usable`
    [b, k] is false where a candidate is a known answer of the query (its own tail included);
    `log_probability`, of the shape of `ids`, is the logarithm of the chance of one draw giving
    that candidate. `weights` [b] says how much each query counts (None: all alike).
    """

    ids: Tensor
    usable: Tensor
    log_probability: Tensor
    weights: Tensor | None = None

    @property
    def is_shared(self) -> bool:
        """Whether all queries of the batch share the candidates."""
        return self.ids.dim() == 1


@dataclass(frozen=True, slots=True)
class Rejected:
    """How many candidates were drawn, a query each, and how many of them were known answers."""

    drawn: int = 0
    known: int = 0

    @property
    def share(self) -> float:
        """The share of candidates that were known answers, in percent."""
        return round(100.0 * self.known / self.drawn, 2) if self.drawn else 0.0

    def plus(self, usable: Tensor) -> Rejected:
        """Return the counts with those of one more draw's `usable` [b, k]."""
        drawn = usable.numel()
        return Rejected(self.drawn + drawn, self.known + drawn - int(torch.count_nonzero(usable)))


@runtime_checkable
class Negatives(Protocol):
    """Draws candidate tails for queries."""

    @property
    def rejected(self) -> Rejected:
        """How many candidates were drawn so far, and how many of them were known answers."""

    def draw(self, batch: Tensor, generator: torch.Generator) -> Draw:
        """Return candidates for a batch [b, 3] of queries (head, relation, tail)."""

    def refresh(self, vectors: Tensor, progress: float) -> None:
        """Take note, before each epoch, of the entity vectors [E, d] and of the share of the
        training that is done (0 to 1); most samplers have nothing to do."""

    def observe(self, batch: Tensor, draw: Draw, scores: Tensor) -> None:
        """Take note of the scores [b, k] that the model gave to a draw (detached); most samplers
        have nothing to do."""


class NegativesFactory(Protocol):
    """What makes a sampler: a class or function, also one with options already given."""

    def __call__(self, triples: Triples, count: int) -> Negatives:
        """Return a sampler of `count` candidates a batch over the triples' entities."""
