"""A passage as the reader gets it: words that stand for the entity say its name.

A reader is shown one passage and not the document, so "She was born in Aarhus" would be lost on
it. What answers is found in the new wording and brought back to the characters of the document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgkit.facts import Chunk, Mention

__all__ = ["Passage", "bare_name", "passage_about"]

_OWN = frozenset(["his", "its", "their", "whose"])
_BRACKET = re.compile(r"\s+\([^()]*\)$")
_NEXT_WORD = re.compile(r"\s+[^\W_]")


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is that of the chunk with some words replaced; `parts` has, for each run that was
    kept, where it begins there, where in the document, and how many characters it has."""

    chunk: Chunk
    text: str
    parts: tuple[tuple[int, int, int], ...]

    def in_document(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the characters of the document that [start, end) of the text is, or None where
        it has replaced words or is no span.

        >>> chunk = Chunk("d", 0, 10, 14, "He x", ((10, 14),))
        >>> passage = Passage(chunk, "Ada x", ((3, 12, 2),))
        >>> passage.in_document(4, 5), passage.in_document(0, 5)
        ((13, 14), None)
        """
        for begin, origin, size in self.parts:
            if begin <= start < end <= begin + size:
                return origin + start - begin, origin + end - begin
        return None

    def sentence(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the sentence of the document that holds these characters of it, or None."""
        return next((s for s in self.chunk.sentences if s[0] <= start and end <= s[1]), None)


def passage_about(chunk: Chunk, name: str, mentions: Sequence[Mention]) -> Passage:
    """Return a chunk as a passage on what these mentions in it name.

    Pronouns become the name, and so does the first of its mentions where that is shorter.
    """
    text, parts, done = "", [], chunk.start
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    for number, mention in enumerate(ordered):
        is_short = number == 0 and _is_part(mention.text, name)
        if mention.start < done or not (mention.kind == "pronoun" or is_short):
            continue
        kept = chunk.text[done - chunk.start : mention.start - chunk.start]
        parts.append((len(text), done, len(kept)))
        text += kept + name + ("'s" if _is_possessive(mention, chunk) else "")
        done = mention.end
    kept = chunk.text[done - chunk.start :]
    parts.append((len(text), done, len(kept)))
    return Passage(chunk, text + kept, tuple(parts))


def bare_name(name: str) -> str:
    """Return a name without the bracket that tells it from others.

    >>> bare_name("Alien (film)")
    'Alien'
    """
    return _BRACKET.sub("", name)


def _is_part(text: str, name: str) -> bool:
    return text != name and set(text.split()) < set(name.split())


def _is_possessive(mention: Mention, chunk: Chunk) -> bool:
    word = mention.text.lower()
    follows = _NEXT_WORD.match(chunk.text, mention.end - chunk.start) is not None
    return word in _OWN or (word == "her" and follows)
