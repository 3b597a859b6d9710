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
    "initials_and_word",
    "middles_clash",
    "reordered",
    "same_realm",
    "shortens",
    "slipped",
    "sounds_alike",
    "spelled_alike",
]

#: Names that are more alike than this, in percent, may differ by a slip of the pen.
_SLIP = 93.0
_SEXED = frozenset({"prince", "princess", "duke", "duchess", "count", "countess", "emperor"})
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
    if form_of(f"x {short[-1]}").numbers:
        return False  # Frederick Augustus II is not Frederick II
    if len(long[0]) == 1 < len(short[0]):
        return False  # S. Robson Walton goes by Robson, so he is not Sam Walton
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


def reordered(a: NameForm, b: NameForm) -> bool:
    """Return whether two names are the same words, those at the end of one first in the other:
    "Turner, George"; "25 April" is a day."""
    if a.numbers or len(a.core) != len(b.core):
        return False
    return any(a.core[n:] + a.core[:n] == b.core for n in range(1, len(a.core)))


def same_realm(a: NameForm, b: NameForm) -> bool:
    """Return whether two names end in "of" and the same: a place, which no surname is."""
    return bool(_realm(a)) and _realm(a) == _realm(b)


def _realm(form: NameForm) -> tuple[str, ...]:
    return form.core[form.core.index("of") + 1 :] if "of" in form.core[1:] else ()


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
    if len(a.core) == len(b.core) > 1:  # Jane sounds like John
        heard = [
            min(map(len, pair)) for pair in zip(a.core, b.core, strict=True) if len({*pair}) > 1
        ]
        if min(heard, default=_LONG) < _LONG - 2:
            return False
    return fuzz.ratio(a.squashed, b.squashed) >= _HEARD


def spelled_alike(a: NameForm, b: NameForm) -> bool:
    """Return whether two names differ in case, accents, blanks, hyphens and quotes alone."""
    same = "".join(a.tokens) == "".join(b.tokens) and a.bracket == b.bracket
    return same and not initials_and_word(a, b)


def initials_and_word(a: NameForm, b: NameForm) -> bool:
    """Return whether one name is initials and the other a word: "G.O." and "Go"."""
    dotted = [max(map(len, form.tokens), default=0) == 1 for form in (a, b)]
    return dotted[0] != dotted[1] and not (a if dotted[1] else b).text.isupper()
