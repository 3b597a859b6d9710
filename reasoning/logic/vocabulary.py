"""What a graph can be asked: its types, its relations and what they join."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kgkit.facts import Entity, Fact, Literal
from kgkit.schema import Pattern, Schema
from stores.property_graph.naming import label, relationship_type

__all__ = ["Vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Patterns of a graph, each with the number of its facts; types as labels, relations as
    relationship types. `spellings` holds how the graph's own records write them, `concluded` the
    patterns of what rules may conclude, for `deduce`.

    >>> schema = Schema.parse("(Person)-[DIRECTED]->(Film)")
    >>> Vocabulary.of_schema(schema).relations
    ('DIRECTED',)
    """

    patterns: Mapping[Pattern, int] = field(default_factory=lambda: MappingProxyType({}))
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    concluded: tuple[Pattern, ...] = ()

    @classmethod
    def of_facts(cls, facts: Iterable[Fact]) -> Vocabulary:
        """Return the vocabulary of these facts."""
        return cls.of_counts(
            Counter(
                (
                    fact.head.type,
                    fact.relation,
                    _kind(fact.tail),
                    isinstance(fact.tail, Entity),
                )
                for fact in facts
            )
        )

    @classmethod
    def of_counts(cls, counts: Mapping[tuple[str, str, str, bool], int]) -> Vocabulary:
        """Return the vocabulary of counted facts: head type, relation, tail type or datatype, and
        whether the tail is an entity."""
        patterns: Counter[Pattern] = Counter()
        spelt: dict[str, set[str]] = defaultdict(set)
        for (head, relation, tail, is_entity), count in counts.items():
            pattern = Pattern(
                label(head), relationship_type(relation), label(tail) if is_entity else tail
            )
            patterns[pattern] += count
            spelt[pattern.head].add(head)
            spelt[pattern.relation].add(relation)
            if is_entity:
                spelt[pattern.tail].add(tail)
        ordered = sorted(patterns.items(), key=lambda item: str(item[0]))
        spellings = {name: tuple(sorted(spelt[name])) for name in sorted(spelt)}
        return cls(MappingProxyType(dict(ordered)), MappingProxyType(spellings))

    @classmethod
    def of_schema(cls, schema: Schema) -> Vocabulary:
        """Return the vocabulary that a schema allows."""
        kinds = ((p.head, p.relation, p.tail, not p.is_property) for p in schema.patterns)
        return cls.of_counts(dict.fromkeys(kinds, 1))

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations, sorted."""
        return tuple(sorted({pattern.relation for pattern in self.patterns}))

    @property
    def types(self) -> tuple[str, ...]:
        """The entity types, sorted."""
        heads = {pattern.head for pattern in self.patterns}
        tails = {pattern.tail for pattern in self.patterns if not pattern.is_property}
        return tuple(sorted(heads | tails))

    def of_relation(self, relation: str, *, deduced: bool = False) -> Sequence[Pattern]:
        """Return the patterns of a relation; with `deduced` those that rules conclude too."""
        name = relationship_type(relation)
        known = (*self.patterns, *self.concluded) if deduced else self.patterns
        return [pattern for pattern in known if pattern.relation == name]


def _kind(tail: Entity | Literal) -> str:
    """Return the type or datatype of a tail; whatever has a unit is a quantity."""
    if isinstance(tail, Entity):
        return tail.type
    return "quantity" if tail.unit else tail.datatype
