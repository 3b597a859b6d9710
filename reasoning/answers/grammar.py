"""The small words that give a question its shape."""

from __future__ import annotations

from reasoning.answers.words import LIGHT, Word, fold, listed

__all__ = ["AUX", "BE", "DET", "JOIN", "WH", "carries"]

AUX = listed("is are was were did does do has have had can could will would should may might am")
BE = frozenset(["is", "are", "was", "were"])
WH = listed("who whom whose where when what which how")
DET = listed("the a an his her its their this that")
JOIN = listed("of by in at on to from with for during")


def carries(word: Word) -> bool:
    """Return whether the word can say a relation."""
    return fold(word.text) not in LIGHT and len(word.text) > 1
