"""How a name is compared: in plain letters, without titles, with its initials and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["NameForm", "acronym_of", "form_of", "is_title", "skeleton"]

_BRACKET = re.compile(r"\s*\(([^()]*)\)?\s*$")
_GENITIVE = re.compile(r"['’`]s\b")
_APOSTROPHE = re.compile(r"['’`´]")
_OTHER = re.compile(r"[^a-z0-9]+")
_ROMAN = re.compile(r"^(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words(
    "mr mrs ms miss dr prof professor sir dame lord lady president senator sen gov governor gen "
    "general captain capt col colonel lt major sgt admiral king queen emperor empress prince "
    "princess duke duchess count countess earl baron baroness viscount marquess marquis archduke "
    "archduchess tsar tsarina sultan emir sheikh sheikha shaikh pope cardinal bishop archbishop "
    "rev reverend father sister brother rabbi imam saint highness majesty justice judge his her "
    "crown infante infanta lieut hon consort margrave margravine landgrave landgravine elector "
    "electress marquise marchioness viscountess brigadier"
)
_FEMALE = _words(
    "mrs ms miss dame lady queen empress princess duchess countess baroness archduchess tsarina "
    "sheikha sister her infanta margravine landgravine electress marquise marchioness viscountess"
)
_MALE = _words(
    "mr sir lord king emperor prince duke count earl baron viscount marquess archduke tsar sultan "
    "emir sheikh shaikh pope father brother his infante margrave landgrave elector"
)
_FIRMS = _words("inc incorporated ltd limited llc corp corporation plc co company gmbh ag sa srl")
_SMALL = _words(
    "of the and for in on at de la le du des von van der den di da do dos das del y e et und fur al"
)
_ARTICLES = _words("the a an")
_JUNIOR = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr"}
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "and": "and", "fort": "ft"}


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name as it is compared.

    `tokens` are all its words, `core` those without `titles`, articles and the form of a firm;
    `numbers` the digits, roman numerals and "jr" in it; `bracket` what stood in brackets at its
    end; `gender` "f", "m" or "" by its titles; `acronym` what its capitals would make.
    """

    text: str
    tokens: tuple[str, ...]
    core: tuple[str, ...]
    titles: tuple[str, ...]
    numbers: tuple[str, ...]
    bracket: str
    gender: str
    acronym: str
    skeleton: str

    @property
    def key(self) -> str:
        """The words of the core, joined by blanks."""
        return " ".join(self.core)

    @property
    def squashed(self) -> str:
        """The core without blanks: "u s" and "us" are one."""
        return "".join(self.core)


@lru_cache(maxsize=200_000)
def form_of(name: str) -> NameForm:
    """Return the form in which a name is compared; every script is written in plain letters.

    >>> form_of("Sir Arthur C. Doyle").key, form_of("Владимир Ленин").key
    ('arthur c doyle', 'vladimir lenin')
    >>> form_of("Alien (film)").bracket, form_of("Louis XIV").numbers
    ('film', ('14',))
    """
    plain = _plain(name)
    found = _BRACKET.search(plain)
    bracket, body = "", plain
    if found and found.start() > 0:
        bracket, body = " ".join(_tokens(found[1])), plain[: found.start()]
    tokens = _tokens(body) or _tokens(plain)
    core, titles = _core(tokens)
    return NameForm(
        name,
        tokens,
        core,
        tuple(sorted(set(titles) - _ARTICLES)),
        _numbers(tokens),
        bracket,
        _gender(titles),
        acronym_of(name),
        " ".join(filter(None, map(skeleton, core))),
    )


def is_title(word: str) -> bool:
    """Return whether a lower-case word is a title that stands before names: "sir", "countess"."""
    return word in _TITLES


def skeleton(word: str) -> str:
    """Return the consonants of a word by their sound, the first vowel as "a" where it begins.

    Transliterations of one name mostly differ in vowels and in letters of one sound.

    >>> skeleton("tchaikovsky") == skeleton("chaikovskii"), skeleton("john") == skeleton("joan")
    (True, True)
    """
    if word.isdigit():
        return word
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    out: list[str] = []
    for place, letter in enumerate(word):
        if letter in "aeiouyh":
            if place == 0:
                out.append("a")
            continue
        sound = _ONE_SOUND.get(letter, letter)
        if letter == "c":
            sound = "s" if word[place + 1 : place + 2] in ("e", "i", "y") else "k"
        if not out or out[-1] != sound:
            out.append(sound)
    return "".join(out)


def acronym_of(name: str) -> str:
    """Return the first letters of the words of a name that bear meaning; "" for a single word.

    >>> acronym_of("Federal Bureau of Investigation"), acronym_of("Paris")
    ('fbi', '')
    """
    words = [w for w in _tokens(_BRACKET.sub("", _plain(name))) if w not in _SMALL]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


#: Letters of one sound; a capital keeps what was replaced from being read as "c".
_SOUNDS = (
    ("tsch", "C"), ("tch", "C"), ("sch", "s"), ("ph", "f"), ("kh", "k"), ("zh", "s"),
    ("ts", "s"), ("tz", "s"), ("cz", "C"), ("sz", "s"), ("ch", "C"), ("sh", "s"), ("th", "t"),
    ("ck", "k"), ("ij", "i"), ("x", "ks"), ("C", "s"),
)  # fmt: skip
_ONE_SOUND = {"q": "k", "z": "s", "w": "v", "f": "v", "d": "t", "b": "p", "g": "k", "j": "s"}


def _plain(name: str) -> str:
    from anyascii import anyascii

    text = anyascii(name).lower().replace("&", " and ")
    return _APOSTROPHE.sub("", _GENITIVE.sub("s", text))


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_SHORT.get(word, word) for word in _OTHER.sub(" ", text).split())


def _core(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = list(tokens)
    titles = []
    while len(words) > 1 and (words[0] in _TITLES or words[0] in _ARTICLES):
        if words[1] in ("of", "for") or (len(words) == 2 and _numeral(words[1])):
            break  # "Duke of York", "Prince II"
        if all(word in _TITLES for word in words[1:]):
            break  # "Major General"
        titles.append(words.pop(0))
    while len(words) > 1 and words[-1] in _FIRMS:
        words.pop()
    return tuple(words), tuple(titles)


def _gender(titles: tuple[str, ...]) -> str:
    if any(title in _FEMALE for title in titles):
        return "f"
    return "m" if any(title in _MALE for title in titles) else ""


def _numbers(tokens: tuple[str, ...]) -> tuple[str, ...]:
    found = []
    for place, token in enumerate(tokens):
        if any(c.isdigit() for c in token):
            found.append("".join(c for c in token if c.isdigit()).lstrip("0") or "0")
        elif place and token in _JUNIOR:
            found.append(_JUNIOR[token])
        elif place and (value := _numeral(token)):
            found.append(value)
    return tuple(sorted(found))


def _numeral(token: str) -> str:
    """Return what a roman numeral below 40 stands for; "" for anything else, "x" and "v" too."""
    if not _ROMAN.match(token) or token in ("v", "x"):
        return ""
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for letter, after in zip(token, [*token[1:], ""], strict=True):
        value = values[letter]
        total += -value if after and values[after] > value else value
    return str(total)
