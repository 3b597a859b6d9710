"""What a question says before it is a program: things, and what joins them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reasoning.logic.expressions import Constant

__all__ = ["Best", "Joint", "Order", "Same", "Sketch", "Thing"]


@dataclass(frozen=True, slots=True)
class Best:
    """Of several, the one with most or least of something: "highest" is ("elevation", most).

    `rank` counts from the best, 1 being the best itself; `attribute` is a relation, or "" where
    it is the number of things that a relation leads to ("the most films").
    """

    attribute: str
    most: bool
    rank: int = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What a comparison orders by: a relation of a thing, a verb or adjective as `word`, and
    whether the one with most (the latest, the largest) is asked for."""

    thing: int
    words: tuple[str, ...]
    most: bool
    kind: str = "date"


@dataclass(frozen=True, slots=True)
class Same:
    """What two things are asked to have in common: a relation of each, said in words; without
    words the thing and the `other` are asked to be one."""

    thing: int
    words: tuple[str, ...]
    kind: str = "thing"
    other: int = -1


@dataclass(slots=True)
class Thing:
    """Something that a question speaks of, said in characters [start, end).

    `names` are alternatives of its name; `noun` what it is called besides; `value` what it is
    where it is a date or number; `quantity` how many of it there are (sign, number), counted for
    each thing joined to it; `also` are things named beside it, `like` is one that has the same of
    it ("in the same city as X").
    """

    id: int
    noun: str = ""
    names: tuple[str, ...] = ()
    kind: str = "thing"
    value: Constant | None = None
    best: Best | None = None
    quantity: tuple[str, Constant] | None = None
    counted: bool = False
    plural: bool = False
    start: int = -1
    end: int = -1
    also: tuple[int, ...] = ()
    like: int = -1

    @property
    def given(self) -> bool:
        """Whether the question itself says which one it is."""
        return bool(self.names) or self.value is not None


@dataclass(frozen=True, slots=True)
class Joint:
    """Two things and the words that join them; several wordings are alternatives.

    `main` marks what the whole question says rather than a part of it; `extra` what goes with
    another joint of the same verb, and can be left out; `sign` compares where the target is a
    date or number; `denied` is a joint that must not hold, `at` the
    time at which it held.
    """

    source: int
    words: tuple[str, ...]
    target: int
    main: bool = False
    extra: bool = False
    denied: bool = False
    sign: str = "="
    at: Constant | None = None


@dataclass(slots=True)
class Sketch:
    """The things and joints of one question, in the order in which they were read."""

    text: str
    things: list[Thing] = field(default_factory=list)
    joints: list[Joint] = field(default_factory=list)
    order: Order | None = None
    same: Same | None = None

    def add(self, start: int, end: int, noun: str = "", kind: str = "thing") -> Thing:
        """Return a new thing, said in characters [start, end)."""
        thing = Thing(len(self.things), noun=noun, kind=kind, start=start, end=end)
        self.things.append(thing)
        return thing

    def join(  # noqa: PLR0913 - what a joint is made of
        self,
        source: int,
        words: str | tuple[str, ...],
        target: int,
        *,
        main: bool = False,
        extra: bool = False,
        denied: bool = False,
        sign: str = "=",
        at: Constant | None = None,
    ) -> None:
        """Join two things, and those that are named beside them ("A and B")."""
        wording = (words,) if isinstance(words, str) else words
        like = self.things[target].like
        if like >= 0:
            self.things[target].like = -1
            self.join(like, wording, target)
        for one in (source, *self.things[source].also):
            for other in (target, *self.things[target].also):
                if one != other:
                    self.joints.append(Joint(one, wording, other, main, extra, denied, sign, at))

    def merge(self, kept: int, lost: int) -> None:
        """Make two things one: "who is the father of X"."""
        if kept == lost:
            return
        self.joints = [
            replace(
                j,
                source=kept if j.source == lost else j.source,
                target=kept if j.target == lost else j.target,
            )
            for j in self.joints
        ]
        one, other = self.things[kept], self.things[lost]
        one.names = one.names or other.names
        one.noun = other.noun or one.noun
        one.kind = other.kind if one.kind == "thing" else one.kind
        one.best = one.best or other.best
        one.value = one.value or other.value
        one.quantity = one.quantity or other.quantity
        one.plural = one.plural or other.plural
        if other.end > other.start:
            one.start, one.end = other.start, other.end

    def of(self, thing: int) -> Iterator[Joint]:
        """Yield the joints of a thing."""
        return (joint for joint in self.joints if thing in (joint.source, joint.target))
