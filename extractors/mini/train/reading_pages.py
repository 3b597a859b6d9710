"""Texts to ask about: pages of parsed sentences, and the questions that people or rules ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from extractors.mini.pieces import rows
from extractors.mini.reading.layout import Passage
from extractors.mini.syntax import Sentence
from extractors.sentences import sentences

__all__ = [
    "Asked",
    "Gold",
    "Page",
    "bounds_of",
    "capitalised",
    "page_of",
    "parsed_page",
    "words_at",
]

#: Sentence, first and last word of an answer within it, and its weight.
Gold = tuple[int, int, int, float]


@dataclass(frozen=True, slots=True)
class Page:
    """A text: its sentences as pieces, the lower-case words of each, the names in it by type."""

    title: str
    passage: Passage
    words: tuple[frozenset[str], ...]
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about page number `page` with its answers; `source` says where it comes from.

    Whoever reads the sentences `needed` [first, last] can answer it.
    """

    source: str
    question: str
    page: int
    golds: tuple[Gold, ...]
    needed: tuple[int, int]


def page_of(
    tokenizer: Tokenizer,
    title: str,
    text: str,
    spans: Sequence[Sequence[tuple[int, int]]],
    names: Mapping[str, str],
) -> Page:
    """Make a page of a text, the [start, end) of each sentence's words, and its names by type."""
    made = tuple(rows(tokenizer, text, spans)) if spans else ()
    return Page(
        title,
        Passage(text, tuple(map(tuple, spans)), made),
        tuple(frozenset(text[a:b].lower() for a, b in words) for words in spans),
        tuple(names.items())[:_NAMES],
    )


def parsed_page(tokenizer: Tokenizer, title: str, text: str, parsed: Sequence[Sentence]) -> Page:
    """Make a page of a text and its parse."""
    names = {}
    for sentence in parsed:
        for span in sentence.spans:
            start, end = sentence.extent(span.first, span.last)
            names[" ".join(text[start:end].split())] = span.type
    spans = [[(token.start, token.end) for token in sentence.tokens] for sentence in parsed]
    return page_of(tokenizer, title, text, spans, names)


#: Names of a page that are kept.
_NAMES = 40


def capitalised(text: str) -> dict[str, str]:
    """Return the runs of capitalised words inside sentences, all of one type.

    >>> capitalised("It was Ada Byron , she said .")
    {'Ada Byron': 'Name'}
    """
    return dict.fromkeys(_CAPITALS.findall(text), "Name")


_CAPITALS = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*")


def bounds_of(text: str) -> list[tuple[int, int]]:
    """Return the sentences of tokenised text, where blanks stand before points too."""
    cut = []
    for start, end in sentences(text):
        first = start
        for match in _SPACED_END.finditer(text, start, end):
            cut.append((first, match.end(1)))
            first = match.end()
        if first < end:
            cut.append((first, end))
    return cut


_SPACED_END = re.compile(r"( [.?!])\s+(?=[A-Z\"“`'(])")


def words_at(spans: Iterable[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Return the first and last word of a sentence that overlap characters [start, end)."""
    inside = [i for i, (a, b) in enumerate(spans) if a < end and b > start]
    return (inside[0], inside[-1]) if inside else None
