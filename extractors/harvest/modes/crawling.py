"""Crawling: from one entity to what a model says of it, and on from what it says.

Cohen et al. (Crawling the internal knowledge-base of language models, Findings of EACL 2023) walk
a model in this way; here an entity is followed only from facts that are believed surely enough.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from extractors.harvest.modes.asking import heads, tails
from kgkit.facts import Entity, Fact

if TYPE_CHECKING:
    from extractors.harvest.inquiry import Inquiry

__all__ = ["crawl"]


def crawl(
    inquiries: Sequence[Inquiry],
    seed: Entity | str,
    *,
    depth: int = 2,
    n: int = 3,
    threshold: float = 0.5,
) -> Iterator[Fact]:
    """Yield facts about an entity, then about those that it led to, `depth` steps far.

    Each entity is asked for the `n` best tails and heads of every relation of two slots whose
    types it fits (one of type "Thing" fits all). Facts below `threshold` are left out and lead
    nowhere; a fact is given once.
    """
    start = Entity.named(seed) if isinstance(seed, str) else seed
    waiting = deque([(start, 0)])
    met, given = {start.id}, set[str]()
    while waiting:
        entity, far = waiting.popleft()
        if far == depth:
            continue
        for fact in _about(inquiries, entity, n):
            if fact.confidence < threshold or fact.id in given:
                continue
            given.add(fact.id)
            yield fact
            for end in (fact.head, fact.tail):
                if isinstance(end, Entity) and end.id not in met and end.name != entity.name:
                    met.add(end.id)
                    waiting.append((end, far + 1))


def _about(inquiries: Sequence[Inquiry], entity: Entity, n: int) -> Iterator[Fact]:
    for inquiry in inquiries:
        relation = inquiry.relation
        if relation.arity != 2:
            continue
        asked: list[Iterator[Fact]] = []
        if _fits(entity, relation.head_type):
            asked.append(tails(inquiry, entity.name, 1 if relation.functional else n))
        if _fits(entity, relation.tail_type):
            asked.append(heads(inquiry, entity.name, n))
        yield from chain.from_iterable(asked)


def _fits(entity: Entity, type: str) -> bool:
    return not type or entity.type in (type, "Thing")
