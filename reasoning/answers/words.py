"""Words, and which of them share a root: discoverer and discovered, wife and married."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["LIGHT", "VERBS_IN_ER", "Word", "akin", "fold", "listed", "root", "roots", "words"]

_WORD = re.compile(r"[^\W_]+(?:-in-law|[’'](?![sS]\b)[^\W_]+)*")


def listed(text: str) -> frozenset[str]:
    """Return the words of a list written with blanks.

    >>> sorted(listed("of in"))
    ['in', 'of']
    """
    return frozenset(text.split())


#: Verbs that look as if they named a doer.
VERBS_IN_ER = listed(
    "discover deliver recover consider enter offer order answer alter suffer differ register "
    "gather remember cover transfer refer prefer administer conquer shelter render monitor "
    "uncover murder sponsor honor encounter trigger bother foster master wander empower"
)
#: Words that carry no relation of their own.
LIGHT = listed(
    "a an the of in on at to for from by with as into about between among after before "
    "during and or but nor than then there here that this these those it its he his "
    "him she her hers they their them who whom whose which what when where why how is "
    "are was were be been being am do does did done has have had having will would can "
    "could shall should may might must not no also both either other one ones any some "
    "s same so very it's name called known list give tell show me find please "
    "first-named former latter get got become became made make many much long old"
)

#: Forms that no suffix rule reaches: irregular verbs of English and nouns that go with verbs.
_IRREGULAR = {
    form: base
    for base, forms in {
        "birth": "born birthplace birthday birthdate bear bore native",
        "die": "died dies dying death dead deathplace",
        "marri": "marry married marries marriage wife husband spouse wed wedded wives widow",
        "win": "won wins winner winning",
        "write": "wrote written writes writer writing author authored",
        "lead": "led leader leading",
        "teach": "taught teacher teaching",
        "build": "built builder",
        "hold": "held holder",
        "give": "gave given",
        "take": "took taken",
        "grow": "grew grown",
        "begin": "began begun beginning",
        "speak": "spoke spoken",
        "find": "finds",
        "found": "founded founder foundation founding founders co-founded cofounded",
        "sing": "sang sung singer",
        "buy": "bought buyer",
        "sell": "sold seller sale",
        "make": "maker",
        "fight": "fought",
        "succeed": "successor succession succeeded",
        "choose": "chose chosen choice",
        "draw": "drew drawn",
        "fly": "flew flown flight",
        "know": "knew",
        "lie": "lies lay",
        "meet": "met",
        "run": "ran",
        "rule": "ruler reign reigned",
        "see": "saw seen",
        "leave": "left",
        "bury": "burial buried",
        "locate": "location located lies situated",
        "nation": "nationality national country citizen citizenship",
        "study": "studied student studies alma graduate graduated graduation educated education "
        "attend attended",
        "child": "children",
        "woman": "women",
        "man": "men",
    }.items()
    for form in forms.split()
}
_SUFFIXES = (
    *("ations", "ation", "itions", "ition", "ments", "ment", "ances", "ance", "ences", "ence"),
    *("ings", "ing", "ions", "ion", "ers", "ors", "er", "or", "ies", "ied", "ed", "es", "al"),
    *("y", "s", "e"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word at characters [start, end) of a text, and its root."""

    start: int
    end: int
    text: str
    root: str


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text without case and accents.

    >>> fold("Skłodowska É")
    'skłodowska e'
    """
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """Return the root that words of one family share; not a word of English.

    >>> root("discoverer") == root("discovered") == root("discovery")
    True
    >>> root("director") == root("directed"), root("born") == root("birthplace")
    (True, True)
    """
    plain = fold(word)
    if plain in _IRREGULAR:
        return _IRREGULAR[plain]
    if plain in VERBS_IN_ER:
        return plain
    for suffix in _SUFFIXES:
        if plain.endswith(suffix) and len(plain) - len(suffix) >= _least(suffix):
            plain = plain[: -len(suffix)]
            break
    if len(plain) > 3 and plain[-1] == plain[-2] and plain[-1] not in "aeiouls":
        plain = plain[:-1]
    if len(plain) > 3 and plain[-1] in "eiy":
        plain = plain[:-1]
    return _IRREGULAR.get(plain, plain)


def words(text: str) -> list[Word]:
    """Return the words of a text in order.

    >>> [w.text for w in words("Who was Curie's husband?")]
    ['Who', 'was', 'Curie', 's', 'husband']
    """
    return [Word(m.start(), m.end(), m[0], root(m[0])) for m in _WORD.finditer(text)]


def roots(text: str) -> frozenset[str]:
    """Return the roots of the words of a text that carry meaning."""
    return frozenset(w.root for w in words(text) if fold(w.text) not in LIGHT)


@lru_cache(maxsize=262144)
def akin(left: str, right: str) -> bool:
    """Return whether two roots belong together: equal, or nearly the same beginning.

    >>> akin(root("producer"), root("production"))
    True
    """
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    shared = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    return (shared >= 5 and shared >= len(long) - 3) or 4 <= shared == len(short) >= len(long) - 2


def _least(suffix: str) -> int:
    return 3 if suffix in ("s", "ed", "ing", "er", "or", "es", "ers", "ors", "e", "y") else 4
