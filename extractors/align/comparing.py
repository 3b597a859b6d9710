"""How two names can be forms of one: abridged, extended, abbreviated, misspelt."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from extractors.align.names import NameForm, form_of
from extractors.align.profiles import Profile

__all__ = [
    "abbreviates",
    "best_forms",
    "extends",
    "middles_clash",
    "shortens",
    "slipped",
    "sounds_alike",
]

#: Names that are more alike than this, in percent, may differ by a slip of the pen.
_SLIP = 93.0
_SEXED = frozenset({"prince", "princess", "duke", "duchess", "count", "countess", "emperor"})
_HOUSES = frozenset({"of", "duke", "count", "king", "prince", "bishop", "lord", "earl", "baron"})
#: Letters from which on a name is long enough for its sound, or all but a slip, to tell it.
_LONG = 7
#: How alike, in percent, the letters of two names of one sound must be.
_HEARD = 75.0


def best_forms(left: Profile, right: Profile) -> tuple[NameForm, NameForm]:
    """Return the two names of two profiles that fit best, the one of fewer words first."""
    if not left.aliases and not right.aliases:
        return _ordered(form_of(left.name), form_of(right.name))
    pairs = [
        _ordered(form_of(x), form_of(y))
        for x in left.telling_names[:8]
        for y in right.telling_names[:8]
    ]
    # The names themselves stand first: an alias must fit strictly better to take their place.
    return max(enumerate(pairs), key=lambda pair: (_likeness(*pair[1]), -pair[0]))[1]


def _ordered(a: NameForm, b: NameForm) -> tuple[NameForm, NameForm]:
    return (a, b) if (len(a.core), a.text) <= (len(b.core), b.text) else (b, a)


@lru_cache(maxsize=100_000)
def _likeness(a: NameForm, b: NameForm) -> float:
    same = 1.0 if a.squashed == b.squashed else 0.0
    return same + fuzz.token_sort_ratio(a.key, b.key) / 100 + 0.5 * shortens(a, b)


def _same_word(word: str, other: str) -> bool:
    if word == other:
        return True
    return (len(word) == 1 and other.startswith(word)) or (
        len(other) == 1 and word.startswith(other)
    )


def shortens(a: NameForm, b: NameForm) -> bool:
    """Return whether a is b with words in the middle left out or cut to initials."""
    short, long = a.core, b.core
    if len(short) < 2 or len(short) > len(long) or short == long:
        return False
    if "," in b.text and "," not in a.text:
        return False  # what follows is of which house, not who
    if not _same_word(short[0], long[0]) or short[-1] != long[-1] or len(short[-1]) == 1:
        return False
    rest = iter(long)
    return all(any(_same_word(word, other) for other in rest) for word in short)


def middles_clash(a: NameForm, b: NameForm) -> bool:
    """Return whether first and last word are the same and neither name abridges the other."""
    if min(len(a.core), len(b.core)) < 3 or a.core == b.core:
        return False
    same = _same_word(a.core[0], b.core[0]) and a.core[-1] == b.core[-1]
    return same and not shortens(a, b) and fuzz.ratio(a.squashed, b.squashed) < _SLIP


def extends(a: NameForm, b: NameForm, person: bool) -> bool:
    """Return whether b is a with its place or house added: "Albert VIII, Count of X"."""
    size = len(a.core)
    if not size or size >= len(b.core) or b.core[:size] != a.core:
        return False
    if form_of(b.text.partition(",")[0]).core == a.core:
        return True
    return person and size > 1 and b.core[size] in _HOUSES


def slipped(a: NameForm, b: NameForm) -> bool:
    """Return whether two long names differ by a letter or two, in long words only."""
    if a.squashed == b.squashed:
        return False
    if min(len(a.squashed), len(b.squashed)) < _LONG or a.numbers != b.numbers:
        return False
    if OSA.distance(a.squashed, b.squashed, score_cutoff=2) > 1 + (len(a.squashed) > 2 * _LONG):
        return False
    if len(a.core) != len(b.core) or _sex_differs(a, b):
        return False
    pairs = [(x, y) for x, y in zip(a.core, b.core, strict=True) if x != y]
    return all(min(len(x), len(y)) >= _LONG - 2 and x[0] == y[0] for x, y in pairs)


def _sex_differs(a: NameForm, b: NameForm) -> bool:
    """Whether a title tells that one is a woman and the other a man: "Prince", "Princess"."""
    titled = bool(a.gender and b.gender) and a.gender != b.gender
    return titled or _SEXED & {*a.core} != _SEXED & {*b.core}


def abbreviates(a: NameForm, b: NameForm) -> bool:
    """Return whether one name is the capitals of the other: "FBI", "U.S."."""
    short, long = (a, b) if len(a.squashed) <= len(b.squashed) else (b, a)
    capitals = short.text.strip("\"' .()").replace(".", "").replace(" ", "")
    return (
        2 <= len(short.squashed) <= 8
        and capitals.isupper()
        and len(long.core) > 1
        and short.squashed == long.acronym
    )


def sounds_alike(a: NameForm, b: NameForm) -> bool:
    """Return whether two long names sound alike and are written much alike."""
    if not a.skeleton or a.skeleton != b.skeleton or len(a.squashed) < _LONG:
        return False
    if _sex_differs(a, b):
        return False
    return fuzz.ratio(a.squashed, b.squashed) >= _HEARD
