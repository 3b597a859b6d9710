"""What a graph lacks by the lights of a model: the open places of its relations, and their fill.

A place is a head and a relation. It is open where the head is of a kind that has the relation
(one of its types is that of a tenth of the relation's heads) and the relation's usual number of
tails is not reached: a relation that gives nearly every head just one tail is not asked again of
a head that has one.

A model's probability says which tail it is, given that one is missing. Whether one is missing is
estimated from the graph as it stands: of the entities of the head's type that have k tails there,
the share that have more (Krichevsky and Trofimov 1981 for small counts). A suggestion's probability
is the product, so what few entities of a kind have is suggested of none of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from kgkit.errors import InputError
from kgkit.facts import Entity
from reasoning.embeddings.calibrating.shares import best_tails
from reasoning.embeddings.predicting.prediction import Prediction
from reasoning.embeddings.predicting.trained import TrainedModel

__all__ = ["Places", "open_places", "suggest"]

#: A type is one of a relation's, if this share of its heads (or tails) have it.
_USUAL = 0.1
#: A relation has one tail a head, if no more than this share of its heads have several.
_SEVERAL = 0.05
#: Places that are asked about together.
_TOGETHER = 1024
#: Answers that are looked at for each that is wanted, since some are of the wrong kind.
_WIDER = 5


@dataclass(frozen=True, slots=True)
class Places:
    """Open places of one relation: the rows of their `heads` [m], the probability that one more
    tail is missing there, `missing` [m], and which entities may be a tail, `tails` [E] of bool."""

    relation: int
    heads: Tensor
    missing: Tensor
    tails: Tensor


def suggest(
    model: TrainedModel,
    *,
    relations: Collection[str] | None = None,
    heads: Collection[str | Entity] | None = None,
    least: float = 0.5,
    top: int = 100,
    each: int = 3,
) -> list[Prediction]:
    """Return the links that the graph most probably lacks, the most probable first.

    Asked are the open places of these `relations` and `heads`, or of all; at most `each` tails a
    place, with a probability of `least` or more, `top` in all. Raises `InputError` for unknown
    names, a `least` outside [0, 1], and `top` or `each` below 1.
    """
    if not 0 <= least <= 1:
        raise InputError(f"least={least} is no probability; expected one from 0 to 1")
    if top < 1 or each < 1:
        raise InputError(f"top={top} and each={each}: both have to be 1 or more")
    wanted = None if heads is None else [model.names.entity(head) for head in heads]
    chosen = list(range(len(model.relations)))
    if relations is not None:
        chosen = sorted({model.names.relation(relation) for relation in relations})
    found: list[Prediction] = []
    for relation in chosen:
        places = open_places(model, relation, among=wanted)
        for candidates, missing in _filled(model, places, each):
            judged = [
                replace(link, probability=round(link.probability * share, 4))
                for link, share in zip(model.judge(candidates), missing.tolist(), strict=True)
            ]
            found += (p for p in judged if p.probability >= least and not p.is_known)
        found = sorted(found, key=_surest)[:top]
    return found


def open_places(model: TrainedModel, relation: int, *, among: list[int] | None = None) -> Places:
    """Return the open places of a relation, given by row; `among` are the heads to be asked."""
    count = len(model.relations)
    types = [entity.type for entity in model.entities]
    every = torch.arange(len(types))
    there = model.known.tails(every, torch.full_like(every, relation))[0]
    heads, numbers = torch.unique(there, return_counts=True)
    back = model.known.tails(every, torch.full_like(every, relation + count))[0]
    may_be_head = _of_kind(types, heads)
    may_be_tail = _of_kind(types, torch.unique(back))
    if len(heads) and int((numbers > 1).sum()) <= _SEVERAL * len(heads):
        may_be_head[heads] = False
    if among is not None:
        asked = torch.zeros_like(may_be_head)
        asked[among] = True
        may_be_head &= asked
    open_heads = torch.nonzero(may_be_head)[:, 0]
    having = torch.zeros(len(types), dtype=torch.long)
    having[heads] = numbers
    return Places(relation, open_heads, _missing(types, having)[open_heads], may_be_tail)


def _missing(types: list[str], having: Tensor) -> Tensor:
    """Return the share [E] of each entity's type that has more tails than the entity, of those that
    have as many; `having` [E] are their numbers of tails."""
    numbers: dict[str, Counter[int]] = defaultdict(Counter)
    for name, number in zip(types, having.tolist(), strict=True):
        numbers[name][number] += 1
    shares: dict[tuple[str, int], float] = {}
    for name, counts in numbers.items():
        more = 0
        for number in sorted(counts, reverse=True):
            shares[name, number] = (more + 0.5) / (more + counts[number] + 1)
            more += counts[number]
    pairs = zip(types, having.tolist(), strict=True)
    return torch.tensor([shares[pair] for pair in pairs], dtype=torch.float64)


def _of_kind(types: list[str], rows: Tensor) -> Tensor:
    """Return which entities have a type that is usual among those of these rows, [E]."""
    counts = Counter(types[row] for row in rows.tolist())
    usual = {name for name, count in counts.items() if count >= _USUAL * len(rows)}
    kind = torch.tensor([name in usual for name in types], dtype=torch.bool)
    kind[rows] = True
    return kind


def _filled(model: TrainedModel, places: Places, each: int) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield the best links [n, 3] of the places, some places at a time, with the probability [n]
    that something is missing there."""
    for begin in range(0, len(places.heads), _TOGETHER):
        heads = places.heads[begin : begin + _TOGETHER]
        asked = torch.stack([heads, torch.full_like(heads, places.relation)], dim=1)
        best = best_tails(model.embedding, model.known, asked, _WIDER * each)
        fits = places.tails[best.ids] & (best.ids != heads[:, None]) & ~best.known
        fits &= fits.cumsum(dim=1) <= each
        rows, columns = torch.nonzero(fits, as_tuple=True)
        missing = places.missing[begin : begin + _TOGETHER][rows]
        yield torch.column_stack([asked[rows], best.ids[rows, columns]]), missing


def _surest(link: Prediction) -> tuple[float, str, str, str]:
    return (-link.probability, link.relation, link.head.id, link.tail.id)
