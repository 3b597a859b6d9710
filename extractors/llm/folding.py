"""Text without what makes equal words look different, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Folded", "fold"]

#: Characters that are not seen: soft hyphen, zero-width signs, direction marks, byte order mark.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
_SINGLE = dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4`\u2032", "'")
_DOUBLE = dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
_SAME = _DASHES | _SINGLE | _DOUBLE


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; character i of it comes from the original's character `origins[i]`."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the original's [start, end) of a span, None where it would cut a character."""
        first, last = self.origins[start], self.origins[end - 1]
        if start > 0 and self.origins[start - 1] == first:
            return None
        if end < len(self.origins) and self.origins[end] == last:
            return None
        return first, last + 1


def fold(text: str) -> Folded:
    """Return a text with case, accents, width, blanks, quotes and dashes made equal.

    >>> fold("São\\u00a0 Paulo’s").text
    "sao paulo's"
    """
    letters: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        if character.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                origins.append(place)
            continue
        if _UNSEEN.match(character):
            continue
        for part in unicodedata.normalize("NFKD", _SAME.get(character, character)):
            if not unicodedata.combining(part):
                same = _SAME.get(part, part).casefold()
                letters.extend(same)
                origins.extend([place] * len(same))
    if letters and letters[-1] == " ":
        letters.pop()
        origins.pop()
    return Folded("".join(letters), tuple(origins))
