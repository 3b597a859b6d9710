"""One name for one relation, whoever finds it: the relation head, or a clause that says the same.

`names.txt` lists what each property is called and which predicates of clauses say the same; these
are compared as `extractors.align.predicates` reads them, without tense, voice and manner.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from extractors.align.predicates import Predicate, read_predicate
from extractors.mini.relations.naming import relation_name
from kgkit.facts import Entity, Fact, Literal

__all__ = ["Property", "RelationNames", "Triple", "relation_names", "triple_of"]

#: Head, relation and tail by what tells them from others.
Triple = tuple[str, str, str]

_FILE = Path(__file__).with_name("names.txt")
_LABELS = Path(__file__).parent.parent / "adapters" / "relations" / "labels.json"
_TIME = "time"
_TIMES = frozenset(["date", "dateTime", "gYear", "gYearMonth"])
#: After a verb these say the same of a time: "born in 1867", "born on 7 November 1867".
_WHEN = frozenset(["in", "on", "at"])


@dataclass(frozen=True, slots=True)
class Property:
    """What a property is called; `turned` where head and tail change places under this name."""

    name: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Predicate:
    """A predicate of clauses that says the same as a name, alone (`sure`) or where it is found.

    `inverted` where it says so of its ends the other way round.
    """

    name: str
    inverted: bool
    sure: bool
    heads: frozenset[str]
    tails: frozenset[str]

    def fits(self, fact: Fact) -> bool:
        if not _among(fact.head, self.heads):
            return False
        if isinstance(fact.tail, Entity):
            return _TIME not in self.tails and _among(fact.tail, self.tails)
        return _TIME in self.tails and fact.tail.datatype in _TIMES


class RelationNames:
    """What properties and the facts of clauses are called.

    >>> relation_names().of("P57")
    Property(name='DIRECT', turned=True)
    """

    def __init__(
        self, properties: Mapping[str, Property], predicates: Mapping[str, list[_Predicate]]
    ) -> None:
        self._properties = properties
        self._predicates = predicates

    def of(self, property: str) -> Property:
        """Return what a property of the relation head is called. Raises `KeyError` for others."""
        return self._properties[property]

    def by_label(self, words: str) -> Property | None:
        """Return what the property with this label is called, None where there is none.

        >>> relation_names().by_label("CAST_MEMBER")
        Property(name='STAR_IN', turned=True)
        """
        number = _numbers().get(relation_name(words))
        return None if number is None else self._properties[number]

    @property
    def names(self) -> frozenset[str]:
        """Every name of a property."""
        return frozenset(one.name for one in self._properties.values())

    def related(self, head: Entity, property: str, tail: Entity | Literal, label: str) -> Fact:
        """Return the fact that a property holds between two ends, of which a value is the tail.

        Raises `KeyError` for a property that the relation head does not know.
        """
        own = self._properties[property]
        if own.turned and isinstance(tail, Entity):
            head, tail = tail, head
        return Fact(head, own.name, tail, predicate=label)

    def restated(self, fact: Fact, found: frozenset[Triple] = frozenset()) -> Fact:
        """Return a clause's fact under the name of what it says, itself where it has none.

        `found` is what the relation head says (`triple_of`): a predicate that may mean
        several things means what is found there.
        """
        read = read_predicate(fact.relation)
        for said in self._predicates.get(_key(read, is_time=_is_time(fact)), ()):
            named = replace(fact, relation=said.name)
            if read.inverted != said.inverted and not read.symmetric:
                if not isinstance(fact.tail, Entity):
                    continue
                named = replace(named, head=fact.tail, tail=fact.head)
            if said.fits(named) and (said.sure or triple_of(named) in found):
                return named
        return fact


def triple_of(fact: Fact) -> Triple:
    """Return what tells the ends and the relation of a fact from those of others."""
    tail = fact.tail
    end = tail.id if isinstance(tail, Entity) else "\n".join(tail.canonical())
    return fact.head.id, fact.relation, end


@cache
def relation_names() -> RelationNames:
    """Return what `names.txt` says, read once a process."""
    properties: dict[str, Property] = {}
    predicates: dict[str, list[_Predicate]] = defaultdict(list)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, ends, numbers, *said = [*line.split("\t"), "", ""][:5]
        for number in numbers.split():
            properties[number.lstrip("<")] = Property(name, number.startswith("<"))
        heads, _, tails = ends.partition(">")
        for sure, listed in zip((True, False), said, strict=True):
            for text in filter(None, listed.split("; ")):
                read = read_predicate(text.lstrip("<"))
                inverted = read.inverted != text.startswith("<")
                own = _Predicate(name, inverted, sure, _types(heads), _types(tails))
                predicates[_key(read, is_time=tails == _TIME)].append(own)
    # What is sure is tried first.
    return RelationNames(
        properties, {key: sorted(of, key=_unsure) for key, of in predicates.items()}
    )


@cache
def _numbers() -> Mapping[str, str]:
    """The numbers of the relation head's properties by the names that their labels make."""
    labels = json.loads(_LABELS.read_text(encoding="utf-8"))
    return dict(zip(map(relation_name, labels["names"]), labels["properties"], strict=True))


def _unsure(predicate: _Predicate) -> bool:
    return not predicate.sure


def _types(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split(",")))


def _key(predicate: Predicate, *, is_time: bool) -> str:
    is_when = is_time and bool(predicate.base) and predicate.preposition in _WHEN
    return f"{predicate.base} when" if is_when else predicate.key


def _is_time(fact: Fact) -> bool:
    return isinstance(fact.tail, Literal) and fact.tail.datatype in _TIMES


def _among(entity: Entity, types: frozenset[str]) -> bool:
    return not types or entity.type in types
