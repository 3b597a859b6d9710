"""The loss of one batch: against all entities, or against drawn ones that the batch shares."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from reasoning.embeddings.losses.base import Loss
from reasoning.embeddings.negatives.base import Draw, Negatives
from reasoning.embeddings.presets import Preset
from reasoning.embeddings.scorers.base import Scorer
from reasoning.embeddings.training.batches import Batch
from reasoning.embeddings.training.lookups import Lookups

__all__ = ["Objective", "penalty"]


@dataclass(frozen=True, slots=True)
class Objective:
    """What is made small: a loss over candidates, and a penalty on vectors that grow large.

    `negatives` is None where all entities are candidates. `generator` draws candidates and
    dropout.
    """

    loss: Loss
    negatives: Negatives | None
    preset: Preset
    generator: torch.Generator

    def of(self, lookups: Lookups, batch: Batch) -> Tensor:
        """Return the mean loss of the positives of a batch, a scalar."""
        scorer = lookups.model.scorer
        heads = lookups.entities(batch.queries[:, 0])
        relations = lookups.relations(batch.queries[:, 1])
        queries = self._dropped(scorer.query(heads, relations))
        if self.negatives is None:
            scores = scorer.against(queries, lookups.all_entities()).float()
            total = self.loss.full(scores, batch.rows, batch.tails).sum()
            tails = lookups.entities(batch.tails) if self.preset.decay else None
        else:
            tails = lookups.entities(batch.tails)
            total = self._drawn(lookups, batch, queries, tails)
        if tails is not None:
            total = total + self._penalty(scorer, batch, (heads, relations, tails))
        return total / len(batch.tails)

    def _drawn(self, lookups: Lookups, batch: Batch, queries: Tensor, tails: Tensor) -> Tensor:
        assert self.negatives is not None
        triples, device = batch.triples.cpu(), queries.device
        drawn = self.negatives.draw(triples, self.generator)
        ids, usable, chance = (
            t.to(device) for t in (drawn.ids, drawn.usable, drawn.log_probability)
        )
        draw = Draw(ids, usable, chance, drawn.weights)
        scorer = lookups.model.scorer
        positives = scorer.single(queries, tails).float()
        negatives = scorer.against(queries, lookups.entities(ids)).float()
        losses = self.loss.sampled(positives, negatives, draw)
        self.negatives.observe(triples, drawn, negatives.detach().cpu())
        if draw.weights is not None:
            losses = losses * draw.weights.to(device)
        return losses.sum()

    def _penalty(
        self, scorer: Scorer, batch: Batch, vectors: tuple[Tensor, Tensor, Tensor]
    ) -> Tensor:
        """Penalise head, relation and tail of each positive; a query counts for all of its own."""
        preset = self.preset
        on_relations = preset.decay if preset.relation_decay is None else preset.relation_decay
        heads, relations, tails = (penalty(scorer, part, preset.penalty) for part in vectors)
        ends, middles = preset.decay * heads, on_relations * relations
        if not batch.is_single:
            counts = torch.bincount(batch.rows, minlength=len(batch.queries))
            ends, middles = ends * counts, middles * counts
        return ends.sum() + middles.sum() + preset.decay * tails.sum()

    def _dropped(self, queries: Tensor) -> Tensor:
        share = self.preset.dropout
        if not share:
            return queries
        drawn = torch.rand(queries.shape, generator=self.generator) >= share
        return queries * drawn.to(queries.device) / (1 - share)


def penalty(scorer: Scorer, vectors: Tensor, name: str) -> Tensor:
    """Return the penalties [n] of vectors [n, w]: the sum of cubed moduli ("n3"; Lacroix et al.,
    2018) or of squared ones ("l2")."""
    if name == "n3":
        return scorer.moduli(vectors).pow(3).sum(1)
    return vectors.square().sum(1)
