"""What speaks for and against two profiles being one entity, as numbers between 0 and 1."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from extractors.align.comparing import (
    abbreviates,
    best_forms,
    extends,
    shortens,
    slipped,
    sounds_alike,
)
from extractors.align.demonyms import place_of
from extractors.align.names import NameForm, form_of
from extractors.align.profiles import Profile

__all__ = ["FEATURES", "NAMED", "Rarity", "features_of", "is_plausible"]

#: How two names can be forms of one; a pair with none of these is not looked at further,
#: whatever its contexts share: sisters share everything but the name.
NAMED = (
    "same_letters",
    "same_words",
    "shortened",
    "initials",
    "left_out",
    "extended",
    "acronym",
    "two_letters",
    "alias",
    "one_place",
    "slip",
    "sound",
)

#: The names of the features, in the order of the weights.
FEATURES = (
    *NAMED,
    "letter_ratio",
    "words",
    "typed_alike",
    "typed_apart",
    "person",
    "place",
    "organisation",
    "bracket_lost",
    "title_lost",
    "context",
    "has_context",
    "shared_neighbours",
    "shared_values",
    "met",
)


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each word of names is among profiles: ln(n / df) / ln(n), in [0, 1].

    >>> rarity = Rarity.of([Profile("1", "Lake Como"), Profile("2", "Lake Garda")])
    >>> rarity["lake"] < rarity["como"]
    True
    """

    weights: Mapping[str, float]
    neighbours: Mapping[str, float]

    @classmethod
    def of(cls, profiles: Iterable[Profile]) -> Rarity:
        """Return the rarity of the words of these profiles' names, and of their neighbours."""
        words: Counter[str] = Counter()
        around: Counter[str] = Counter()
        number = 0
        for profile in profiles:
            number += 1
            words.update({word for name in profile.names for word in form_of(name).core})
            around.update(profile.neighbours)
        return cls(_rarity(words, number), _rarity(around, number))

    def __getitem__(self, word: str) -> float:
        return self.weights.get(word, 1.0)

    def overlap(self, ours: frozenset[str], theirs: frozenset[str]) -> float:
        """Return how much two neighbourhoods share, in [0, 1): 0 for nothing, 0.75 for two rare
        neighbours; one that everything has counts nothing."""
        shared = sum(self.neighbours.get(name, 1.0) ** 2 for name in sorted(ours & theirs))
        return round(1.0 - 0.5**shared, 6)


def _rarity(counts: Mapping[str, int], number: int) -> dict[str, float]:
    top = math.log(number + 2)
    return {w: round(math.log((number + 2) / (n + 1)) / top, 6) for w, n in counts.items()}


def features_of(
    left: Profile, right: Profile, rarity: Rarity, likeness: float | None = None
) -> tuple[float, ...]:
    """Return the features of a pair in the order of `FEATURES`; the order of the pair is no matter.

    The pair of names that fits best stands for the two; `likeness` is the cosine of their
    contexts where an encoder gave one.
    """
    a, b = best_forms(left, right)
    families = left.family, right.family
    known = "other" not in families
    return (
        *(float(found) for found in _named(left, right, a, b)),
        JaroWinkler.similarity(a.squashed, b.squashed),
        min(1.0, (min(len(a.core), len(b.core)) - 1) / 2) if a.core else 0.0,
        float(known and families[0] == families[1]),
        float(known and families[0] != families[1]),
        float(families == ("person", "person")),
        float(families == ("place", "place")),
        float(families == ("organisation", "organisation")),
        float(bool(a.bracket) != bool(b.bracket)),
        float(a.titles != b.titles and min(len(a.core), len(b.core)) == 1),
        0.0 if likeness is None else round(max(0.0, likeness), 4),
        float(likeness is not None),
        rarity.overlap(left.neighbours, right.neighbours),
        float(any(left.values[k] & right.values.get(k, frozenset()) for k in left.values)),
        float(bool(left.documents & right.documents) and not abbreviates(a, b)),
    )


def is_plausible(features: Sequence[float]) -> bool:
    """Return whether the names of a pair with these features can be forms of one name."""
    return any(features[: len(NAMED)])


def _named(left: Profile, right: Profile, a: NameForm, b: NameForm) -> tuple[bool, ...]:
    """Return the features `NAMED` of two profiles whose best forms are a and b, a the shorter."""
    person = "person" in (left.family, right.family)
    same = bool(a.core) and a.squashed == b.squashed and (person or a.titles == b.titles)
    alias = not same and _named_alike(left, right)
    if "concept" in (left.family, right.family):  # a grandfather is no slip for a grandmother
        return (same, *(False for _ in NAMED[1:8]), alias, False, False, False)
    short = not same and shortens(a, b)
    initial = short and any(len(word) == 1 for word in (*a.core, *b.core))
    short_form = abbreviates(a, b) and not (left.family == right.family == "person")
    return (
        same,
        not same and len(a.core) > 1 and sorted(a.core) == sorted(b.core),
        short and person and not initial,
        initial and person,
        short and not person,
        not same and extends(a, b, person),
        short_form and min(len(a.squashed), len(b.squashed)) > 2,
        short_form and min(len(a.squashed), len(b.squashed)) == 2,
        alias,
        not same and _one_place(left, right),
        not same and slipped(a, b),
        not same and sounds_alike(a, b),
    )


def _named_alike(left: Profile, right: Profile) -> bool:
    ours = {form_of(name).squashed for name in left.telling_names}
    theirs = {form_of(name).squashed for name in right.telling_names}
    own = {form_of(left.name).squashed, form_of(right.name).squashed}
    return len(own) == 2 and bool(ours & theirs)


def _one_place(left: Profile, right: Profile) -> bool:
    place = place_of(left.name)
    return bool(place) and place == place_of(right.name) and _different(left.name, right.name)


def _different(one: str, other: str) -> bool:
    return form_of(one).squashed != form_of(other).squashed
