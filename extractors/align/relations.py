"""Canonical relations: open predicates that say the same, in one direction, under one name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from extractors.align.links import Groups
from extractors.align.predicates import Predicate, read_predicate
from extractors.align.proposals import Encode
from kgkit.facts import Entity, Fact

__all__ = ["Canonical", "RelationMap", "RelationUse", "canonical_relations", "relation_uses"]

#: How alike two predicates and how well shared their pairs must be, to be one without a rule.
_ALIKE, _SHARED = 0.8, 3
#: The share of the rarer one's pairs that two relations must have in common.
_COMMON = 0.5
#: A relation whose tails are times this often is about when.
_WHEN = 0.8
_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RelationUse:
    """A relation as facts use it: how often, between which ends, between which types.

    `timed` is the share of its tails that are dates or years, `heads` are the types of its heads.
    """

    name: str
    count: int = 1
    pairs: frozenset[_Pair] = frozenset()
    types: frozenset[_Pair] = frozenset()
    timed: float = 0.0
    heads: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Canonical:
    """The canonical name of a relation; `inverted` when head and tail change places."""

    name: str
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class RelationMap:
    """Every relation of a graph with its canonical one; `symmetric` are those without direction.

    >>> found = canonical_relations([RelationUse("DIRECT", 9), RelationUse("DIRECTED_BY", 2)])
    >>> found["DIRECTED_BY"]
    Canonical(name='DIRECT', inverted=True)
    """

    canonical: Mapping[str, Canonical]
    symmetric: frozenset[str] = frozenset()

    def __getitem__(self, surface: str) -> Canonical:
        """Return the canonical relation of a name; one that was never seen is its own."""
        return self.canonical.get(surface, Canonical(surface))

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical names, sorted."""
        return tuple(sorted({one.name for one in self.canonical.values()}))


def relation_uses(facts: Iterable[Fact]) -> list[RelationUse]:
    """Return how asserted facts use each relation, in order of name."""
    counts: Counter[str] = Counter()
    times: Counter[str] = Counter()
    pairs: dict[str, set[_Pair]] = defaultdict(set)
    types: dict[str, set[_Pair]] = defaultdict(set)
    heads: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if not fact.is_asserted:
            continue
        counts[fact.relation] += 1
        heads[fact.relation].add(fact.head.type)
        if isinstance(fact.tail, Entity):
            pairs[fact.relation].add((fact.head.id, fact.tail.id))
            types[fact.relation].add((fact.head.type, fact.tail.type))
        else:
            timed = fact.tail.datatype in ("date", "dateTime", "gYear", "gYearMonth")
            times[fact.relation] += timed
    return [
        RelationUse(
            name,
            counts[name],
            frozenset(pairs[name]),
            frozenset(types[name]),
            round(times[name] / counts[name], 4),
            frozenset(heads[name]),
        )
        for name in sorted(counts)
    ]


def canonical_relations(
    uses: Iterable[RelationUse], *, encode: Encode | None = None, known: Collection[str] = ()
) -> RelationMap:
    """Return the canonical name and direction of every relation.

    Words decide first (`extractors.align.predicates`): tense, voice, manner, synonyms, nouns and
    their inverses. Then relations that join the same pairs, in the same or the other direction,
    are one where their words are alike as well (`encode`). The canonical name is the most
    frequent one of its group, of equals the shortest, then the first in order; names that are
    `known` come before others, and each stays as it is. A function of its arguments.
    """
    rows = sorted(uses, key=lambda use: use.name)
    read = {use.name: _read(use) for use in rows}
    groups = Groups([use.name for use in rows])
    first: dict[str, str] = {}
    for name, predicate in read.items():
        groups.join(first.setdefault(predicate.key, name), name)
    for name, other in _voices(rows, read, first):
        groups.join(name, other)
    for name, predicate in read.items():
        if predicate.head in first:
            groups.join(first[predicate.head], name)
    turned = {name: predicate.inverted for name, predicate in read.items()}
    for one, other, crossed in _by_pairs(rows, read, encode):
        _join(groups, turned, one, other, crossed)
    symmetric = {name for name, predicate in read.items() if predicate.symmetric}
    symmetric |= _mirrored(rows)
    return _named(rows, groups, turned, symmetric, known)


def _read(use: RelationUse) -> Predicate:
    found = read_predicate(use.name)
    if found.preposition in ("on", "at") and use.timed >= _WHEN:
        return Predicate(f"{found.base} in", found.inverted, False, found.base, "in")
    return found


def _voices(
    rows: Sequence[RelationUse], read: Mapping[str, Predicate], first: Mapping[str, str]
) -> list[_Pair]:
    """Return relations that differ in voice alone, though the same kinds of things head both:
    "released in" and "was released in" of films."""
    found = []
    heads: dict[str, set[str]] = defaultdict(set)
    for use in rows:
        heads[read[use.name].key] |= use.heads - _VAGUE
    for key, name in first.items():
        verb, _, rest = key.partition("-ed ")
        active = f"{verb} {rest}"
        if rest and active in first and heads[key] & heads[active]:
            found.append((first[active], name))
    return found


#: Types that say nothing of what they are of.
_VAGUE = frozenset(["Thing", "Misc", "Concept"])


def _join(
    groups: Groups[str], turned: dict[str, bool], one: str, other: str, crossed: bool
) -> None:
    """Make two groups one, turning the second round where the pairs say so."""
    if groups.find(one) == groups.find(other):
        return
    if (turned[one] != turned[other]) != crossed:
        for name in groups.members(other):
            turned[name] = not turned[name]
    groups.join(one, other)


def _by_pairs(
    rows: Sequence[RelationUse], read: Mapping[str, Predicate], encode: Encode | None
) -> list[tuple[str, str, bool]]:
    """Return relations that join the same pairs and are alike in words; True for reversed pairs."""
    if encode is None:
        return []
    users: dict[_Pair, list[str]] = defaultdict(list)
    for use in rows:
        for pair in use.pairs:
            users[pair].append(use.name)
    shared: Counter[tuple[str, str, bool]] = Counter()
    for (head, tail), names in users.items():
        for one, other in combinations(sorted(names), 2):
            shared[one, other, False] += 1
        for one in names:
            for other in users.get((tail, head), ()):
                if one < other:
                    shared[one, other, True] += 1
    sizes = {use.name: len(use.pairs) for use in rows}
    asked = sorted(
        key
        for key, count in shared.items()
        if count >= _SHARED
        and count >= _COMMON * min(sizes[key[0]], sizes[key[1]])
        and read[key[0]].preposition == read[key[1]].preposition
    )
    if not asked:
        return []
    names = sorted({name for one, other, _ in asked for name in (one, other)})
    vectors = encode([name.replace("_", " ").lower() for name in names])
    at = {name: row for row, name in enumerate(names)}
    return [
        (one, other, crossed)
        for one, other, crossed in asked
        if np.round(vectors[at[one]] @ vectors[at[other]], 3) >= _ALIKE
    ]


def _mirrored(rows: Sequence[RelationUse]) -> set[str]:
    """Return the relations most of whose pairs stand in both directions."""
    found = set()
    for use in rows:
        both = sum((tail, head) in use.pairs for head, tail in use.pairs)
        if both >= 2 * _SHARED and both >= _COMMON * len(use.pairs):
            found.add(use.name)
    return found


def _named(
    rows: Sequence[RelationUse],
    groups: Groups[str],
    turned: Mapping[str, bool],
    symmetric: set[str],
    known: Collection[str],
) -> RelationMap:
    counts = {use.name: use.count for use in rows}
    canonical: dict[str, Canonical] = {}
    loose: set[str] = set()
    for group in groups.all():
        name = min(group, key=lambda one: (one not in known, -counts[one], len(one), one))
        if symmetric.intersection(group):
            loose.add(name)
        for one in group:
            inverted = turned[one] != turned[name] and name not in loose
            canonical[one] = Canonical(one) if one in known else Canonical(name, inverted)
    return RelationMap(canonical, frozenset(loose))
