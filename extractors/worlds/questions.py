"""Questions about a world whose answers are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kgkit.facts import Entity, Fact, Literal

__all__ = ["Question", "ask_about"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its right answers, and the ids of the facts that it takes to answer it."""

    text: str
    answers: tuple[str, ...]
    support: tuple[str, ...]


_ONE_HOP = {
    "BORN_IN": "Where was {} born?",
    "BORN_ON": "When was {} born?",
    "HEADQUARTERED_IN": "Where is {} based?",
    "FOUNDED_IN": "When was {} founded?",
    "PUBLISHED_IN": "When was {} published?",
    "LOCATED_IN": "In which country is {}?",
}
_TWO_HOPS = {
    ("BORN_IN", "LOCATED_IN"): "In which country was {} born?",
    ("WORKS_FOR", "HEADQUARTERED_IN"): "In which city is the employer of {} based?",
    ("WROTE", "PUBLISHED_IN"): "When was the book by {} published?",
}


def ask_about(facts: Iterable[Fact], doubtful: frozenset[str]) -> Iterator[Question]:
    """Yield questions of one and two steps on heads whose name is theirs alone; `doubtful` are
    names and relations ("name|RELATION") that have no one answer."""
    told = [fact for fact in facts if fact.is_asserted]
    of: dict[tuple[str, str], list[Fact]] = {}
    for fact in told:
        of.setdefault((fact.head.id, fact.relation), []).append(fact)
    for fact in told:
        head, relation = fact.head, fact.relation
        if head.name in doubtful or f"{head.name}|{relation}" in doubtful:
            continue
        if len(of[head.id, relation]) > 1:
            continue
        if relation in _ONE_HOP:
            yield Question(_ONE_HOP[relation].format(head.name), (_said(fact.tail),), (fact.id,))
        for (first, second), form in _TWO_HOPS.items():
            then = of.get((fact.tail.id, second), []) if isinstance(fact.tail, Entity) else []
            if relation == first and len(then) == 1:
                ids = fact.id, then[0].id
                yield Question(form.format(head.name), (_said(then[0].tail),), ids)


def _said(value: Entity | Literal) -> str:
    return value.name if isinstance(value, Entity) else str(value.value)
