"""The contract of scorers, and the two families: inner products and distances.

A scorer turns head and relation into a query vector (`query`) and compares it with tails. So
every scorer scores single triples, candidates that a batch shares, and all entities.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from kgkit.errors import InputError

__all__ = ["DistanceScorer", "DotScorer", "Scorer", "ScorerFactory"]


@runtime_checkable
class Scorer(Protocol):
    """Plausibility of triples from vectors: the higher, the more plausible.

    `width` and `relation_width` are how many numbers an entity and a relation have (w and v).
    A scorer is also an `nn.Module`, since it may have parameters of its own.
    """

    width: int
    relation_width: int

    def initial(
        self, entities: int, relations: int, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        """Return the vectors to begin with: [E, w] of entities and [n, v] of relations."""

    def query(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return what tails are compared with, [b, w], for heads [b, w] and relations [b, v]."""

    def single(self, queries: Tensor, tails: Tensor) -> Tensor:
        """Return the scores [b] of queries [b, w] with one tail each, [b, w]."""

    def against(self, queries: Tensor, candidates: Tensor) -> Tensor:
        """Return the scores [b, k] of queries [b, w] with candidates: [k, w] that all share, or
        [b, k, w]."""

    def inverse(self, relations: Tensor) -> Tensor:
        """Return the vectors [n, v] that lead from the tail to the head with the same score.

        Raises `InputError` where a scorer has none: such a one needs reciprocal relations.
        """

    def moduli(self, vectors: Tensor) -> Tensor:
        """Return the sizes [n, m] of the numbers that a vector [n, w] or [n, v] is made of."""


class ScorerFactory(Protocol):
    """What makes a scorer: a class or function, also one with options already given."""

    def __call__(self, dim: int) -> Scorer:
        """Return a scorer of entity vectors with `dim` numbers."""


class _Plain(nn.Module):
    """Vectors of real numbers, started from a narrow normal distribution."""

    #: The standard deviation of the first vectors.
    spread = 1e-3

    def __init__(self, dim: int) -> None:
        super().__init__()
        if dim < 1:
            raise InputError(f"vectors of {dim} numbers cannot be trained; give dim=32 or more")
        self.width = self.relation_width = dim

    def initial(
        self, entities: int, relations: int, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        """Return normal vectors: [E, w] of entities and [n, v] of relations."""
        first = torch.randn(entities, self.width, generator=generator)
        second = torch.randn(relations, self.relation_width, generator=generator)
        return first * self.spread, second * self.spread

    def moduli(self, vectors: Tensor) -> Tensor:
        """Return the absolute values of vectors [n, w], [n, w]."""
        return vectors.abs()


class DotScorer(_Plain):
    """Scores that are inner products of query and tail: one matrix product for many."""

    def single(self, queries: Tensor, tails: Tensor) -> Tensor:
        """Return the inner products [b] of queries [b, w] and tails [b, w]."""
        return (queries * tails).sum(-1)

    def against(self, queries: Tensor, candidates: Tensor) -> Tensor:
        """Return the inner products [b, k] of queries [b, w] and candidates ([k, w], [b, k, w])."""
        if candidates.dim() == 2:
            return queries @ candidates.T
        return torch.bmm(candidates, queries.unsqueeze(-1)).squeeze(-1)


class DistanceScorer(_Plain):
    """Scores that are distances of query and tail, negated; `_size` measures a difference."""

    def single(self, queries: Tensor, tails: Tensor) -> Tensor:
        """Return the negated distances [b] of queries [b, w] and tails [b, w]."""
        return -self._size(queries - tails)

    def against(self, queries: Tensor, candidates: Tensor) -> Tensor:
        """Return the negated distances [b, k] of queries [b, w] and candidates ([k, w] or
        [b, k, w])."""
        return -self._size(queries.unsqueeze(1) - candidates)

    def _size(self, differences: Tensor) -> Tensor:
        """Return the sizes [...] of differences [..., w]."""
        raise NotImplementedError
