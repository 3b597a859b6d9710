"""Which texts are names at all: rules over words, given as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

__all__ = ["Words", "english_lone_words", "english_stop_words", "folded", "words_of"]

_EDGE = re.compile(r"^\W|\W$")
_WORD = re.compile(r"\w+(?:[-'’./]\w+)*")


@cache
def english_stop_words() -> frozenset[str]:
    """Return the built-in list of words that are no entity, in lower case."""
    return _listed("stopwords.txt")


@cache
def english_lone_words() -> frozenset[str]:
    """Return the built-in list of words that are an entity only beside others ("New York")."""
    return _listed("lonewords.txt")


def _listed(name: str) -> frozenset[str]:
    text = files("extractors.harvest.search").joinpath(name).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def folded(text: str) -> str:
    """Return a name as names are compared: casing and spacing do not count."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class Words:
    """What a name may look like.

    It neither begins nor ends with a word of `stop`, is not just a word of `alone`, has at least
    `letters` characters, no word twice and no word of one letter. `digits` allows names without a
    letter, such as years. Other languages bring their own words.

    >>> Words().allow("bank of england"), Words().allow("the bank"), Words().allow("1979")
    (True, False, False)
    """

    stop: frozenset[str] = field(default_factory=english_stop_words)
    alone: frozenset[str] = field(default_factory=english_lone_words)
    letters: int = 2
    digits: bool = False

    def allow(self, text: str) -> bool:
        """Whether a text may be a name by itself."""
        words = folded(text).split()
        if not words or len(text) < self.letters or _EDGE.search(text):
            return False
        if words[0] in self.stop or words[-1] in self.stop or len(set(words)) < len(words):
            return False
        if len(words) == 1 and words[0] in self.alone:
            return False
        if not self.digits and not any(character.isalpha() for character in text):
            return False
        return not any(len(word) == 1 and word.isalpha() for word in words)

    def allow_together(self, entities: Sequence[str]) -> bool:
        """Whether none of the names is, or is a part of, another."""
        padded = [f" {folded(entity)} " for entity in entities]
        return not any(
            one in other for i, one in enumerate(padded) for j, other in enumerate(padded) if i != j
        )

    def allow_beside(self, text: str, sentences: Iterable[str]) -> bool:
        """Whether a name is not itself a part of the sentences, which are folded and padded."""
        padded = f" {folded(text)} "
        return not any(padded in sentence for sentence in sentences)


def words_of(text: str) -> str:
    """Return a sentence folded, without its signs, padded with a space at both ends."""
    return f" {' '.join(_WORD.findall(folded(text)))} "
