"""What speaks for and against two profiles being one entity, as numbers between 0 and 1."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import JaroWinkler

from extractors.align.additions import ADDITIONS, added_words, addition
from extractors.align.comparing import (
    abbreviates,
    best_forms,
    initials_and_word,
    reordered,
    same_realm,
    shortens,
    slipped,
    sounds_alike,
    spelled_alike,
)
from extractors.align.demonyms import place_of
from extractors.align.names import NameForm, form_of
from extractors.align.profiles import Profile

__all__ = [
    "FEATURES",
    "NAMED",
    "Rarity",
    "features_of",
    "is_bare",
    "is_plausible",
    "is_told",
    "kinds_of",
]

#: How two names can be forms of one; a pair with none of these is not looked at further,
#: whatever its contexts share: sisters share everything but the name.
NAMED = (
    "same_letters",
    "same_words",
    "shortened",
    "initials",
    "left_out",
    "realm_kept",
    *ADDITIONS,
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
    "bare",
    "context",
    "shared_neighbours",
    "shared_values",
    "told",
)


#: The likeness of contexts that says nothing.
_USUAL = 0.3
#: Of these, a person's alone: a type that says otherwise is a slip.
_PERSONAL = ("styled", "of_realm", "by_rank")


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
    named = _named(left, right, a, b)
    told = any(named[NAMED.index(kind)] for kind in _PERSONAL)
    known = "other" not in families
    return (
        *(float(found) for found in named),
        JaroWinkler.similarity(a.squashed, b.squashed),
        min(1.0, (min(len(a.core), len(b.core)) - 1) / 2) if a.core else 0.0,
        float(known and families[0] == families[1]),
        float(known and families[0] != families[1] and not told),
        float(families == ("person", "person") or told),
        float(families == ("place", "place")),
        float(families == ("organisation", "organisation")),
        float(bool(a.bracket) != bool(b.bracket)),
        float(a.titles != b.titles and min(len(a.core), len(b.core)) == 1),
        float(_is_person(left, right, a, b) and is_bare(a)),
        0.0 if likeness is None else round(likeness - _USUAL, 4),
        rarity.overlap(left.neighbours, right.neighbours),
        float(any(left.values[k] & right.values.get(k, frozenset()) for k in left.values)),
        float(is_told(left, right)),
    )


def is_plausible(features: Sequence[float]) -> bool:
    """Return whether the names of a pair with these features can be forms of one name."""
    return any(features[: len(NAMED)])


def is_told(left: Profile, right: Profile) -> bool:
    """Return whether the place or rank that a name adds is told of the shorter one: of Oslo, that
    it is in Norway."""
    a, b = best_forms(left, right)
    if addition(a, b, _is_person(left, right, a, b)) not in ("within", "styled", "of_realm"):
        return False
    short = left if a.text in left.names else right
    added = [word for word in added_words(a, b) if len(word) > 3 and not word[0].isdigit()]
    return any(word in name for word in added for name in short.neighbours)


def kinds_of(left: Profile, right: Profile) -> tuple[str, ...]:
    """Return how the names of two profiles can be forms of one, each of `NAMED` that holds with
    the family behind it, "bare" for a person whose shorter name many bear; "same_spelling" where
    they differ in case, accents, blanks, hyphens and quotes alone, as identity itself may.

    >>> kinds_of(Profile("1", "Ida Vale", "Person"), Profile("2", "Ida Vale, 2nd Earl", "Person"))
    ('styled person',)
    """
    a, b = best_forms(left, right)
    if spelled_alike(a, b):
        return ("same_spelling",)
    known = sorted({left.family, right.family} - {"other"})
    family = "bare" if _is_person(left, right, a, b) and is_bare(a) else "".join(known[:1])
    found = zip(NAMED, _named(left, right, a, b), strict=True)
    return tuple(f"{kind} {family or 'other'}" for kind, holds in found if holds)


def is_bare(form: NameForm) -> bool:
    """Return whether a person's name is one word, or one and a number: that of many."""
    return len(form.core) == 1 or (len(form.core) == 2 and bool(form.numbers))


def _is_person(left: Profile, right: Profile, a: NameForm, b: NameForm) -> bool:
    """Whether one of two is a person, by its type or by a title that has a sex."""
    return "person" in (left.family, right.family) or bool(a.gender or b.gender)


def _named(left: Profile, right: Profile, a: NameForm, b: NameForm) -> tuple[bool, ...]:
    """Return the features `NAMED` of two profiles whose best forms are a and b, a the shorter."""
    person = _is_person(left, right, a, b)
    same = bool(a.core) and a.squashed == b.squashed and (person or a.titles == b.titles)
    same = same and not initials_and_word(a, b)
    alias = not same and _named_alike(left, right)
    if "concept" in (left.family, right.family):  # a grandfather is no slip for a grandmother
        return tuple(same if n == "same_letters" else alias and n == "alias" for n in NAMED)
    added = "" if same else addition(a, b, person)
    if added == "within" and "work" in (left.family, right.family):
        added = ""  # a title goes on behind a comma
    short = not same and not added and shortens(a, b)
    realm = short and person and same_realm(a, b)
    initial = short and any(len(word) == 1 for word in (*a.core, *b.core))
    short_form = abbreviates(a, b) and not (left.family == right.family == "person")
    found = {
        "same_letters": same,
        "same_words": not same and len(a.core) > 1 and reordered(a, b),
        "shortened": short and person and not initial and not realm,
        "initials": initial and person,
        "left_out": short and not person,
        "realm_kept": realm,
        added: bool(added),
        "acronym": short_form and min(len(a.squashed), len(b.squashed)) > 2,
        "two_letters": short_form and min(len(a.squashed), len(b.squashed)) == 2,
        "alias": alias,
        "one_place": not same and _one_place(left, right),
        "slip": not same and slipped(a, b),
        "sound": not same and sounds_alike(a, b),
    }
    return tuple(found.get(name, False) for name in NAMED)


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
