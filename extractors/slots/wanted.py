"""Which slots of a schema are empty: entities of a pattern's head type without a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractors.align.predicates import read_predicate
from extractors.slots.passages import bare_name
from extractors.slots.questions import make_question, words_of
from extractors.slots.ranges import can_be, kind_of
from extractors.slots.wording import has_several_values, stated_question
from kgkit.facts import Entity, Fact
from kgkit.schema import Pattern, Schema

__all__ = ["Slot", "empty_slots"]

#: Relations that say what something is.
_KINDS = frozenset(["INSTANCE_OF", "IS_A", "TYPE", "SUBCLASS_OF"])


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that is wanted: that of `pattern` for `entity`; or `several` values."""

    entity: Entity
    pattern: Pattern
    question: str
    several: bool = False


def empty_slots(
    schema: Schema,
    entities: Iterable[Entity],
    facts: Iterable[Fact],
    *,
    is_a: Callable[[Entity, str], bool] = lambda entity, type: False,
    question: Callable[[Pattern, str], str] | None = None,
) -> Iterator[Slot]:
    """Yield the slots of a schema that these facts leave empty, by entity, in the order given.

    An entity is of a type if an extractor said so, a fact does ("INSTANCE_OF"), or `is_a`. A
    relation that asks the same question, or reads the same in the same or the other direction,
    counts as the schema's; one that may have several values is always wanted.
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    filled: dict[Pattern, set[str]] = {pattern: set() for pattern in schema.patterns}
    for fact in facts:
        if not fact.is_asserted:
            continue
        if fact.relation in _KINDS:
            said = fact.tail.name if isinstance(fact.tail, Entity) else str(fact.tail.value)
            kinds[fact.head.id].add(" ".join(words_of(said)))
        for pattern, heads in filled.items():
            heads.update(_heads(fact, pattern))
    several = {p: has_several_values(schema.descriptions.get(p.relation, "")) for p in filled}
    for entity in entities:
        for pattern in schema.patterns:
            if pattern.tail == "boolean" or (entity.id in filled[pattern] and not several[pattern]):
                continue
            if _is_of(entity, pattern.head, kinds) or is_a(entity, pattern.head):
                asked = _question(pattern, bare_name(entity.name), schema, question)
                yield Slot(entity, pattern, asked, several[pattern])


def _question(
    pattern: Pattern,
    name: str,
    schema: Schema,
    question: Callable[[Pattern, str], str] | None,
) -> str:
    if question is not None:
        return question(pattern, name)
    stated = stated_question(schema.descriptions.get(pattern.relation, ""))
    return stated.replace("...", name) if stated else make_question(pattern, name)


def _is_of(entity: Entity, type: str, kinds: Mapping[str, Iterable[str]]) -> bool:
    wanted, noun = kind_of(type), " ".join(words_of(type))
    if wanted in ("thing", "entity") or kind_of(entity.type) == wanted:
        return True
    return any(f" {said}".endswith((f" {noun}", f" {noun}s")) for said in kinds.get(entity.id, ()))


def _heads(fact: Fact, pattern: Pattern) -> Iterator[str]:
    """Yield the ids of the entities to which a fact gives a value for a pattern."""
    forward, backward = _ways(fact.relation, pattern)
    if not isinstance(fact.tail, Entity):
        if forward and pattern.is_property and can_be(fact.tail.datatype, pattern.tail):
            yield fact.head.id
    elif not pattern.is_property:
        if forward and can_be(fact.tail.type, pattern.tail):
            yield fact.head.id
        if backward and can_be(fact.head.type, pattern.tail):
            yield fact.tail.id


@lru_cache(maxsize=10_000)
def _ways(relation: str, pattern: Pattern) -> tuple[bool, bool]:
    """Return whether a relation says what a pattern's does, and whether it does turned round."""
    if relation == pattern.relation:
        return True, False
    asks = make_question(Pattern(pattern.head, relation, pattern.tail), "")
    if asks == make_question(pattern, ""):
        return True, False
    one, other = read_predicate(relation), read_predicate(pattern.relation)
    if one.key != other.key:
        return False, False
    turned = one.inverted != other.inverted
    return not turned or one.symmetric, turned or one.symmetric
