"""A stretch of parsed text as the features see it: its people, pronouns and quotations."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from extractors.mini.coreference.gender import gender_of
from extractors.mini.coreference.people import Person, people_of
from extractors.mini.syntax import Sentence, Span

__all__ = ["HERS", "HIS", "Passage", "Place"]

#: A token as (sentence, token) of a passage.
Place = tuple[int, int]

#: Pronouns of the third person singular, in lower case.
HERS = frozenset({"she", "her", "hers", "herself"})
HIS = frozenset({"he", "him", "his", "himself"})

_OPENING, _CLOSING = ("``", "\u201c"), ("''", "\u201d")


class Passage:
    """Sentences and the people that these spans (sentence, span) mention.

    `genders` are those of the people, as in `gender_of`; `children` the dependents of each token
    of each sentence; `starts` the number of tokens before each sentence; `quoted` says of each
    token whether it stands in quotation marks; `order` holds (sentence, token, person) of all
    mentions in order of the text, and `pronouns` the places of he, she and their forms.
    """

    def __init__(self, sentences: Sequence[Sentence], spans: Sequence[tuple[int, Span]]) -> None:
        self.sentences = sentences
        self.people: list[Person] = people_of(sentences, spans)
        self.genders = [gender_of(sentences, person) for person in self.people]
        self.children = [_children(sentence) for sentence in sentences]
        self.starts = list(accumulate((len(s.tokens) for s in sentences), initial=0))
        self.quoted = _quoted(sentences)
        self.order = sorted(
            (i, span.first, n)
            for n, person in enumerate(self.people)
            for i, span in person.mentions
        )
        self.pronouns: list[Place] = [
            (i, j)
            for i, sentence in enumerate(sentences)
            for j, token in enumerate(sentence.tokens)
            if token.text.lower() in HIS or token.text.lower() in HERS
        ]


def _children(sentence: Sentence) -> list[list[int]]:
    below: list[list[int]] = [[] for _ in sentence.tokens]
    for i, token in enumerate(sentence.tokens):
        if token.head >= 0:
            below[token.head].append(i)
    return below


def _quoted(sentences: Sequence[Sentence]) -> list[list[bool]]:
    within, found = False, []
    for sentence in sentences:
        marks = []
        for token in sentence.tokens:
            if token.text == '"':
                within = not within
            elif token.text in _OPENING or token.text in _CLOSING:
                within = token.text in _OPENING
            marks.append(within)
        found.append(marks)
    return found
