"""Typed corruption: candidates that fit the slot.

Pseudo-typed: entities that are seen as tails of the relation (Krompaß et al. 2015). By schema:
entities whose types the schema allows there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

import torch
from torch import Tensor

from reasoning.embeddings.negatives.lists import Lists
from reasoning.embeddings.negatives.nearby import Nearby

if TYPE_CHECKING:
    from reasoning.embeddings.triples import Triples

__all__ = ["Typed", "allowed_ends", "seen_ends"]


class Typed(Nearby):
    """Draws a share of the candidates from the ends that fit the relation."""

    keys = (1,)

    @classmethod
    def over(
        cls,
        triples: Triples,
        count: int,
        *,
        share: float = 0.8,
        allowed: Mapping[str, tuple[frozenset[str], frozenset[str]]] | None = None,
        filtered: bool = True,
    ) -> Self:
        """Return the sampler of the ends seen in training, or of those that `allowed` names: for
        a relation the types of its heads and of its tails (others stay as they are seen)."""
        ends = seen_ends(triples) if allowed is None else allowed_ends(triples, allowed)
        known = triples.known() if filtered else None
        lists = Lists.build(torch.arange(len(ends)), ends, len(triples.entities))
        return cls(len(triples.entities), count, known, lists=lists, share=share)


def seen_ends(triples: Triples) -> list[Tensor]:
    """Return the entities [m] seen as tails of each of the 2R relations (r + R: heads of r)."""
    relation = triples.train[:, 1]
    ends = []
    for column in (2, 0):
        order = torch.unique(torch.stack([relation, triples.train[:, column]], 1), dim=0)
        sizes = torch.bincount(order[:, 0], minlength=len(triples.relations)).tolist()
        ends += list(torch.split(order[:, 1], sizes))
    return ends


def allowed_ends(
    triples: Triples, allowed: Mapping[str, tuple[frozenset[str], frozenset[str]]]
) -> list[Tensor]:
    """Return the entities [m] that have a type allowed as tail of each of the 2R relations.

    A relation that `allowed` does not name, or for which no entity fits, keeps those seen.
    """
    ends = seen_ends(triples)
    types = [frozenset(triples.types.get(key, ())) for key in triples.entities]
    for number, relation in enumerate(triples.relations):
        for side, wanted in enumerate(reversed(allowed.get(relation, ()))):
            fit = [i for i, own in enumerate(types) if own & wanted]
            if fit:
                ends[number + side * len(triples.relations)] = torch.tensor(fit)
    return ends
