"""What rules conclude, for the `deduce` steps of a program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgkit.facts import Entity, Fact
from reasoning.logic.budget import Budget
from reasoning.logic.reach import Derive
from reasoning.logic.source import FactSource
from reasoning.rules.conclude import MOST_FACTS, conclude
from reasoning.rules.rule import Rule
from stores.property_graph.naming import relationship_type

__all__ = ["derive_by", "rules_for"]


def derive_by(rules: Sequence[Rule], source: FactSource, *, timeout: float | None = None) -> Derive:
    """Return what gives the conclusions of rules over a source, each relation concluded when it is
    first asked for, by the rules that it needs; what it gives raises `QueryTimeout` once `timeout`
    seconds have passed from now.

    >>> from reasoning.logic.source import MemoryFacts
    >>> from reasoning.rules.rule import parse_rules
    >>> ada, william = Entity.named("Ada"), Entity.named("William")
    >>> source = MemoryFacts([Fact(ada, "SPOUSE", william)])
    >>> [str(fact) for fact in derive_by(parse_rules("SPOUSE is symmetric"), source)([], None)]
    ['(William)-[SPOUSE]->(Ada)']
    """
    found: dict[tuple[Rule, ...], tuple[Fact, ...]] = {}
    budget = Budget(timeout, MOST_FACTS)

    def derive(relations: Sequence[str], entity_ids: Sequence[str] | None) -> Iterable[Fact]:
        names = frozenset(map(relationship_type, relations))
        own = rules_for(rules, names) if relations else tuple(rules)
        if own not in found:
            found[own] = conclude(own, source, budget=budget)
        about = None if entity_ids is None else frozenset(entity_ids)
        for fact in found[own]:
            if relations and relationship_type(fact.relation) not in names:
                continue
            if about is None or any(_id(end) in about for end in (fact.head, fact.tail)):
                yield fact

    return derive


def rules_for(rules: Sequence[Rule], relations: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules that conclude these relations, and those that such rules rest on.

    >>> from reasoning.rules.rule import parse_rules
    >>> rules = parse_rules("(x)-[A]->(y) :- (x)-[B]->(y)\\nB is symmetric\\nC is symmetric")
    >>> [rule.relation for rule in rules_for(rules, ["A"])]
    ['A', 'B']
    """
    wanted = set(map(relationship_type, relations))
    before = -1
    while len(wanted) != before:
        before = len(wanted)
        for rule in rules:
            if relationship_type(rule.relation) in wanted:
                wanted.update(map(relationship_type, rule.needs | rule.denies))
    return tuple(rule for rule in rules if relationship_type(rule.relation) in wanted)


def _id(end: object) -> str | None:
    return end.id if isinstance(end, Entity) else None
