"""Words of texts, and what each adds to a passage's BM25 score."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["Word", "WordScores", "fold", "words"]

_WORD = re.compile(r"\w+(?:['’.]\w+)*")
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and its [start, end) in characters of the text."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text with case and accents folded.

    >>> fold("Élysée’s")
    "elysee's"
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[Word]:
    """Return the words of a text in order; a possessive ending is not part of its word.

    >>> [word.folded for word in words("Curie's radium, U.S. made")]
    ['curie', 'radium', 'u.s', 'made']
    """
    found = []
    for match in _WORD.finditer(text):
        folded, end = fold(match.group()), match.end()
        if folded.endswith("'s"):
            folded, end = folded[:-2], end - 2
        found.append(Word(folded, match.start(), end))
    return found


@dataclass(frozen=True, slots=True)
class WordScores:
    """BM25 (Robertson and Zaragoza 2009; k1 = 1.2, b = 0.75), one row a word, one column a passage.

    A search engine gives sums; a walk also asks which words a second passage adds to a first.
    """

    rows: dict[str, int]
    scores: csr_array[np.float32]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, passages: Iterable[Sequence[Word]]) -> WordScores:
        """Return the scores of every word; `weights` holds the most that a word can add."""
        from scipy.sparse import csr_array

        rows: dict[str, int] = {}
        sizes: list[int] = []
        cells = array("q")
        for number, passage in enumerate(passages):
            counts = Counter(word.folded for word in passage)
            sizes.append(len(passage))
            for word, times in counts.items():
                cells.extend((rows.setdefault(word, len(rows)), number, times))
        row, column, count = np.array(cells).reshape(-1, 3).T
        found_in = np.bincount(row, minlength=len(rows))
        rarity = np.log1p((len(sizes) - found_in + 0.5) / (found_in + 0.5))
        length = np.array(sizes) / max(1.0, float(np.mean(sizes or [0])))
        values = rarity[row] * count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * length[column]))
        shape = (len(rows), len(sizes))
        scores = csr_array((values.astype(np.float32), (row, column)), shape=shape)
        return cls(rows, scores, (rarity * (_K1 + 1)).astype(np.float32))

    def of_question(self, question: str) -> tuple[NDArray[np.float32], float]:
        """Return [words, passages], a row for each known word of the question, and their weight."""
        known = sorted({self.rows[w.folded] for w in words(question) if w.folded in self.rows})
        return self.scores[known].toarray(), float(self.weights[known].sum())
