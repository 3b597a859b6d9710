"""Sources of facts for rules: one with conclusions laid over it, one without those of before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kgkit.evidence import RuleEvidence
from kgkit.facts import Entity, Fact, Literal
from reasoning.logic.source import FactSource
from stores.property_graph.naming import relationship_type

__all__ = ["Grounds", "Layered"]


class Layered:
    """A source with conclusions laid over it, which may grow."""

    def __init__(self, below: FactSource) -> None:
        self._below = below
        self._found: dict[str, Fact] = {}
        self._about: dict[str, set[str]] = defaultdict(set)
        self._related: dict[str, set[str]] = defaultdict(set)

    @property
    def conclusions(self) -> Mapping[str, Fact]:
        """The facts that were laid over it, by id."""
        return self._found

    def add(self, fact: Fact) -> None:
        """Lay a fact over it, in the place of one that says the same."""
        self._found[fact.id] = fact
        self._related[relationship_type(fact.relation)].add(fact.id)
        for end in (fact.head, fact.tail):
            if isinstance(end, Entity):
                self._about[end.id].add(fact.id)

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name or alias that has any."""
        return self._below.named(names)

    def about(
        self, entity_ids: Sequence[str], relations: Sequence[str] | None = None
    ) -> Iterable[Fact]:
        """Return the facts of these relations, or all, with any of these entities as an end."""
        found = {id for entity in entity_ids for id in self._about.get(entity, ())}
        if relations is not None and found:
            found &= {id for name in relations for id in self._related.get(name, ())}
        return self._joined(self._below.about(entity_ids, relations), found)

    def related(self, relations: Sequence[str] | None, *, values: bool = False) -> Iterable[Fact]:
        """Return the facts of these relations, or all; with `values` those that end in one."""
        names = self._related if relations is None else relations
        found = {id for name in names for id in self._related.get(name, ())}
        if values:
            found = {id for id in found if isinstance(self._found[id].tail, Literal)}
        return self._joined(self._below.related(relations, values=values), found)

    def _joined(self, below: Iterable[Fact], ids: Iterable[str]) -> Iterable[Fact]:
        yield from below
        yield from (self._found[id] for id in sorted(ids))


class Grounds:
    """A source without what these rules, given by their text, have concluded before.

    A fact that other evidence supports too rests on that alone; one that none does is left out.
    """

    def __init__(self, below: FactSource, rules: Collection[str]) -> None:
        self._below = below
        self._rules = frozenset(rules)

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name or alias that has any."""
        return self._below.named(names)

    def about(
        self, entity_ids: Sequence[str], relations: Sequence[str] | None = None
    ) -> Iterable[Fact]:
        """Return the facts of these relations, or all, with any of these entities as an end."""
        return self._without(self._below.about(entity_ids, relations))

    def related(self, relations: Sequence[str] | None, *, values: bool = False) -> Iterable[Fact]:
        """Return the facts of these relations, or all; with `values` those that end in one."""
        return self._without(self._below.related(relations, values=values))

    def _without(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        for fact in facts:
            kept = tuple(piece for piece in fact.evidence if not self._is_ours(piece))
            if len(kept) == len(fact.evidence):
                yield fact
            elif kept:
                yield replace(fact, evidence=kept)

    def _is_ours(self, piece: object) -> bool:
        return isinstance(piece, RuleEvidence) and piece.rule in self._rules
