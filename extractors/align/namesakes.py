"""Namesakes told apart: what documents say of one name, grouped by whom they can mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.align.features import Rarity
from extractors.align.profiles import Profile, joined
from extractors.align.proposals import Encode
from extractors.align.scoring import PairModel, load_pair_model
from extractors.align.vetoes import vetoes

__all__ = ["NAMESAKE_FEATURES", "Namesakes", "namesake_features", "tell_apart"]

#: The names of the features of two documents that use one name, in the order of the weights.
NAMESAKE_FEATURES = (
    "context",
    "has_context",
    "shared_neighbours",
    "strangers",
    "shared_values",
    "typed_apart",
    "person",
    "place",
    "work",
    "one_word",
    "bracket_lost",
    "about_both",
)


@dataclass(frozen=True, slots=True)
class Namesakes:
    """An identity key that several entities share: each group is the documents of one of them.

    The first group keeps the key; it is the one that is named most often, and of equals the one
    with the first document. `reasons` says what told each group from the one it is nearest to;
    those of a contradiction begin with "!".
    """

    key: str
    name: str
    groups: tuple[tuple[str, ...], ...]
    reasons: tuple[tuple[str, ...], ...]

    @property
    def is_sure(self) -> bool:
        """Whether every group but one contradicts another, not merely differs in context."""
        told = [any(reason.startswith("!") for reason in group) for group in self.reasons]
        return sum(told) >= len(told) - 1


def tell_apart(
    found: Iterable[Profile],
    *,
    encode: Encode | None = None,
    model: PairModel | None = None,
    by_context: bool = True,
) -> list[Namesakes]:
    """Return the keys whose documents cannot all mean one entity, in order of key.

    `found` are the sightings of every document (`extractors.align.sightings.sightings`). Those of
    one key are looked at from the one that says most to the one that says least; each joins the
    group it fits best, or opens a group where it contradicts all of them or, `by_context` as
    `encode` sees the contexts of people, organisations and works, fits none. The work grows with
    documents times groups, never with documents squared, and the result is a function of the
    sightings alone.
    """
    model = model or load_pair_model("namesakes")
    by_key: dict[str, list[Profile]] = defaultdict(list)
    for one in found:
        by_key[one.id].append(one)
    every = [one for group in by_key.values() for one in group]
    rarity = Rarity.of(every)
    split = []
    for key in sorted(by_key):
        if len(by_key[key]) > 1:
            groups = _groups(by_key[key], rarity, model, None)
            if encode is not None and (by_context or len(groups) > 1):
                groups = _groups(by_key[key], rarity, model, encode, by_context=by_context)
            if len(groups) > 1:
                split.append(_named(key, groups))
    return split


@dataclass(slots=True)
class _Group:
    """Sightings of one entity: their joint profile, and the sum of their context vectors."""

    whole: Profile
    members: list[Profile]
    reasons: tuple[str, ...]
    vector: NDArray[np.float32] | None


def _groups(
    found: Sequence[Profile],
    rarity: Rarity,
    model: PairModel,
    encode: Encode | None,
    *,
    by_context: bool = False,
) -> list[_Group]:
    rows = sorted(found, key=lambda one: (-_told(one), sorted(one.documents)))
    vectors: Sequence[NDArray[np.float32] | None] = [None] * len(rows)
    if encode is not None and rows[0].family in _SHARED:
        told = encode([one.context for one in rows])
        vectors = [told[i] if one.context else None for i, one in enumerate(rows)]
    groups: list[_Group] = []
    for one, vector in zip(rows, vectors, strict=True):
        best: _Group | None = None
        score, fits = -1.0, False
        against: tuple[str, ...] = ()
        for group in groups:
            like = _cosine(group.vector, vector)
            values = namesake_features(group.whole, one, rarity, like)
            found_against = tuple(f"!{reason}" for reason in vetoes(group.whole, one))
            p = 0.0 if found_against else model.probability(values)
            if p > score:
                best, score = group, p
                against = found_against or model.reasons(values)
                asked = by_context and like is not None and one.family in _SHARED
                fits = not found_against and (not asked or p >= model.threshold(one.family))
        if best is not None and fits:
            best.members.append(one)
            if len(best.members) <= _ENOUGH:
                best.whole = joined([best.whole, one])
            if vector is not None:
                best.vector = vector if best.vector is None else best.vector + vector
        else:
            groups.append(_Group(one, [one], against, vector))
    return groups


def namesake_features(
    left: Profile, right: Profile, rarity: Rarity, likeness: float | None = None
) -> tuple[float, ...]:
    """Return the features of two uses of one name in the order of `NAMESAKE_FEATURES`.

    `likeness` is the cosine of their contexts where an encoder gave one.
    """
    shared = rarity.overlap(left.neighbours, right.neighbours)
    families = left.family, right.family
    return (
        0.0 if likeness is None else round(max(0.0, likeness), 3),
        float(likeness is not None),
        shared,
        float(min(len(left.neighbours), len(right.neighbours)) >= _KNOWN and shared == 0.0),
        float(any(left.values[k] & right.values.get(k, frozenset()) for k in left.values)),
        float("other" not in families and families[0] != families[1]),
        float("person" in families),
        float("place" in families),
        float("work" in families),
        float(" " not in left.name.strip()),
        float(("(" in left.name) != ("(" in right.name)),
        float(bool(left.values) and bool(right.values)),
    )


#: Kinds of which several often have one name; of others only a contradiction makes two.
_SHARED = frozenset({"person", "organisation", "work"})
#: Neighbours from which on an entity is known well enough to be told from another.
_KNOWN = 2


#: Documents after which a group is known well enough to stay as it is for comparison.
_ENOUGH = 200


def _told(one: Profile) -> int:
    return 3 * len(one.values) + len(one.neighbours)


def _cosine(ours: NDArray[np.float32] | None, theirs: NDArray[np.float32] | None) -> float | None:
    if ours is None or theirs is None:
        return None
    return round(float(ours @ theirs / max(1e-9, float(np.linalg.norm(ours)))), 3)


def _documents(group: _Group) -> tuple[str, ...]:
    return tuple(sorted(id for one in group.members for id in one.documents))


def _named(key: str, groups: Sequence[_Group]) -> Namesakes:
    def size(group: _Group) -> tuple[int, tuple[str, ...]]:
        return -sum(one.weight for one in group.members), _documents(group)

    ordered = sorted(groups, key=size)
    names: Mapping[str, int] = Counter(
        {one.name: one.weight for group in ordered for one in group.members}
    )
    return Namesakes(
        key,
        min(names, key=lambda name: (-names[name], name)),
        tuple(_documents(group) for group in ordered),
        tuple(group.reasons for group in ordered),
    )
