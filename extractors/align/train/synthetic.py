"""Names changed by rule: other forms of one name, and near names of somebody else."""

from __future__ import annotations

import random
from collections.abc import Sequence

from extractors.align.names import acronym_of

__all__ = ["other_form", "other_name"]

_MALE = ("Sir", "Lord", "King", "Prince", "Dr.", "Professor", "President", "General", "Mr.")
_MIDDLE = ("James", "Maria", "Ann", "Lee", "Ray", "Paul", "Louise", "Karl", "Ivan", "Rose")
_FIRMS = ("Inc.", "Ltd.", "Corporation", "Company", "GmbH")
_VOWELS = {"a": "e", "e": "a", "i": "y", "y": "i", "o": "u", "u": "o"}
_SOUNDS = (("k", "c"), ("c", "k"), ("f", "ph"), ("v", "w"), ("sh", "sch"), ("y", "i"), ("ks", "x"))


def other_form(name: str, type: str, chance: random.Random) -> str | None:
    """Return another form in which this name may stand in a text, or None where none is made.

    Middle names come, go and shrink to initials; titles, articles and the form of a firm are
    added; surnames come first; acronyms, transliterations, blanks and slips of the pen.
    """
    words = name.split()
    ways = []
    if type == "Person" and len(words) >= 2:
        ways += [_titled, _titled, _initial, _reversed]
        ways += [_added] * 3
        if len(words) > 2:
            ways += [_dropped] * 5 + [_shrunk] * 3
    if type == "Organization":
        ways += [_firm, _acronym, _acronym, _article]
    if type in ("Location", "Misc"):
        ways += [_article]
    if len(words) > 2:
        ways += [_acronym]
    if len(name) >= 8:
        ways += [_slip, _sounded, _blank]
    if not ways:
        return None
    made = chance.choice(ways)(words, chance)
    return made if made and made != name else None


def other_name(name: str, type: str, pool: Sequence[str], chance: random.Random) -> str | None:
    """Return a near name of another entity, or None: a relative, a successor, another part."""
    words = name.split()
    if len(words) < 2:
        return None
    other = chance.choice(pool).split()
    if type == "Person":
        ways = ["first", "junior", "middle", "last"]
        match chance.choice(ways):
            case "first":
                return " ".join([other[0], *words[1:]])
            case "junior":
                return f"{name} Jr."
            case "last":
                return " ".join([*words[:-1], other[-1]])
        if len(words) > 2:
            return " ".join([words[0], chance.choice(_MIDDLE), words[-1]])
        return f"{words[0]} {other[-1]}"
    place = chance.randrange(len(words))
    if words[place].lower() in ("the", "of", "and", "in", "for"):
        return None
    if chance.random() < 0.3:
        return f"{name} {chance.choice(['II', 'III', '2', '3'])}"
    return " ".join([*words[:place], other[0], *words[place + 1 :]])


def _titled(words: Sequence[str], chance: random.Random) -> str:
    return " ".join([chance.choice(_MALE), *words])


def _initial(words: Sequence[str], chance: random.Random) -> str:
    return " ".join([f"{words[0][0]}.", *words[1:]])


def _added(words: Sequence[str], chance: random.Random) -> str:
    middle = chance.choice(_MIDDLE)
    if chance.random() < 0.4:
        middle = f"{middle[0]}."
    return " ".join([words[0], middle, *words[1:]])


def _dropped(words: Sequence[str], chance: random.Random) -> str:
    place = chance.randrange(1, len(words) - 1)
    return " ".join([*words[:place], *words[place + 1 :]])


def _shrunk(words: Sequence[str], chance: random.Random) -> str:
    return " ".join([words[0], *(f"{word[0]}." for word in words[1:-1]), words[-1]])


def _reversed(words: Sequence[str], chance: random.Random) -> str:
    comma = "," if chance.random() < 0.5 else ""
    return " ".join([f"{words[-1]}{comma}", *words[:-1]])


def _firm(words: Sequence[str], chance: random.Random) -> str:
    return " ".join([*words, chance.choice(_FIRMS)])


def _acronym(words: Sequence[str], chance: random.Random) -> str:
    short = acronym_of(" ".join(words)).upper()
    return ".".join(short) + "." if short and chance.random() < 0.3 else short


def _article(words: Sequence[str], chance: random.Random) -> str:
    return " ".join(words[1:] if words[0] in ("The", "the") else ["the", *words])


def _blank(words: Sequence[str], chance: random.Random) -> str:
    if len(words) == 1:
        return ""
    place = chance.randrange(1, len(words))
    glue = chance.choice(["-", ""])
    return " ".join(words[:place]) + glue + " ".join(words[place:])


def _slip(words: Sequence[str], chance: random.Random) -> str:
    place = max(range(len(words)), key=lambda i: len(words[i]))
    word = words[place]
    if len(word) < 6:
        return ""
    at = chance.randrange(2, len(word) - 1)
    match chance.randrange(3):
        case 0:
            word = word[:at] + word[at + 1 :]
        case 1:
            word = word[:at] + word[at] + word[at:]
        case _:
            word = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    return " ".join([*words[:place], word, *words[place + 1 :]])


def _sounded(words: Sequence[str], chance: random.Random) -> str:
    """Return the name as another transliteration might spell it."""
    place = max(range(len(words)), key=lambda i: len(words[i]))
    word = words[place]
    tried = list(_SOUNDS)
    chance.shuffle(tried)
    for old, new in tried:
        if old in word[1:]:
            word = word[0] + word[1:].replace(old, new, 1)
            break
    else:
        at = [i for i, letter in enumerate(word) if i and letter in _VOWELS]
        if not at:
            return ""
        i = chance.choice(at)
        word = word[:i] + _VOWELS[word[i]] + word[i + 1 :]
    return " ".join([*words[:place], word, *words[place + 1 :]])
