"""What an entity has one of at most, told from facts: two years of birth are two people."""

from __future__ import annotations

import re
from datetime import date

from kgkit.facts import Entity, Fact, Literal

__all__ = ["single_value", "value_of", "work_kind"]

_YEAR = re.compile(r"\b(\d{3,4})\b")
_BLANK = re.compile(r"[\W_]+")

#: Relations whose tail is a time, by what they give.
_TIMES = {
    "birth_year": ("born", "born in", "born on", "date of birth", "birth date", "bear in"),
    "death_year": (
        "die in", "die on", "died in", "died on", "died", "date of death", "death date",
        "killed in", "killed on", "assassinated in", "assassinated on",
    ),
    "release_year": ("released in", "released on", "release date", "publication date",
                     "published in"),
}  # fmt: skip
_KEY_OF = {words: key for key, several in _TIMES.items() for words in several}
_WORKS = {
    "film": "film", "movie": "film", "picture": "film", "documentary": "film", "album": "album",
    "song": "song", "single": "song", "novel": "book", "book": "book", "opera": "opera",
    "play": "play", "magazine": "magazine", "newspaper": "newspaper", "painting": "painting",
    "sitcom": "series", "series": "series",
}  # fmt: skip
_IS = frozenset({"instance of", "is a", "genre", "type"})


def value_of(relation: str, tail: str) -> tuple[str, str] | None:
    """Return what a relation and its tail say that an entity has one of: (key, value), or None.

    >>> value_of("date of birth", "7 November 1867"), value_of("INSTANCE_OF", "comedy film")
    (('birth_year', '1867'), ('work_kind', 'film'))
    """
    words = _BLANK.sub(" ", relation).strip().lower()
    if words in _IS:
        kind = work_kind(tail)
        return ("work_kind", kind) if kind else None
    key = _KEY_OF.get(words)
    year = _YEAR.search(tail) if key else None
    return (key, year[1]) if key and year else None


def single_value(fact: Fact) -> tuple[str, str] | None:
    """Return what an asserted fact says that its head has one of: (key, value), or None."""
    if not fact.is_asserted:
        return None
    tail = fact.tail
    if isinstance(tail, Entity):
        found = value_of(fact.relation, tail.name)
        return found if found and found[0] == "work_kind" else None
    return value_of(fact.relation, _shown(tail))


def work_kind(noun: str) -> str:
    """Return the kind of work that a noun phrase names by its last word, "" for none.

    >>> work_kind("silent comedy film"), work_kind("physicist")
    ('film', '')
    """
    words = noun.lower().split()
    return _WORKS.get(words[-1], "") if words else ""


def _shown(literal: Literal) -> str:
    if literal.datatype not in ("date", "dateTime", "gYear", "gYearMonth"):
        return ""
    value = literal.value
    return value.isoformat() if isinstance(value, date) else str(value)
