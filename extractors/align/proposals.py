"""Merges proposed, accepted and refused: a log that a person can read and overrule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from extractors.align.blocking import candidates
from extractors.align.features import Rarity, features_of, is_plausible, kinds_of
from extractors.align.links import Groups
from extractors.align.profiles import Profile
from extractors.align.scoring import PairModel, load_pair_model
from extractors.align.vetoes import contradict, doubts, rivals, vetoes

__all__ = ["Encode", "Proposal", "State", "clusters", "propose"]

#: Texts to unit vectors [n, d], as `kgkit.models.encoder.Encoder.encode`.
Encode = Callable[[Sequence[str]], NDArray[np.float32]]
_Pair = tuple[str, str]

#: A second reading this close to the first makes both of a short name ambiguous.
_MARGIN = 0.2


class State(StrEnum):
    """What became of a proposal."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Proposal:
    """That two entities are one, `left` < `right` by id, with its score and what moved it.

    `names` are what the two are called when they are not merged.
    """

    left: str
    right: str
    score: float
    reasons: tuple[str, ...]
    state: State = State.PENDING
    names: tuple[str, str] = ("", "")


def propose(
    profiles: Iterable[Profile],
    *,
    encode: Encode | None = None,
    model: PairModel | None = None,
    together: Iterable[_Pair] = (),
    apart: Iterable[_Pair] = (),
) -> tuple[Proposal, ...]:
    """Return every pair that may be one entity, surest first, and what becomes of it.

    Accepted merges are transitive and never join what a person keeps `apart`, nor profiles that
    contradict each other; `together` are the merges that a person made, which stand. `encode`
    compares contexts. A function of its arguments: the order of the profiles is no matter.

    >>> found = propose([Profile("1", "George A. Romero", "Person"),
    ...                  Profile("2", "George Andrew Romero", "Person")])
    >>> [str(one.state) for one in found]
    ['accepted']
    """
    model = model or load_pair_model()
    rows = sorted(profiles, key=lambda profile: profile.id)
    known = {profile.id: profile for profile in rows}
    scored = _scored(rows, model, encode)
    scored.sort(key=lambda one: (-one.score, one.left, one.right))
    scored = [replace(one, state=_first_state(one, known, model)) for one in scored]
    return _settled(_doubted(scored, known), known, list(together), list(apart))


def clusters(
    ids: Iterable[str], proposals: Iterable[Proposal], together: Iterable[_Pair] = ()
) -> list[list[str]]:
    """Return the entities with more than one id that the accepted proposals make, in order."""
    groups = Groups(sorted(ids))
    for a, b in together:
        groups.join(a, b)
    for one in proposals:
        if one.state is State.ACCEPTED:
            groups.join(one.left, one.right)
    return [group for group in groups.all() if len(group) > 1]


def _scored(rows: Sequence[Profile], model: PairModel, encode: Encode | None) -> list[Proposal]:
    rarity = Rarity.of(rows)
    pairs = [
        (i, j) for i, j in candidates(rows) if is_plausible(features_of(rows[i], rows[j], rarity))
    ]
    likeness = _likeness(rows, pairs, encode)
    found = []
    for (i, j), like in zip(pairs, likeness, strict=True):
        values = features_of(rows[i], rows[j], rarity, like)
        score = model.probability(values)
        if score < model.review:
            continue
        against = vetoes(rows[i], rows[j])
        reasons = tuple(f"!{one}" for one in against) + model.reasons(values)
        if not against:
            reasons = (*(f"?{one}" for one in doubts(rows[i], rows[j])), *reasons)
        names = rows[i].name, rows[j].name
        found.append(Proposal(rows[i].id, rows[j].id, score, reasons, names=names))
    return found


def _likeness(
    rows: Sequence[Profile], pairs: Sequence[tuple[int, int]], encode: Encode | None
) -> list[float | None]:
    if encode is None:
        return [None] * len(pairs)
    asked = sorted({i for pair in pairs for i in pair if rows[i].context})
    at = {place: row for row, place in enumerate(asked)}
    vectors = encode([rows[i].context for i in asked]) if asked else np.zeros((0, 1), np.float32)
    return [
        round(float(vectors[at[i]] @ vectors[at[j]]), 3) if i in at and j in at else None
        for i, j in pairs
    ]


def _first_state(one: Proposal, known: Mapping[str, Profile], model: PairModel) -> State:
    if any(reason.startswith("!") for reason in one.reasons):
        return State.REJECTED
    if any(reason.startswith("?") for reason in one.reasons):
        return State.PENDING
    least = model.threshold(*kinds_of(known[one.left], known[one.right]))
    return State.ACCEPTED if one.score >= least else State.PENDING


def _doubted(scored: Sequence[Proposal], known: Mapping[str, Profile]) -> list[Proposal]:
    """Return the proposals with those left open that read one name in two ways."""
    near: dict[str, list[Proposal]] = defaultdict(list)
    for one in scored:
        if one.state is State.ACCEPTED:
            near[one.left].append(one)
            near[one.right].append(one)
    doubtful: set[_Pair] = set()
    for id, ways in sorted(near.items()):
        for place, one in enumerate(ways):
            for other in ways[place + 1 :]:
                ends = [known[w.right if w.left == id else w.left] for w in (one, other)]
                if contradict(*ends) or rivals(known[id], *ends):
                    doubtful.add((other.left, other.right))
                    if one.score - other.score <= _MARGIN:
                        doubtful.add((one.left, one.right))
    return [
        replace(one, state=State.PENDING, reasons=("?fits several", *one.reasons))
        if (one.left, one.right) in doubtful
        else one
        for one in scored
    ]


def _settled(
    scored: Sequence[Proposal],
    known: Mapping[str, Profile],
    together: Sequence[_Pair],
    apart: Sequence[_Pair],
) -> tuple[Proposal, ...]:
    groups = Groups(known, lambda a, b: contradict(known[a], known[b]))
    for a, b in apart:
        if a in known and b in known:
            groups.forbid(a, b)
    for a, b in together:
        if a in known and b in known:
            groups.join(a, b, checked=False)
    forbidden = {frozenset(pair) for pair in apart}
    settled = []
    for one in scored:
        if frozenset((one.left, one.right)) in forbidden:
            one = replace(one, state=State.REJECTED, reasons=("!kept apart", *one.reasons))
        elif one.state is State.ACCEPTED and not groups.join(one.left, one.right):
            one = replace(one, state=State.PENDING, reasons=("?group differs", *one.reasons))
        settled.append(one)
    return tuple(settled)
