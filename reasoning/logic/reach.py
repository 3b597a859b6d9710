"""The facts that a step can reach from the entities that are known, by one link or a chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kgkit.errors import QueryError
from kgkit.facts import Entity, Fact, Modality, Polarity
from reasoning.logic.forms import Link, Mode, Retrieve
from reasoning.logic.source import FactSource
from reasoning.logic.values import Cell, key
from stores.property_graph.naming import relationship_type

__all__ = ["Derive", "Match", "Reach"]

#: Gives the facts that rules conclude, for relations and the entities they should bear on.
Derive = Callable[[Sequence[str], Sequence[str] | None], Iterable[Fact]]

#: Ids of entities that an end may be, None where it may be any.
_Ids = Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Match:
    """What matched: its ends as the step sees them, the relation, and the facts of it."""

    head: Entity
    relation: str
    tail: Cell
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a step matches in a source; `derive` gives what rules conclude."""

    step: Retrieve
    source: FactSource
    derive: Derive | None = None

    def matches(self, heads: _Ids, tails: _Ids) -> Iterator[Match]:
        """Yield the matches whose entities may be these; more than asked for may come.

        Raises `QueryError` for `deduce` without rules.
        """
        path = self.step.path
        if path.variable is not None:
            for fact in self._facts(None, heads, tails):
                yield Match(fact.head, fact.relation, fact.tail, (fact,))
        for link in path.links:
            for match in self._linked(link, *((tails, heads) if link.inverse else (heads, tails))):
                if not link.inverse:
                    yield match
                elif isinstance(match.tail, Entity):
                    yield Match(match.tail, match.relation, match.head, match.facts)

    def _linked(self, link: Link, heads: _Ids, tails: _Ids) -> Iterator[Match]:
        if link.transitive:
            yield from self._chains(link.relation, heads, tails)
            return
        for fact in self._facts(link.relation, heads, tails):
            yield Match(fact.head, link.relation, fact.tail, (fact,))

    def _facts(self, relation: str | None, heads: _Ids, tails: _Ids) -> Iterator[Fact]:
        name = None if relation is None else relationship_type(relation)
        known = [ids for ids in (heads, tails) if ids is not None]
        about = min(known, key=len) if known else None
        if about is not None:
            found = self.source.about(about)
        else:
            found = self.source.related(None if name is None else [name])
        if self.step.mode is Mode.DEDUCE:
            if self.derive is None:
                raise QueryError(
                    f"{self.step} needs rules and the graph has none; write retrieve(...)."
                )
            found = [*found, *self.derive([name] if name else [], about)]
        for fact in found:
            if _is_said(self.step.mode, fact) and name in (None, relationship_type(fact.relation)):
                yield fact

    def _chains(self, relation: str, heads: _Ids, tails: _Ids) -> Iterator[Match]:
        """Yield the ends of chains of facts, breadth first, so that the shortest chain stands for
        each pair; cycles end."""
        backward = heads is None and tails is not None
        starts: Iterable[str] = (tails if backward else heads) or ()
        if heads is None and tails is None:
            starts = dict.fromkeys(fact.head.id for fact in self._facts(relation, None, None))
        for start in starts:
            seen: set[tuple[str, ...]] = set()
            frontier: dict[str, tuple[Fact, ...]] = {start: ()}
            while frontier:
                following: dict[str, tuple[Fact, ...]] = {}
                ids = list(frontier)
                for fact in self._facts(relation, *((None, ids) if backward else (ids, None))):
                    near, far = (fact.tail, fact.head) if backward else (fact.head, fact.tail)
                    known = isinstance(near, Entity) and near.id in frontier
                    if not isinstance(near, Entity) or not known or key(far) in seen:
                        continue
                    seen.add(key(far))
                    chain = frontier[near.id]
                    facts = (fact, *chain) if backward else (*chain, fact)
                    yield Match(facts[0].head, relation, facts[-1].tail, facts)
                    if isinstance(far, Entity):
                        following[far.id] = facts
                frontier = following


def _is_said(mode: Mode, fact: Fact) -> bool:
    if mode is Mode.DENIED:
        return fact.polarity is Polarity.NEGATIVE
    if mode is Mode.HEDGED:
        return fact.modality is Modality.HEDGED
    return fact.is_asserted
