"""Whether what a clause says is the relation that a claim names, and which way round."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from extractors.align.predicates import read_predicate
from extractors.mini.relations.names import relation_names, triple_of
from extractors.mini.relations.prompts import spoken
from kgkit.facts import Entity, Fact
from reasoning.answers.words import LIGHT, akin, fold, listed, root, words
from reasoning.citations.concepts import concepts_of, is_inverse_noun
from reasoning.citations.kinds import kind_of_end
from reasoning.citations.stating import Said

__all__ = [
    "Agreement",
    "Wording",
    "agreement",
    "is_symmetric",
    "overlap",
    "runs_across",
    "typing",
    "wordings",
]

#: Verbs of so many meanings that what they say is not known to be another relation.
_VAGUE = listed(
    "be have leave take make give go come hold get run draw play appear lie bring keep put set see "
    "include contain feature use call name become remain join lead follow find know work "
    "is was are were has had left took made gave went came held got ran drew lay brought kept saw "
    "became led found knew"
)
#: Words of a relation's name that say nothing of it beside another one.
_EMPTY = LIGHT | {"date", "place", "year", "time", "day"}
_SYMMETRIC = frozenset({"spouse", "sibling", "cousin", "knows", "twin city", "at war with"})
_BOTH_WAYS = frozenset({"borders", "competes with", "divorced"}) | _SYMMETRIC


class Agreement(StrEnum):
    """How what is said stands to what is claimed: the same, the same the other way round,
    something else that is known, or nothing that words alone decide."""

    SAME = "same"
    TURNED = "turned"
    OTHER = "other"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Wording:
    """A relation in words; `turned` where they are said of the claim's tail."""

    words: str
    turned: bool = False


def agreement(claim: Fact, said: Said) -> Agreement:
    """Return how a statement stands to a claim by its words.

    Compared are predicates without tense and voice, then the relations that phrases are known to
    say of ends of these kinds (`reasoning.citations.concepts`). Where a relation joins ends of two
    kinds, the kinds tell which way round it is claimed.
    """
    if not said.relation:
        return Agreement.OPEN
    mine = read_predicate(claim.relation)
    known = _meant(claim)
    told: dict[str, bool] = {}
    loose: dict[str, bool] = {}
    for relation, turned in _forms(said):
        theirs = read_predicate(relation)
        if mine.key.replace("-ed", "") == theirs.key.replace("-ed", ""):
            return _directed(claim, straight=(mine.inverted != theirs.inverted) == turned)
        told = {**_meant(claim, relation, turned=turned), **told}
        loose = {**_meant(claim, relation, turned=turned, strict=False), **loose}
    for found in (told, loose):
        shared = sorted(known.keys() & found.keys())
        if shared:
            straight = any(known[name] == found[name] or name in _BOTH_WAYS for name in shared)
            return _directed(claim, straight=straight)
    listed = _listed(claim, said)
    if listed is not None:
        return _directed(claim, straight=listed)
    vague = _VAGUE.intersection(said.relation.lower().split("_")[:1])
    return Agreement.OTHER if known and told and not vague else Agreement.OPEN


def _directed(claim: Fact, *, straight: bool) -> Agreement:
    kinds = typing(claim)
    if kinds and kind_of_end(claim.head) != kind_of_end(claim.tail):
        straight = kinds > 0
    return Agreement.SAME if straight or is_symmetric(claim) else Agreement.TURNED


def _listed(claim: Fact, said: Said) -> bool | None:
    """Return whether a statement says the claim by the extractor's own names of relations, and in
    its direction; what may mean several things means what is claimed."""
    names = relation_names()
    upright = _upright(claim)
    one = names.restated(upright)
    wanted = [(one, True)]
    if isinstance(one.tail, Entity):
        wanted.append((replace(one, head=one.tail, tail=one.head), False))
    for relation, turned in _forms(said):
        stated = replace(upright, relation=relation)
        if turned:
            if not isinstance(upright.tail, Entity):
                continue
            stated = replace(stated, head=upright.tail, tail=upright.head)
        for fact, straight in wanted:
            triple = triple_of(fact)
            if triple_of(names.restated(stated, frozenset([triple]))) == triple:
                return straight
    return None


def _meant(
    claim: Fact, relation: str = "", *, turned: bool = False, strict: bool = True
) -> dict[str, bool]:
    """Return the concepts that a relation, by default the claim's own, says of the claim's ends.

    `turned` where it is said of the tail; each with whether the concept's head is the claim's
    tail. Where no concept joins ends of these kinds, those that join them the other way round
    count for the claim's own, and last those of any kinds, unless `strict`: what a name stands for
    may have been read wrongly.
    """
    head, tail = kind_of_end(claim.head), kind_of_end(claim.tail)
    ends = (tail, head) if turned else (head, tail)
    name = relation or claim.relation
    found = concepts_of(name, *ends, claimed=not relation)
    if not found and not relation:
        found = concepts_of(name, *reversed(ends), claimed=True)
    if not found and not (relation and strict):
        found = concepts_of(name, "", "", claimed=not relation)
    return {concept: flipped != turned for concept, flipped in found.items()}


def runs_across(claim: Fact, said: Said) -> bool:
    """Return whether a statement leads from the claim's tail to its head, passives put right.

    >>> claim = Fact(Entity.named("A"), "FOUNDED", Entity.named("B"))
    >>> runs_across(claim, Said("SET_UP", "set up", True, False, False, 0, 1))
    True
    """
    relation, turned = _forms(said)[0]
    mine, theirs = read_predicate(claim.relation), read_predicate(relation)
    return not is_symmetric(claim) and (mine.inverted != theirs.inverted) != turned


def typing(claim: Fact) -> int:
    """Return 1 where the kinds of the ends are those that the claim's relation joins, -1 where
    they are the other way round, 0 where they do not tell.

    >>> claim = Fact(Entity.named("Arras", "City"), "BORN_IN", Entity.named("Ada", "Person"))
    >>> typing(claim)
    -1
    """
    head, tail = kind_of_end(claim.head), kind_of_end(claim.tail)
    straight = concepts_of(claim.relation, head, tail, claimed=True)
    turned = head != tail and concepts_of(claim.relation, tail, head, claimed=True)
    return int(bool(straight)) - int(bool(turned))


def is_symmetric(claim: Fact) -> bool:
    """Return whether a claim's relation says the same both ways.

    >>> ada, ben = Entity.named("Ada", "Person"), Entity.named("Ben", "Person")
    >>> is_symmetric(Fact(ada, "MARRIED_TO", ben)), is_symmetric(Fact(ada, "PARENT_OF", ben))
    (True, False)
    """
    head, tail = kind_of_end(claim.head), kind_of_end(claim.tail)
    known = concepts_of(claim.relation, head, tail, claimed=True)
    return read_predicate(claim.relation).symmetric or (bool(known) and known.keys() <= _BOTH_WAYS)


def overlap(claim: Fact, text: str) -> float:
    """Return the share, in [0, 1], of the relation's words whose root a text has as well.

    >>> fact = Fact(Entity.named("A"), "PLACE_OF_BIRTH", Entity.named("B"))
    >>> overlap(fact, "was born in")
    1.0
    """
    wanted = [root(w) for w in fold(spoken(claim.relation)).split() if w not in _EMPTY]
    heard = {word.root for word in words(text)}
    if not wanted:
        return 0.0
    return round(sum(any(akin(w, h) for h in heard) for w in wanted) / len(wanted), 4)


def wordings(claim: Fact) -> list[Wording]:
    """Return the ways to word a claim's relation: its own, and the labels of the property that it
    is known as, each in its direction."""
    upright = _upright(claim)
    found = [Wording(spoken(claim.relation))]
    restated = relation_names().restated(upright)
    turned = restated.head.id != upright.head.id
    for label, flipped in _labels().get(restated.relation, ()):
        found.append(Wording(label, turned != flipped))
    return list(dict.fromkeys(found))


def _forms(said: Said) -> list[tuple[str, bool]]:
    """Return a statement's relation with its direction, and "Y is the N of X" as "X's N is Y"
    too."""
    found = [(said.relation, said.turned)]
    if is_inverse_noun(said.relation):
        found.append((said.relation.removesuffix("_OF"), not said.turned))
    return found


def _upright(claim: Fact) -> Fact:
    """Return a claim with the types of names that the parser knows, as the lists of names have
    them."""
    head = replace(claim.head, type=kind_of_end(claim.head))
    tail = claim.tail
    if isinstance(tail, Entity):
        tail = replace(tail, type=kind_of_end(tail))
    return Fact(head, claim.relation, tail)


@cache
def _labels() -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """The labels of the relation head's properties by the name of their relation; whether head and
    tail change places."""
    from extractors.mini.relations.store import FOLDER

    labels = json.loads((FOLDER / "labels.json").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[str, bool]]] = {}
    for number, label in zip(labels["properties"], labels["names"], strict=True):
        known = relation_names().of(number)
        found.setdefault(known.name, []).append((label, known.turned))
    return {name: tuple(own) for name, own in found.items()}
