"""The facts that a step can reach from the entities that are known, by one link or a chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kgkit.errors import QueryError
from kgkit.facts import Entity, Fact, Literal, Modality, Polarity
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import Link, Mode, Retrieve
from reasoning.logic.source import FactSource
from reasoning.logic.validity import holds_at
from reasoning.logic.values import Cell, key, literal
from stores.property_graph.naming import relationship_type

__all__ = ["Derive", "Match", "Reach"]

#: Gives the facts that rules conclude, for relations and the entities they should bear on.
Derive = Callable[[Sequence[str], Sequence[str] | None], Iterable[Fact]]

#: Ids of entities that an end may be, None where it may be any.
_Ids = Sequence[str] | None

#: From how many starts chains are followed one look-up a link.
_FEW = 20


@dataclass(frozen=True, slots=True)
class Match:
    """What matched: its ends as the step sees them, the relation, and the facts of it."""

    head: Entity
    relation: str
    tail: Cell
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """What a step matches in a source; `derive` gives what rules conclude. With `only_values` only
    facts that end in a value are read."""

    step: Retrieve
    source: FactSource
    derive: Derive | None = None
    only_values: bool = False

    def values(self) -> Iterator[Match]:
        """Yield the matches whose tail is a value. Raises as `matches` does."""
        # A chain comes to a value by way of entities.
        plain = not any(link.transitive for link in self.step.path.links)
        found = replace(self, only_values=plain).matches(None, None)
        yield from (match for match in found if not isinstance(match.tail, Entity))

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
        names = None if name is None else [name]
        if about is not None:
            found = self.source.about(about, names)
        else:
            found = self.source.related(names, values=self.only_values)
        if self.step.mode is Mode.DEDUCE:
            if self.derive is None:
                raise QueryError(
                    f"{self.step} needs rules and the graph has none; write retrieve(...)."
                )
            found = [*found, *self.derive([name] if name else [], about)]
        times = self._times()
        for fact in found:
            if name not in (None, relationship_type(fact.relation)):
                continue
            if _is_said(self.step.mode, fact) and _held(fact, times):
                yield fact

    def _times(self) -> list[Literal]:
        """Return the times at which facts should have held, as far as the step itself says."""
        asked = (each.operand for each in self.step.conditions if each.role == "at")
        return [literal(time) for time in asked if isinstance(time, Constant)]

    def _chains(self, relation: str, heads: _Ids, tails: _Ids) -> Iterator[Match]:
        """Yield the ends of chains of facts, breadth first, so that the shortest chain stands for
        each pair; cycles end."""
        backward = heads is None and tails is not None
        known = tails if backward else heads
        if known is None or len(known) > _FEW:
            # From many starts it is less work to read the relation once.
            facts = list(self._facts(relation, None, None))
            near = _by_near_end(facts, backward=backward)
            starts = dict.fromkeys(fact.head.id for fact in facts) if known is None else known

            def leaving(ids: Sequence[str]) -> Iterable[Fact]:
                return (fact for id in ids for fact in near.get(id, ()))
        else:
            starts = dict.fromkeys(known)

            def leaving(ids: Sequence[str]) -> Iterable[Fact]:
                return self._facts(relation, *((None, ids) if backward else (ids, None)))

        for start in starts:
            yield from _chains_from(start, relation, leaving, backward=backward)


def _by_near_end(facts: Iterable[Fact], *, backward: bool) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        near = fact.tail if backward else fact.head
        if isinstance(near, Entity):
            found[near.id].append(fact)
    return found


def _chains_from(
    start: str, relation: str, leaving: Callable[[Sequence[str]], Iterable[Fact]], *, backward: bool
) -> Iterator[Match]:
    seen: set[tuple[str, ...]] = set()
    frontier: dict[str, tuple[Fact, ...]] = {start: ()}
    while frontier:
        following: dict[str, tuple[Fact, ...]] = {}
        for fact in leaving(list(frontier)):
            near, far = (fact.tail, fact.head) if backward else (fact.head, fact.tail)
            if not isinstance(near, Entity) or near.id not in frontier or key(far) in seen:
                continue
            seen.add(key(far))
            chain = frontier[near.id]
            facts = (fact, *chain) if backward else (*chain, fact)
            yield Match(facts[0].head, relation, facts[-1].tail, facts)
            if isinstance(far, Entity):
                following[far.id] = facts
        frontier = following


def _held(fact: Fact, times: Iterable[Literal]) -> bool:
    return all(holds_at(fact.qualifiers, time) for time in times)


def _is_said(mode: Mode, fact: Fact) -> bool:
    if mode is Mode.DENIED:
        return fact.polarity is Polarity.NEGATIVE
    if mode is Mode.HEDGED:
        return fact.modality is Modality.HEDGED
    return fact.is_asserted
