"""A program, and a source of facts, as of a time: only what held then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kgkit.errors import QueryError
from kgkit.facts import Entity, Fact, Literal
from reasoning.logic.expressions import Constant
from reasoning.logic.forms import Combine, Condition, Program, Retrieve, Step
from reasoning.logic.source import FactSource
from reasoning.logic.times import Time, time_of
from reasoning.logic.validity import holds_at
from reasoning.logic.values import literal

__all__ = ["HeldAt", "as_of", "read_time"]


def read_time(when: str | int | date) -> Time:
    """Return the time that a year, a date or a text such as "1990-05" says.

    Raises `QueryError` for what is none.
    """
    time = time_of(when)
    if time is None:
        raise QueryError(f"as_of={when!r} is no time; write 1990, '1990-05' or '1990-05-25'.")
    return time


def as_of(program: Program, time: Time) -> Program:
    """Return the program with the condition `at` in every step that retrieves and has none.

    >>> from reasoning.logic.reading import parse
    >>> print(as_of(parse('retrieve(?p, LED, "France"); limit(1)'), Time(1990)))
    retrieve(?p, LED, "France", at 1990)
    limit(1)
    """
    return Program(tuple(_then(step, time) for step in program.steps))


def _then(step: Step, time: Time) -> Step:
    if isinstance(step, Combine):
        left = None if step.left is None else as_of(step.left, time)
        return replace(step, left=left, right=as_of(step.right, time))
    if not isinstance(step, Retrieve) or any(each.role == "at" for each in step.conditions):
        return step
    # A bare number is read back as a number, which stands for a year just as well.
    bare = time.month is None
    at = Condition("at", "=", Constant(time.year if bare else time))
    return replace(step, conditions=(*step.conditions, at))


@dataclass(frozen=True, slots=True)
class HeldAt:
    """A source with those facts only of which nothing says that they did not hold at a time."""

    below: FactSource
    time: Time

    def named(self, names: Sequence[str]) -> Mapping[str, Sequence[Entity]]:
        """Return the entities of each name or alias that has any."""
        return self.below.named(names)

    def about(
        self, entity_ids: Sequence[str], relations: Sequence[str] | None = None
    ) -> Iterable[Fact]:
        """Return the facts of these relations, or all, with any of these entities as an end."""
        return self._held(self.below.about(entity_ids, relations))

    def related(self, relations: Sequence[str] | None, *, values: bool = False) -> Iterable[Fact]:
        """Return the facts of these relations, or all; with `values` those that end in one."""
        return self._held(self.below.related(relations, values=values))

    def _held(self, facts: Iterable[Fact]) -> Iterable[Fact]:
        cell: Literal = literal(Constant(self.time))
        return [fact for fact in facts if holds_at(fact.qualifiers, cell)]
