"""A model of a graph: vectors of entities and relations, and the scorer that joins them."""

from __future__ import annotations

from typing import Self

import torch
from torch import Tensor, nn

from kgkit.errors import InputError
from reasoning.embeddings.representations import Representation, Table
from reasoning.embeddings.scorers.base import Scorer, ScorerFactory
from reasoning.embeddings.scorers.registry import load_scorer

__all__ = ["EmbeddingModel"]


class EmbeddingModel(nn.Module):
    """Scores triples by number; relation r + R asks for the head of relation r.

    `relations` has 2R vectors, or R where `is_reciprocal` is false: then the way back is the
    scorer's inverse. Raises `InputError` for parts that do not fit together.
    """

    def __init__(
        self,
        entities: Representation,
        relations: Table,
        scorer: Scorer,
        relation_count: int,
        *,
        name: str = "",
    ) -> None:
        super().__init__()
        if len(relations) not in (relation_count, 2 * relation_count):
            raise InputError(
                f"{len(relations)} relation vectors for {relation_count} relations; give one or "
                "two for each"
            )
        if relations.weight.shape[1] != scorer.relation_width:
            raise InputError(
                f"relation vectors have {relations.weight.shape[1]} numbers, the scorer takes "
                f"{scorer.relation_width}; make both with the same dim"
            )
        self.entities = entities
        self.relations = relations
        self.scorer = scorer
        self.relation_count = relation_count
        self.name = name or type(scorer).__name__.lower()

    @classmethod
    def start(
        cls,
        scorer: str | Scorer | ScorerFactory,
        counts: tuple[int, int],
        *,
        dim: int = 128,
        seed: int = 0,
        entities: Representation | None = None,
        is_reciprocal: bool = True,
    ) -> Self:
        """Return an untrained model of `counts` = (E, R) entities and relations.

        `entities` replaces the table of free vectors, by vectors of texts for one. Raises
        `InputError` for a graph without relations or with one entity only.

        >>> model = EmbeddingModel.start("complex", (5, 2), dim=8)
        >>> model.tails(torch.tensor([0, 1]), torch.tensor([0, 3])).shape
        torch.Size([2, 5])
        """
        number, relations = counts
        if number < 2 or relations < 1:
            raise InputError(
                f"a graph of {number} entities and {relations} relations has nothing to complete; "
                "add facts first"
            )
        made = load_scorer(scorer, dim)
        generator = torch.Generator().manual_seed(seed)
        rows = (2 if is_reciprocal else 1) * relations
        first, second = made.initial(number, rows, generator)
        if not is_reciprocal:
            made.inverse(second[:1])  # a scorer without one says so now
        name = scorer if isinstance(scorer, str) else ""
        return cls(entities or Table(first), Table(second), made, relations, name=name)

    @property
    def is_reciprocal(self) -> bool:
        """Whether the way back has vectors of its own."""
        return len(self.relations) != self.relation_count

    @property
    def device(self) -> torch.device:
        """Where the vectors are."""
        return self.relations.weight.device

    def relation_rows(self, relations: Tensor) -> Tensor:
        """Return the vectors [b, v] of relations [b], each below 2R."""
        if self.is_reciprocal:
            return self.relations.rows(relations)
        rows = self.relations.rows(relations % self.relation_count)
        back = (relations >= self.relation_count).unsqueeze(-1)
        return torch.where(back, self.scorer.inverse(rows), rows)

    def queries(self, heads: Tensor, relations: Tensor) -> Tensor:
        """Return the query vectors [b, w] of heads [b] and relations [b]."""
        return self.scorer.query(self.entities.rows(heads), self.relation_rows(relations))

    def score(self, triples: Tensor) -> Tensor:
        """Return the scores [n] of triples [n, 3], each as a query for its tail, where they are."""
        heads, relations, tails = triples.to(self.device).unbind(1)
        queries = self.queries(heads, relations)
        return self.scorer.single(queries, self.entities.rows(tails)).to(triples.device)

    def tails(self, heads: Tensor, relations: Tensor, candidates: Tensor | None = None) -> Tensor:
        """Return the scores of tails for heads [b] and relations [b]: of all entities [b, E], or
        of `candidates` ([k] for all, or [b, k]) [b, k]. They come to the device of `heads`."""
        device = self.device
        rows = (
            self.entities.all() if candidates is None else self.entities.rows(candidates.to(device))
        )
        queries = self.queries(heads.to(device), relations.to(device))
        return self.scorer.against(queries, rows).to(heads.device)

    @torch.no_grad()
    def vectors(self) -> Tensor:
        """Return the vectors [E, w] of all entities, apart from the model's own."""
        return self.entities.all().detach().clone()
