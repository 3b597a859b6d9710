"""Whether a text calls a name a thing of some type: "Alien is a horror film", "the film Alien"."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.slots.questions import words_of

__all__ = ["is_called"]

#: Words that end what a noun phrase says before its noun.
_STOP = r"(?:about|and|at|by|for|from|in|of|on|that|to|which|who|whose|with)"


def is_called(text: str, start: int, end: int, type: str) -> bool:
    """Return whether the text calls its characters [start, end) a `type`, before or after them.

    >>> is_called("Alien (1979) is a science fiction film by Scott.", 0, 5, "Film")
    True
    >>> is_called("Ridley Scott is the director of a film.", 0, 12, "Film")
    False
    >>> is_called("He saw the film Alien.", 16, 21, "Film")
    True
    """
    after, before = _patterns(type)
    return bool(after.match(text, end) or before.search(text[max(0, start - 40) : start]))


@lru_cache(maxsize=256)
def _patterns(type: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    noun = r"\s+".join(map(re.escape, words_of(type))) or r"(?!)"
    phrase = rf"(?:(?!\b{_STOP}\b)[^.;:]){{0,60}}?\b{noun}s?\b"
    being = r"\s*(?:\([^()]*\)\s*)?(?:,|\b(?:is|was|are|were)\b)\s+(?:an?|the|one\s+of\s+the)\b"
    after = being + phrase
    return re.compile(after, re.IGNORECASE), re.compile(rf"\b{noun}\s+\W?$", re.IGNORECASE)
