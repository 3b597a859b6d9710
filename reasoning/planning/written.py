"""A program while it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reasoning.logic.expressions import Binary, Constant, Use
from reasoning.logic.forms import Condition, Filter, Link, Path, Retrieve, Step, Term
from reasoning.planning.lexicon import ROLES, singular
from reasoning.planning.sketch import Joint, Sketch, Thing
from reasoning.planning.wordings import ask_of

__all__ = ["Written", "links_of"]

_BARE = re.compile(r"[^a-z]+")


class Written:
    """A program while it is written: its steps, and the question in words of each retrieve."""

    def __init__(self, sketch: Sketch, target: int) -> None:
        self.sketch, self.target = sketch, target
        self.steps: list[Step] = []
        self.asks: list[str] = []
        self.names: dict[int, str] = {}
        self.bound: set[int] = set()
        self.unused: set[str] = set()
        self.shared = {t.id for t in sketch.things if len(list(sketch.of(t.id))) > 1}

    def variable(self, thing: Thing) -> str:
        """Return the variable of a thing."""
        if thing.id not in self.names:
            words = _BARE.sub(" ", thing.noun.lower()).split()
            base = words[-1] if words else {"person": "who", "place": "where"}.get(thing.kind, "x")
            base = thing.kind if base == "x" and thing.kind in ("date", "number") else base
            self.names[thing.id] = self.fresh(base)
        return self.names[thing.id]

    def fresh(self, base: str) -> str:
        """Return a variable that nothing else has."""
        taken = set(self.names.values()) | self.unused
        name, n = base, 2
        while name in taken:
            name, n = f"{base}{n}", n + 1
        self.unused.add(name)
        return name

    def term(self, thing: Thing, *, keep: bool = False) -> Term:
        """Return a thing as the end of a fact."""
        if thing.id in self.bound:
            return Term(self.variable(thing))
        if thing.names and not keep and thing.id not in self.shared and thing.id != self.target:
            return Term(names=thing.names)
        self.bound.add(thing.id)
        return Term(self.variable(thing), names=thing.names)

    def retrieve(self, joint: Joint, *, keep: bool = False) -> None:
        """Write the step of a joint."""
        source, target = self.sketch.things[joint.source], self.sketch.things[joint.target]
        ask = ask_of(self.sketch, joint, self.bound, self.variable, self.target)
        links = links_of(joint.words)
        conditions = (Condition("at", "=", joint.at),) if joint.at is not None else ()
        if target.value is not None:
            variable = self.fresh("date" if _is_year(target.value) else "number")
            head = self.term(source)
            self.steps.append(Retrieve(head, Path(links), Term(variable), conditions))
            self.steps.append(Filter(Binary(joint.sign, Use(variable), target.value)))
        else:
            head = self.term(source)
            tail = self.term(target, keep=keep)
            self.steps.append(Retrieve(head, Path(links), tail, conditions))
        self.asks.append(ask)


def links_of(words: Sequence[str]) -> tuple[Link, ...]:
    """Return the links of a relation's wordings, with what a noun among them is also called."""
    named = [*words]
    for word in words:
        low = word.lower()
        named += ROLES.get(low, ROLES.get(singular(low), ()))
    return tuple(Link(word) for word in dict.fromkeys(named))


def _is_year(value: Constant) -> bool:
    whole = isinstance(value.value, int) and not isinstance(value.value, bool)
    return not isinstance(value.value, int | float | str) or (
        whole and 1000 <= int(str(value.value)) <= 2100
    )
