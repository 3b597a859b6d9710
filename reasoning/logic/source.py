"""Where a program finds its facts, and a source in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kgkit.facts import Entity, Fact
from kgkit.ids import normalise_name
from stores.property_graph.naming import relationship_type

__all__ = ["FactSource", "MemoryFacts"]


class FactSource(Protocol):
    """What running a program asks of a graph. Results are in a fixed order."""

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name or alias that has any, the likeliest first."""

    def about(
        self, entity_ids: Sequence[str], relations: Sequence[str] | None = None
    ) -> Iterable[Fact]:
        """Return the facts with any of these entities as head or tail, denied ones too; only those
        of `relations` (as `relationship_type` writes them) where given."""

    def related(self, relations: Sequence[str] | None, *, values: bool = False) -> Iterable[Fact]:
        """Return the facts of these relations (as `relationship_type` writes them), or all; with
        `values` only those whose tail is a value."""


class MemoryFacts:
    """Facts held in memory: for tests, notebooks and small graphs.

    >>> paris = Entity.named("Paris", "Location")
    >>> facts = [Fact(Entity.named("Ada", "Person"), "LIVES_IN", paris)]
    >>> [str(fact) for fact in MemoryFacts(facts).about([paris.id])]
    ['(Ada)-[LIVES_IN]->(Paris)']
    """

    def __init__(self, facts: Iterable[Fact], entities: Iterable[Entity] = ()) -> None:
        ordered = {fact.id: fact for fact in sorted(facts, key=lambda fact: fact.id)}
        self._about: dict[str, dict[str, Fact]] = defaultdict(dict)
        self._related: dict[str, list[Fact]] = defaultdict(list)
        self._named: dict[str, dict[str, Entity]] = defaultdict(dict)
        known = {entity.id: entity for entity in entities}
        for fact in ordered.values():
            self._related[relationship_type(fact.relation)].append(fact)
            for end in (fact.head, fact.tail, *(q.value for q in fact.qualifiers)):
                if isinstance(end, Entity):
                    known.setdefault(end.id, end)
            for end in (fact.head, fact.tail):
                if isinstance(end, Entity):
                    self._about[end.id][fact.id] = fact
        for id in sorted(known):
            for name in (known[id].name, *known[id].aliases):
                self._named[normalise_name(name)][id] = known[id]

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name or alias that has any, by id."""
        keys = {name: normalise_name(name) for name in names}
        return {
            name: tuple(self._named[key].values())
            for name, key in keys.items()
            if key in self._named
        }

    def about(
        self, entity_ids: Sequence[str], relations: Sequence[str] | None = None
    ) -> Iterable[Fact]:
        """Return the facts of these relations, or all, with any of these entities as an end."""
        found = {id: fact for e in entity_ids for id, fact in self._about.get(e, {}).items()}
        return [
            found[id]
            for id in sorted(found)
            if relations is None or relationship_type(found[id].relation) in relations
        ]

    def related(self, relations: Sequence[str] | None, *, values: bool = False) -> Iterable[Fact]:
        """Return the facts of these relations, or all; with `values` those that end in one."""
        names = self._related if relations is None else dict.fromkeys(relations)
        found = (fact for name in names for fact in self._related.get(name, ()))
        wanted = (fact for fact in found if not (values and isinstance(fact.tail, Entity)))
        return sorted(wanted, key=lambda fact: fact.id)
