"""Replacing the names of entities wherever texts mention them: whole words, longest name first.

Names are looked up word by word, so the cost is that of reading the texts, however many names
there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["Renaming"]

_WORD = re.compile(r"\w+|[^\w\s]")


class Renaming:
    """New names for old ones.

    Upper and lower case do not matter to what is found. A name of several words is found before
    a shorter one that begins it.

    >>> Renaming({"New York": "Xab", "York": "Qum"}).of("From York to New York, New Yorkers")
    'From Qum to Xab, New Yorkers'
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._longest: dict[str, int] = {}
        for old, new in names.items():
            words = tuple(_WORD.findall(old.lower()))
            if words:
                self._names.setdefault(words, new)
                self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def of(self, text: str) -> str:
        """Return the text with every name that it mentions replaced."""
        found = list(_WORD.finditer(text))
        words = [match.group().lower() for match in found]
        parts: list[str] = []
        done = place = 0
        while place < len(words):
            length = self._match(words, place)
            if length:
                parts += [text[done : found[place].start()], self._new(words, place, length)]
                done = found[place + length - 1].end()
            place += max(1, length)
        return "".join([*parts, text[done:]])

    def _match(self, words: list[str], place: int) -> int:
        longest = min(self._longest.get(words[place], 0), len(words) - place)
        for length in range(longest, 0, -1):
            if tuple(words[place : place + length]) in self._names:
                return length
        return 0

    def _new(self, words: list[str], place: int, length: int) -> str:
        return self._names[tuple(words[place : place + length])]
