"""Whether two values are one: names written alike, a place and its people, a day and its year."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.align.demonyms import place_of
from kgkit.errors import QueryError
from kgkit.facts import Entity, Literal
from kgkit.ids import normalise_name
from reasoning.logic.values import Cell, compare

__all__ = ["bare_name", "is_itself", "same", "same_form", "same_name"]

_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_ARTICLE = re.compile(r"^(?:the|an?)\s+")


def same(one: Cell, other: Cell) -> bool:
    """Return whether two cells stand for one thing.

    >>> same(Entity.named("French"), Entity.named("France"))
    True
    >>> same(Literal(1903, "gYear"), Entity.named("1903"))
    True
    """
    if isinstance(one, Entity) and isinstance(other, Entity):
        return one.id == other.id or same_name(one.name, other.name)
    if isinstance(one, Literal) and isinstance(other, Literal):
        return _equal(one, other)
    return same_name(_written(one), _written(other))


@lru_cache(maxsize=16384)
def same_name(one: str, other: str) -> bool:
    """Return whether two names are written alike but for case, article and bracket, or one is
    what the people or things of the other place are called.

    >>> same_name("The Alien (1979 film)", "alien"), same_name("U.S.", "American")
    (True, True)
    """
    left, right = bare_name(one), bare_name(other)
    if left == right:
        return bool(left)
    place = place_of(one)
    return bool(place) and place == place_of(other)


def same_form(one: str, other: str) -> bool:
    """Return whether two names are written alike but for case, article and bracket."""
    return bare_name(one) == bare_name(other)


@lru_cache(maxsize=16384)
def bare_name(name: str) -> str:
    """Return a name as it is compared: folded, without article and bracket.

    >>> bare_name("The Godfather (Film)")
    'godfather'
    """
    folded = normalise_name(_BRACKET.sub("", name))
    return _ARTICLE.sub("", folded) or folded


@lru_cache(maxsize=16384)
def is_itself(thing: str, name: str) -> bool:
    """Return whether a name is one of the thing itself: a part of its name, or spelt nearly so.

    >>> is_itself("Charles XIII of Sweden", "Carl XIII"), is_itself("Ada Byron", "Byron")
    (True, True)
    >>> is_itself("Mustafa IV", "Mustafa III")
    False
    """
    left, right = bare_name(thing).split(), bare_name(name).split()
    if not left or not right:
        return False
    if set(right) <= set(left):
        return True
    numerals = [{w for w in words if _NUMERAL.fullmatch(w)} for words in (left, right)]
    if numerals[0] != numerals[1]:
        return False
    first = left[: len(right)]
    alike = sum(_alike(a, b) for a, b in zip(first, right, strict=False))
    return alike == len(right) and (len(right) > 1 or bool(numerals[0]))


_NUMERAL = re.compile(r"[ivxl]+")


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one.replace("k", "c"), other.replace("k", "c")), key=len)
    return one == other or (len(short) >= 4 and short[0] == long[0] and _near(short, long))


def _near(short: str, long: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(short, long) >= 60


def _written(cell: Cell) -> str:
    return cell.name if isinstance(cell, Entity) else cell.text or str(cell.value)


def _equal(one: Literal, other: Literal) -> bool:
    try:
        return compare("=", one, other)
    except QueryError:  # quantities of two kinds
        return False
