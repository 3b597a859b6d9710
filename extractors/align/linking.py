"""Linking entities to a vocabulary: by name where it is unique, else by context and a margin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from extractors.align.names import form_of
from extractors.align.profiles import Profile, family
from extractors.align.proposals import Encode
from extractors.align.vocabulary import Term, Vocabulary

__all__ = ["TermLink", "link_terms"]

#: How much better than the next the best of several terms must fit, and how well at least.
_MARGIN, _LEAST = 0.1, 0.2
_UNIQUE = 0.95


@dataclass(frozen=True, slots=True)
class TermLink:
    """That an entity is a term of a vocabulary; `candidates` are the ids of all it may be."""

    entity: str
    term: str
    score: float
    candidates: tuple[str, ...]


def link_terms(
    profiles: Iterable[Profile], vocabulary: Vocabulary, *, encode: Encode | None = None
) -> list[TermLink]:
    """Return the term of each profile that has one, in order of profile id.

    A name that one term of a fitting type bears is that term. Of several, the one whose label and
    description are most like the profile's context is taken, if it leads by a margin; without an
    `encode`, or without a margin, the entity stays unlinked. Names in brackets choose by type.

    >>> terms = Vocabulary.of([Term("Q1", "Radium", description="a metal")])
    >>> link_terms([Profile("e", "radium", "Concept")], terms)[0].term
    'Q1'
    """
    found = []
    for profile in sorted(profiles, key=lambda one: one.id):
        fitting = _fitting(profile, vocabulary)
        chosen = _chosen(profile, fitting, encode)
        if chosen is not None:
            term, score = chosen
            found.append(TermLink(profile.id, term.id, score, tuple(t.id for t in fitting)))
    return found


def _fitting(profile: Profile, vocabulary: Vocabulary) -> list[Term]:
    """Return the terms that the name means, or its aliases where the name means none."""
    terms = {term.id: term for term in vocabulary.named(profile.name)}
    if not terms:
        terms = {t.id: t for alias in profile.aliases for t in vocabulary.named(alias)}
    kept = [terms[id] for id in sorted(terms)]
    kept = [term for term in kept if _agree(profile.type, term.type)]
    bracket = form_of(profile.name).bracket
    told = [t for t in kept if bracket and bracket in f"{t.type} {t.description}".lower()]
    return told or kept


def _agree(type: str, other: str) -> bool:
    kinds = family(type), family(other)
    return "other" in kinds or kinds[0] == kinds[1]


def _chosen(
    profile: Profile, terms: list[Term], encode: Encode | None
) -> tuple[Term, float] | None:
    if len(terms) < 2:
        return (terms[0], _UNIQUE) if terms else None
    if encode is None or not profile.context:
        return None
    vectors = encode([profile.context, *(f"{term.name}. {term.description}" for term in terms)])
    likeness = [round(float(x), 3) for x in vectors[1:] @ vectors[0]]
    order = np.argsort([-x for x in likeness], kind="stable")
    best, second = likeness[order[0]], likeness[order[1]]
    if best < _LEAST or best - second < _MARGIN:
        return None
    return terms[int(order[0])], round(min(_UNIQUE, best), 3)
