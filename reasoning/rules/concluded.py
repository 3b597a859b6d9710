"""What rules may conclude: the patterns that a check of `deduce` steps needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgkit.errors import QueryError
from kgkit.schema import Pattern
from reasoning.logic.checking import Kind, Kinds, check
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import Mode, Program, Retrieve, Step, Term
from reasoning.logic.times import Time
from reasoning.logic.vocabulary import Vocabulary
from reasoning.rules.rule import Rule
from stores.property_graph.naming import relationship_type

__all__ = ["with_conclusions"]


def with_conclusions(vocabulary: Vocabulary, rules: Sequence[Rule]) -> Vocabulary:
    """Return the vocabulary with the patterns of what the rules may conclude from it.

    A rule about relations that the graph does not have may conclude nothing; it counts as one that
    could join any types, so that a program that asks for it is told of an empty step and not of an
    unknown relation.

    >>> from kgkit.schema import Schema
    >>> from reasoning.rules.rule import parse_rules
    >>> family = Vocabulary.of_schema(Schema.parse("(Person)-[PARENT]->(Person)"))
    >>> found = with_conclusions(family, parse_rules("CHILD is the inverse of PARENT"))
    >>> [str(pattern) for pattern in found.concluded]
    ['(Person)-[CHILD]->(Person)', '(Person)-[PARENT]->(Person)']
    """
    found: set[Pattern] = set()
    unsure: list[Rule] = list(rules)
    while True:
        known = replace(vocabulary, concluded=tuple(sorted(found, key=str)))
        made = {pattern for rule in rules for pattern in _patterns(rule, known)}
        if made <= found:
            break
        found |= made
    concluded = {pattern.relation for pattern in found}
    unsure = [rule for rule in rules if relationship_type(rule.relation) not in concluded]
    for rule in unsure:
        name = relationship_type(rule.relation)
        found |= {Pattern(head, name, tail) for head in known.types for tail in known.types}
    return replace(vocabulary, concluded=tuple(sorted(found, key=str)))


def _patterns(rule: Rule, vocabulary: Vocabulary) -> list[Pattern]:
    body = Program(tuple(map(_deduced, rule.body.steps)))
    try:
        kinds = check(body, vocabulary)
    except QueryError:  # of a relation that is not there, or not yet
        return []
    name = relationship_type(rule.relation)
    heads = _kind(rule.head.head, kinds).types
    tail = _kind(rule.head.tail, kinds)
    ends = {*_types(tail.types, vocabulary), *(tail.datatypes or ())}
    return [Pattern(head, name, end) for head in _types(heads, vocabulary) for end in ends]


def _deduced(step: Step) -> Step:
    return replace(step, mode=Mode.DEDUCE) if isinstance(step, Retrieve) else step


def _kind(end: Term | Constant, kinds: Kinds) -> Kind:
    if isinstance(end, Constant):
        return Kind(frozenset(), frozenset({_datatype(end)}))
    if end.variable is None:
        return Kind(None, frozenset({"string"}))
    return kinds[end.variable]


def _types(types: frozenset[str] | None, vocabulary: Vocabulary) -> Sequence[str]:
    return vocabulary.types if types is None else sorted(types)


def _datatype(constant: Constant) -> str:
    if constant.unit:
        return "quantity"
    if isinstance(constant.value, Time):
        return "date" if constant.value.day else "gYear"
    kinds: tuple[tuple[type, str], ...] = ((bool, "boolean"), (int, "integer"), (float, "decimal"))
    return next((name for kind, name in kinds if isinstance(constant.value, kind)), "string")
