"""Draws from lists that belong to the query, mixed with draws from all entities.

A share p of the candidates comes from the list of the query's tail (or of its relation), the rest
from all entities, so that no candidate has a chance of 0 and small lists do not starve:
q(e) = (1 - p) / E + p [e in list] / |list|. The chance is exact, which lets a corrected softmax
take hard candidates for what they are and not for how often they are shown.
"""

from __future__ import annotations

import torch
from torch import Tensor

from kgkit.errors import InputError
from reasoning.embeddings.known import KnownFacts
from reasoning.embeddings.negatives.base import Draw
from reasoning.embeddings.negatives.lists import Lists
from reasoning.embeddings.negatives.sampler import Sampler
from reasoning.embeddings.negatives.schedules import Schedule, as_schedule

__all__ = ["Nearby"]


class Nearby(Sampler):
    """Draws from `lists`, keyed by the columns `keys` of the queries (2 tail, 1 relation, 0 head);
    with several, each is as likely to give the list.

    With `own`, each query draws from its own list; otherwise the batch shares its candidates,
    drawn from the lists of all its queries: q is then the mean over the batch. `share` is a
    number or a schedule. Without lists (None) draws are uniform until `refresh` makes some.
    """

    keys: tuple[int, ...] = (2,)

    def __init__(
        self,
        entities: int,
        count: int,
        known: KnownFacts | None,
        *,
        lists: Lists | None,
        share: float | Schedule = 0.5,
        own: bool = True,
        keys: tuple[int, ...] | None = None,
    ) -> None:
        super().__init__(entities, count, known)
        if lists is not None and not len(lists.members):
            raise InputError("every list of candidates is empty; give lists with entities")
        self.lists, self.own = lists, own
        if keys is not None:
            self.keys = keys
        self._schedule = as_schedule(share)
        self.share = self._schedule(0.0)

    def refresh(self, vectors: Tensor, progress: float) -> None:
        """Move the share on its schedule; vectors [E, d] do not matter here."""
        self.share = self._schedule(progress)

    def draw(self, batch: Tensor, generator: torch.Generator) -> Draw:
        """Return candidates for a batch [b, 3] of queries."""
        if self.lists is None:
            shape = (len(batch), self.count) if self.own else (self.count,)
            ids = self._anyone(shape, generator)
            return self._filtered(batch, ids, torch.full(shape, self._even, device=ids.device))
        if self.lists.of.device != batch.device:
            self.lists = self.lists.to(batch.device)
        draw = self._drawn_each if self.own else self._drawn_once
        return self._filtered(batch, *draw(self.lists, batch[:, self.keys], generator))

    def _drawn_each(
        self, lists: Lists, keys: Tensor, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        """Draw for each query by itself: keys are [b, c], ids and chances [b, k]."""
        shape = (len(keys), self.count)
        near = torch.rand(shape, generator=generator, device=generator.device)
        sizes = lists.sizes(keys)
        each = self.share * (sizes > 0) / keys.shape[1]  # [b, c]
        ids = self._anyone(shape, generator)
        reached = torch.zeros_like(each[:, :1])
        chances = ((1 - each.sum(1, keepdim=True)) / self.entities).expand(shape)
        for column in range(keys.shape[1]):
            picked = lists.pick(keys[:, column], self.count, generator)
            share = each[:, column, None]
            ids = torch.where((near >= reached) & (near < reached + share), picked, ids)
            reached = reached + share
        for column in range(keys.shape[1]):
            inside = lists.holds(keys[:, column], ids)
            weight = each[:, column, None] / sizes[:, column, None].clamp(min=1)
            chances = chances + weight * inside
        return ids, chances.log()

    def _drawn_once(
        self, lists: Lists, keys: Tensor, generator: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        chances = lists.pooled(keys.flatten())
        share = self.share * chances.sum().clamp(max=1.0)  # less where lists are empty
        chances = chances * self.share + (1 - share) / self.entities
        ids = torch.multinomial(chances, self.count, replacement=True, generator=generator)
        return ids, chances[ids].log()
