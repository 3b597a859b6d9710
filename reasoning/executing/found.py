"""What a step finds: a value, what it rests on, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kgkit.facts import Entity, Fact, Literal
from reasoning.executing.same import bare_name, same

__all__ = ["Found", "Level", "Thing", "merged"]


class Level(StrEnum):
    """How a value was found: by the graph's own relation, by a fact whose words fit, in a
    text that answers, beside the thing in a text."""

    EXACT = "exact"
    FUZZY = "fuzzy"
    TEXT = "text"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a step starts from: a name as it is written, and the entities that may bear it."""

    name: str
    entities: tuple[Entity, ...] = ()

    @property
    def entity(self) -> Entity:
        """The likeliest bearer; an entity made of the name where the graph has none."""
        return self.entities[0] if self.entities else Entity.named(self.name)


@dataclass(frozen=True, slots=True)
class Found:
    """A value that a step may bind, the fact that it rests on, and its score in [0, 1].

    What was read off a text is a fact too, with the words as its evidence.
    """

    value: Entity | Literal
    fact: Fact
    score: float
    level: Level


_STATED = (Level.EXACT, Level.FUZZY)


def merged(found: Iterable[Found]) -> list[Found]:
    """Return one of the candidates for each value, the surest first.

    Levels are taken as independent witnesses (noisy-or, Pearl 1988): a value that a fact and a
    text both give is surer than either. Within a level the best witness counts.

    >>> ada, bob = Entity.named("Ada"), Entity.named("Bob")
    >>> fact = Fact(ada, "KNOWS", bob)
    >>> both = [Found(bob, fact, 0.5, Level.FUZZY), Found(bob, fact, 0.5, Level.TEXT)]
    >>> [each.score for each in merged(both)]
    [0.75]
    """
    groups: list[list[Found]] = []
    for each in sorted(found, key=_order):
        group = next((g for g in groups if same(g[0].value, each.value)), None)
        if group is None:
            groups.append([each])
        else:
            group.append(each)
    joined = []
    for group in groups:
        doubt = 1.0
        for level in Level:
            doubt *= 1.0 - max((e.score for e in group if e.level is level), default=0.0)
        stated = next((e for e in group if e.level in _STATED), group[0])
        written = next((e for e in group if e.level is Level.TEXT), stated)
        # The fact tells more of a thing, the text how it is called: "French", not "France".
        value = stated.value if _alike(stated, written) else written.value
        joined.append(replace(stated, value=value, score=round(1.0 - doubt, 4)))
    return sorted(joined, key=_order)


def _alike(one: Found, other: Found) -> bool:
    names = [e.value.name if isinstance(e.value, Entity) else "" for e in (one, other)]
    return bare_name(names[0]) == bare_name(names[1])


def _order(found: Found) -> tuple[float, str, str]:
    value = found.value
    name = value.name if isinstance(value, Entity) else value.text or str(value.value)
    return -found.score, name, found.fact.id
