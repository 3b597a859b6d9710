"""What synthesis reads of a graph: plain values, and an index over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kgkit.errors import InputError
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Entity, Fact, Mention

__all__ = ["FactIndex", "GraphView"]


@dataclass(frozen=True, slots=True)
class GraphView:
    """The part of a graph that texts are made from; only facts are needed offline.

    >>> GraphView.of([]).facts
    ()
    """

    facts: tuple[Fact, ...]
    mentions: tuple[Mention, ...] = ()
    chunks: tuple[Chunk, ...] = ()
    documents: tuple[Document, ...] = ()

    @classmethod
    def of(
        cls,
        facts: Iterable[Fact],
        mentions: Iterable[Mention] = (),
        chunks: Iterable[Chunk] = (),
        documents: Iterable[Document] = (),
    ) -> GraphView:
        """Return the view of these values, taken once."""
        return cls(tuple(facts), tuple(mentions), tuple(chunks), tuple(documents))


@dataclass(frozen=True, slots=True)
class FactIndex:
    """Asserted facts by entity, in an order that depends on ids alone.

    Denied and hedged facts are left out: no text states them. `of` maps an entity's id to the
    facts that it is head or tail of; `neighbours` to the entities that they join it with, and
    `between` a pair of ids, the smaller first, to the facts that join the two.
    """

    facts: tuple[Fact, ...]
    entities: dict[str, Entity]
    of: dict[str, tuple[Fact, ...]]
    neighbours: dict[str, tuple[str, ...]]
    between: dict[tuple[str, str], tuple[Fact, ...]]
    documents: dict[str, tuple[str, ...]]
    _single: dict[str, bool] = field(repr=False)

    @classmethod
    def over(cls, view: GraphView) -> FactIndex:
        """Return the index of a view.

        Raises `InputError` where it holds no asserted fact.
        """
        stated = {fact.id: fact for fact in view.facts if fact.is_asserted}
        if not stated:
            raise InputError(
                f"there is nothing to write of: {len(view.facts)} facts, none of them asserted; "
                "build the graph or add facts first"
            )
        facts = tuple(stated[id] for id in sorted(stated))
        entities: dict[str, Entity] = {}
        of: dict[str, list[Fact]] = defaultdict(list)
        near: dict[str, set[str]] = defaultdict(set)
        between: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            head, tail = fact.head, fact.tail
            entities.setdefault(head.id, head)
            of[head.id].append(fact)
            if isinstance(tail, Entity) and tail.id != head.id:
                entities.setdefault(tail.id, tail)
                of[tail.id].append(fact)
                near[head.id].add(tail.id)
                near[tail.id].add(head.id)
                between[_ordered(head.id, tail.id)].append(fact)
        return cls(
            facts,
            {id: entities[id] for id in sorted(entities)},
            {id: tuple(of[id]) for id in sorted(of)},
            {id: tuple(sorted(near.get(id, ()))) for id in sorted(entities)},
            {pair: tuple(found) for pair, found in between.items()},
            {fact.id: _documents(fact) for fact in facts},
            _single_valued(facts),
        )

    def joining(self, one: str, other: str) -> tuple[Fact, ...]:
        """Return the facts that join two entities, in either direction."""
        return self.between.get(_ordered(one, other), ())

    def is_single(self, relation: str) -> bool:
        """Return whether no head has two values of the relation here."""
        return self._single.get(relation, False)


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _documents(fact: Fact) -> tuple[str, ...]:
    return tuple(sorted({e.document_id for e in fact.evidence if isinstance(e, TextEvidence)}))


def _single_valued(facts: Iterable[Fact]) -> dict[str, bool]:
    seen: set[tuple[str, str]] = set()
    single: dict[str, bool] = {}
    for fact in facts:
        key = (fact.relation, fact.head.id)
        single[fact.relation] = single.get(fact.relation, True) and key not in seen
        seen.add(key)
    return single
