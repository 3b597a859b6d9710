"""What question and text share: a code for each word, added to the encoder's embeddings.

Knowing which words of a text recur in the question helps a reader (the exact-match feature of
Chen et al. 2017); here the words of the question are marked too, so that a name in it which the
text does not hold can be seen to be missing.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["MARKS", "marks_of", "says_little", "stem"]

#: How many codes there are; 0 stands for the pieces that mark the ends.
MARKS = 9


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = _words(
    "a about after all an and any are as at be because been before being between both but by can "
    "did do does during each for from had has have he her him his how i if in into is it its many "
    "may more most much no not of on one only or other our out over she so some such than that the "
    "their them then there these they this those through to under until up was we were what when "
    "where which while who whom whose why will with would you name kind type year ' 's ’s"
)
_ALIKE = 5


def stem(word: str) -> str:
    """Return what is compared of a word: its lower-case letters without an English ending.

    >>> stem("Discovered"), stem("discovers"), stem("bodies"), stem("1999")
    ('discover', 'discover', 'body', '1999')
    """
    lower = word.casefold()
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if lower.endswith(ending) and len(lower) - len(ending) >= 3 and not lower.endswith("ss"):
            return lower[: -len(ending)] + instead
    return lower


def says_little(word: str) -> bool:
    """Return whether a word is too common to tell what is meant, or no word at all.

    >>> says_little("the"), says_little("?"), says_little("neutron")
    (True, True, False)
    """
    return word.casefold() in _COMMON or not any(map(str.isalnum, word))


def marks_of(question: Sequence[str], text: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return a code in [1, `MARKS`) for each word of the question and for each of the text.

    Question: 1 common, 2 missing from the text, 3 in it, 4 some word of it begins alike. Text: 5
    other, 6 common and in the question, 7 in the question, 8 begins like a word of it.

    >>> marks_of("who discovered neutrons".split(), "the neutron was Chadwick 's discovery".split())
    ([1, 4, 3], [5, 7, 5, 5, 5, 8])
    """
    asked, told = _Bag(question), _Bag(text)
    first = [1 if common else (2, 4, 3)[told.holds(key)] for key, common in asked.keys]
    second = [
        (6 if key in asked.common else 5) if common else (5, 8, 7)[asked.holds(key)]
        for key, common in told.keys
    ]
    return first, second


class _Bag:
    """Words by stem; `common` holds those that say little of what is meant."""

    def __init__(self, words: Sequence[str]) -> None:
        self.keys = [
            (word.casefold(), True) if says_little(word) else (stem(word), False) for word in words
        ]
        self.common = {key for key, common in self.keys if common}
        self.rare = {key for key, common in self.keys if not common}
        self.begun = {key[:_ALIKE] for key in self.rare if len(key) >= _ALIKE and key.isalpha()}

    def holds(self, key: str) -> int:
        """2: this word is in the bag; 1: one that begins alike; 0: none."""
        if key in self.rare:
            return 2
        return int(len(key) >= _ALIKE and key[:_ALIKE] in self.begun)
