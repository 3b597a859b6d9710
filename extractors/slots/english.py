"""Forms of English verbs, as far as the names of relations need them.

>>> base_form("directed"), base_form("wrote"), past_form("write"), past_form("marry")
('direct', 'write', 'wrote', 'married')
"""

from __future__ import annotations

import re
from importlib.resources import files

__all__ = ["base_form", "is_participle", "is_verb", "past_form"]

_PAST: dict[str, str] = {}
_BASE: dict[str, str] = {}
_PARTICIPLES = {"born"}
_NOUNS: set[str] = set()


def _learn(line: str) -> None:
    base, *forms = line.split()
    if base.endswith("*"):
        base = base[:-1]
        _NOUNS.add(base)
    past, participle = forms or (_regular_past(base), _regular_past(base))
    _PAST[base] = past
    _BASE[past] = _BASE[participle] = base
    _PARTICIPLES.add(participle)


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if len(base) > 2 and base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}ed"


for _line in files("extractors.slots").joinpath("verbs.txt").read_text("utf-8").splitlines():
    if not _line.startswith("#"):
        _learn(_line)
_SILENT = re.compile(r"(?:[cvzu]|[^s]s|[dr]g|[^aeo]at|[^aeiou]ut|ir|ur|or|[aiu]d|[aio]k)$")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


def is_verb(word: str, *, noun: bool = False) -> bool:
    """Return whether a word is a form of a verb that relations are named after.

    With `noun`, also one that is rather a noun.

    >>> [is_verb(w) for w in ("discovered", "employs", "authored", "author", "works", "director")]
    [True, True, True, False, False, False]
    """
    base = base_form(word)
    return base in _PAST and (noun or not (base in _NOUNS and word in (base, f"{base}s")))


def is_participle(word: str) -> bool:
    """Return whether a word may be a past participle.

    >>> is_participle("written"), is_participle("based"), is_participle("wrote")
    (True, True, False)
    """
    return word in _PARTICIPLES or (len(word) > 3 and word.endswith("ed") and word[-3] != "e")


def base_form(word: str) -> str:
    """Return the base of a form of a verb; a word that is none as it stands.

    >>> [base_form(w) for w in ("studied", "produces", "planned", "composed", "called", "died")]
    ['study', 'produce', 'plan', 'compose', 'call', 'die']
    """
    if word in _BASE or word in _PAST:
        return word if word in _PAST else _BASE[word]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _first_known([word[:-1], word[:-2], f"{word[:-3]}y"], word[:-1])
    if len(word) < 4 or not word.endswith("ed"):
        return word
    stem = word[:-2]
    likely = f"{stem}e" if _SILENT.search(stem) else stem
    if stem.endswith("i"):
        likely = f"{stem[:-1]}y" if len(stem) > 2 else f"{stem}e"
    elif _DOUBLED.search(stem):
        likely = stem[:-1]
    return _first_known([f"{stem}e", stem, likely], likely)


def past_form(base: str) -> str:
    """Return the simple past of a verb in its base form.

    >>> past_form("found"), past_form("name"), past_form("sing")
    ('founded', 'named', 'sang')
    """
    return _PAST.get(base) or _regular_past(base)


def _first_known(candidates: list[str], otherwise: str) -> str:
    return next((word for word in candidates if word in _PAST), otherwise)
