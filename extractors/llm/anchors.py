"""Where a text says a name: exactly, or but for case, accents, blanks and quotes; never nearly."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from extractors.llm.folding import Folded, fold

__all__ = ["Passage", "Span"]

#: [start, end) in characters.
Span = tuple[int, int]

_MOST = 50
#: Signs that are part of a name: "C" is not "C++" or "C#".
_SIGNS = ("++", "#")


class Passage:
    """A text in which names are looked for; spans count from its start.

    >>> passage = Passage("Annual report. ANN and  Bob-Lee met ann.")
    >>> passage.find("Ann"), passage.find("Bob–Lee"), passage.find("Carl")
    (((15, 18), (36, 39)), ((24, 31),), ())
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, name: str) -> tuple[Span, ...]:
        """Return where the name stands as whole words: exact places, else folded ones."""
        exact = self._places(self.text, name)
        found = [(place, place + len(name)) for place in exact]
        whole = [self._with_marks(span) for span in found if self._is_whole(span)]
        if whole:
            return tuple(whole)
        key = fold(name).text
        spans = (self._folded.span(p, p + len(key)) for p in self._places(self._folded.text, key))
        full = (self._with_marks(span) for span in spans if span is not None)
        return tuple(span for span in full if self._is_whole(span))

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.text)

    @staticmethod
    def _places(text: str, name: str) -> list[int]:
        places: list[int] = []
        place = text.find(name) if name else -1
        while place >= 0 and len(places) < _MOST:
            places.append(place)
            place = text.find(name, place + len(name))
        return places

    def _with_marks(self, span: Span) -> Span:
        """Return a span with the accents that follow its last letter."""
        start, end = span
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        return start, end

    def _is_whole(self, span: Span) -> bool:
        start, end = span
        text = self.text
        left = start > 0 and _joined(text[start - 1], text[start])
        right = end < len(text) and _joined(text[end - 1], text[end])
        signs = text[end - 1].isalnum() and text.startswith(_SIGNS, end)
        return not left and not right and not signs


def _joined(left: str, right: str) -> bool:
    """Whether two neighbours belong to one word, in scripts that put blanks between words."""
    return _in_word(left) and _in_word(right)


def _in_word(character: str) -> bool:
    # From U+2E80 on: Chinese, Japanese, Korean. Thai, Lao, Myanmar and Khmer write no blanks.
    code = ord(character)
    unspaced = code >= 0x2E80 or 0x0E00 <= code < 0x0F00 or 0x1000 <= code < 0x10A0
    unspaced = unspaced or 0x1780 <= code < 0x1800
    return (character.isalnum() or character == "_") and not unspaced
