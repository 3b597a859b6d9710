"""What is known, for looking claims up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from extractors.entigraph.generating.speaking import Speaker
from extractors.entigraph.grounding.lexicon import key_of
from extractors.entigraph.view import FactIndex
from extractors.entigraph.wording.values import comparable, kind_of

__all__ = ["Known"]

_Keys = Iterable[str]


class Known:
    """The facts of an index by their parts; names that several things bear fit if one does."""

    def __init__(self, index: FactIndex, speaker: Speaker) -> None:
        self._tails: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._notes: dict[tuple[str, str, str], set[tuple[tuple[str, str], ...]]] = defaultdict(set)
        self._joined: set[tuple[str, str]] = set()
        self._measure: dict[str, tuple[str, float]] = {}
        self.nouns: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for fact in index.facts:
            head, tail, kind = fact.head.id, key_of(fact.tail), kind_of(fact.tail)
            self._tails[head, fact.relation, kind].add(tail)
            roles = sorted((q.role.replace("_", " "), key_of(q.value)) for q in fact.qualifiers)
            self._notes[head, fact.relation, tail].add(tuple(roles))
            self._joined |= {(head, tail), (tail, head)}
            measure = comparable(fact.tail)
            if measure is not None:
                self._measure[tail] = measure
        for phrasing in speaker.phrasings.values():
            if phrasing.saying.noun:
                self.nouns[phrasing.saying.noun].add((phrasing.relation, phrasing.kind))

    def holds(self, heads: _Keys, relation: str, kind: str, tails: _Keys) -> bool:
        """Return whether one of the heads has one of the tails."""
        wanted = set(tails)
        return any(wanted & self._tails.get((h, relation, kind), set()) for h in heads)

    def holds_with(
        self, heads: _Keys, relation: str, tails: _Keys, notes: list[tuple[str, frozenset[str]]]
    ) -> bool:
        """Return whether a fact with these ends has these qualifiers."""
        for head in heads:
            for tail in tails:
                for roles in self._notes.get((head, relation, tail), ()):
                    if all(any(r == role and k in keys for r, k in roles) for role, keys in notes):
                        return True
        return False

    def tails(self, heads: _Keys, relations: Iterable[tuple[str, str]]) -> set[str]:
        """Return the tails of any of the heads under any of the relations and kinds."""
        found: set[str] = set()
        heads = tuple(heads)
        for relation, kind in relations:
            for head in heads:
                found |= self._tails.get((head, relation, kind), set())
        return found

    def joins(self, ones: _Keys, others: _Keys) -> bool:
        """Return whether a fact joins two of these, in either direction."""
        others = tuple(others)
        return any((one, other) in self._joined for one in ones for other in others)

    def before(self, ones: _Keys, others: _Keys) -> bool:
        """Return whether one of the values is less than one of the others."""
        others = tuple(others)
        for one in ones:
            for other in others:
                a, b = self._measure.get(one), self._measure.get(other)
                if a and b and a[0] == b[0] and a[1] < b[1]:
                    return True
        return False
