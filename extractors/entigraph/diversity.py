"""How much a corpus repeats itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.entigraph.dedup import near_duplicates
from extractors.entigraph.text import Text

__all__ = ["Diversity", "diversity"]

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n")


@dataclass(frozen=True, slots=True)
class Diversity:
    """Shares from 0 to 1: of word pairs and triples that are distinct (distinct-2 and -3, Li et
    al. 2016), of sentences that come once, and of texts that nearly repeat an earlier one."""

    distinct_2: float
    distinct_3: float
    distinct_sentences: float
    near_duplicates: float


def diversity(texts: Iterable[Text], *, threshold: float = 0.9) -> Diversity:
    """Return how diverse texts are; an empty corpus counts as wholly diverse.

    >>> diversity([Text.of("one two three", "a"), Text.of("one two four", "a")]).distinct_2
    0.75
    """
    grams: dict[int, tuple[set[int], int]] = {2: (set(), 0), 3: (set(), 0)}
    sentences: set[int] = set()
    total = 0
    plain = []
    for text in texts:
        plain.append(text.text)
        words = _WORD.findall(text.text.lower())
        for n, (seen, count) in grams.items():
            found = list(zip(*(words[i:] for i in range(n)), strict=False))
            seen.update(map(hash, found))
            grams[n] = seen, count + len(found)
        parts = [part for part in _SENTENCE.split(text.text) if part]
        sentences.update(map(hash, parts))
        total += len(parts)
    repeats = near_duplicates(plain, threshold=threshold)
    two, three = (round(len(s) / count, 4) if count else 1.0 for s, count in grams.values())
    once = round(len(sentences) / total, 4) if total else 1.0
    return Diversity(two, three, once, round(float((repeats >= 0).mean()), 4) if plain else 0.0)
