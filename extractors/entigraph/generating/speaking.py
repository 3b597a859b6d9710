"""Facts as sentences: every clause is one that the wording of the relation gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from extractors.entigraph.view import FactIndex
from extractors.entigraph.wording.grammar import Clause, grammar
from extractors.entigraph.wording.sayings import Relation, Saying, word
from extractors.entigraph.wording.values import kind_of, written
from kgkit.facts import Entity, Fact

__all__ = ["Phrasing", "Speaker", "Spoken", "close", "pick"]

_Item = TypeVar("_Item")


def pick(rng: Random, items: Sequence[_Item]) -> _Item:
    """Return one of the items; quicker than `Random.choice`."""
    return items[int(rng.random() * len(items))]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A relation's wording, its clauses cut; `verbal` are those that can go on from another."""

    relation: str
    kind: str
    saying: Saying
    clauses: tuple[Clause, ...]
    verbal: tuple[Clause, ...]
    single: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """A fact ready to be said: names, ways to write the tail, a note of its qualifiers."""

    fact: Fact
    head: str
    tails: tuple[str, ...]
    phrasing: Phrasing
    note: str


class Speaker:
    """Says the facts of an index; what it says depends on the fact and the random numbers."""

    def __init__(self, index: FactIndex) -> None:
        self.index = index
        self.phrasings = _phrasings(index)
        self._spoken: dict[str, Spoken] = {}

    def spoken(self, fact: Fact) -> Spoken:
        """Return a fact ready to be said."""
        found = self._spoken.get(fact.id)
        if found is None:
            phrasing = self.phrasings[fact.relation, kind_of(fact.tail)]
            tails = written(fact.tail)
            found = Spoken(fact, written(fact.head)[0], tails, phrasing, _note(fact))
            self._spoken[fact.id] = found
        return found

    def name(self, id: str) -> str:
        """Return the name of an entity."""
        return written(self.index.entities[id])[0]

    def clause(self, fact: Fact, rng: Random) -> str:
        """Return the fact as a clause, without capital letter or stop."""
        said = self._spoken.get(fact.id) or self.spoken(fact)
        tail = said.tails[0] if len(said.tails) == 1 else pick(rng, said.tails)
        return pick(rng, said.phrasing.clauses).say(said.head, tail) + said.note

    def sentence(self, fact: Fact, rng: Random) -> str:
        """Return the fact as a sentence, in one of many frames."""
        return close(pick(rng, grammar().frames) + self.clause(fact, rng))

    def joined(self, one: Fact, other: Fact, rng: Random, *, contrast: bool = False) -> str:
        """Return two facts as one sentence."""
        joint = pick(rng, grammar().contrasts if contrast else grammar().joints)
        return close(self.clause(one, rng) + joint + self.clause(other, rng))

    def woven(self, facts: Sequence[Fact], rng: Random) -> str:
        """Return facts of one head as one sentence: "Ada was born in London, and knew Babbage."

        Only for facts that `weaves`.
        """
        parts = []
        for fact in facts:
            said = self.spoken(fact)
            parts.append(f"{pick(rng, said.phrasing.verbal).verbal}{pick(rng, said.tails)}")
        head = self.spoken(facts[0]).head
        if len(parts) == 1:
            return close(f"{head} {parts[0]}")
        return close(f"{head} {', '.join(parts[:-1])}, and {parts[-1]}")

    def weaves(self, fact: Fact) -> bool:
        """Return whether the fact can go on from another one on its head."""
        said = self.spoken(fact)
        return bool(said.phrasing.verbal) and not said.note


def close(clause: str) -> str:
    """Return a clause as a sentence: a capital letter and a stop."""
    stop = "" if clause[-1] == "." else "."
    return f"{clause[0].upper()}{clause[1:]}{stop}"


def _note(fact: Fact) -> str:
    if not fact.qualifiers:
        return ""
    roles = sorted((q.role.replace("_", " "), written(q.value)[0]) for q in fact.qualifiers)
    return f" ({'; '.join(f'{role}: {value}' for role, value in roles)})"


def _phrasings(index: FactIndex) -> dict[tuple[str, str], Phrasing]:
    seen: dict[tuple[str, str], tuple[Counter[str], Counter[str]]] = defaultdict(
        lambda: (Counter(), Counter())
    )
    for fact in index.facts:
        predicates, types = seen[fact.relation, kind_of(fact.tail)]
        predicates[fact.predicate] += 1
        types[fact.tail.type if isinstance(fact.tail, Entity) else ""] += 1
    found = {}
    for (name, kind), (predicates, types) in sorted(seen.items()):
        single = index.is_single(name)
        saying = word(Relation(name, kind, _most(predicates), _most(types), single))
        clauses = tuple(Clause.cut(clause) for clause in saying.clauses)
        verbal = tuple(clause for clause in clauses if clause.verbal)
        found[name, kind] = Phrasing(name, kind, saying, clauses, verbal, single)
    return found


def _most(counts: Counter[str]) -> str:
    return min(_best(counts.items()), default="")


def _best(counted: Iterable[tuple[str, int]]) -> list[str]:
    ranked = list(counted)
    most = max((n for _, n in ranked), default=0)
    return [item for item, n in ranked if n == most]
