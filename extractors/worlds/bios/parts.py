"""Parts of names that nobody bears: any number of them, the same on every machine."""

from __future__ import annotations

from functools import lru_cache
from random import Random

__all__ = ["invented"]

_ONSETS = [*"bcdfghjklmnprstvwz", "br", "dr", "gr", "pr", "st", "tr"]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ea"]
_CODAS = ["l", "m", "n", "r", "s", "t", "nd", "rk", "lt", "ss"]
_ENDS = {
    "first": ["a", "o", "in", "ette", "us", "ard", "ine", "ik"],
    "middle": ["en", "al", "is", "or", "em", "yn", "ul", "as"],
    "last": ["sen", "ley", "mann", "ovic", "wick", "ford", "quist", "shaw"],
}


@lru_cache(maxsize=16)
def invented(kind: str, count: int) -> tuple[str, ...]:
    """Return so many names of a kind ("first", "middle", "last"), all of them different; fewer
    are the beginning of more.

    >>> invented("last", 3) == invented("last", 5)[:3], len(set(invented("last", 1000)))
    (True, 1000)
    """
    rng = Random(f"invented {kind}")
    found: dict[str, None] = {}
    syllables, tries = 1, 0
    while len(found) < count:
        word = "".join(
            rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(syllables)
        )
        name = (word + rng.choice(_ENDS[kind])).capitalize()
        tries = tries + 1 if name in found else 0
        syllables += tries > 20
        found[name] = None
    return tuple(found)
