"""Tokenised text back to text as people write it."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["join", "respace"]

_NO_SPACE_BEFORE = frozenset([*".,;:?!)]}%'", "'s", "n't", "’s", "'ll", "..."])
_NO_SPACE_AFTER = {"(", "[", "{", "$", "£", "€", "#"}
_TIGHT = {"-", "–", "/"}


def join(tokens: Sequence[str]) -> tuple[str, list[int]]:
    """Return the tokens with one blank between them, and where each begins."""
    return _place(tokens, [False] * len(tokens))


def respace(tokens: Sequence[str]) -> tuple[str, list[int]]:
    """Return the text with blanks as in print, as far as rules can tell, and where tokens begin.

    >>> respace('The two - year deal ( 1997 ) was " good " .'.split())[0]
    'The two-year deal (1997) was "good".'
    """
    glued = []
    quoted = False
    after_opening = True
    for token in tokens:
        tight = after_opening or token in _NO_SPACE_BEFORE or token in _TIGHT
        after_opening = token in _NO_SPACE_AFTER or token in _TIGHT
        if token == '"':
            tight = tight or quoted
            after_opening = not quoted
            quoted = not quoted
        glued.append(tight)
    return _place(tokens, glued)


def _place(tokens: Sequence[str], glued: Sequence[bool]) -> tuple[str, list[int]]:
    text, starts = "", []
    for i, (token, tight) in enumerate(zip(tokens, glued, strict=True)):
        text += "" if i == 0 or tight else " "
        starts.append(len(text))
        text += token
    return text, starts
