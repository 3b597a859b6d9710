"""What the parser says of a text: tokens, entity spans and sentences, as frozen values.

All character offsets count characters of the document; all token indices count tokens of
their own sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Sentence", "Span", "Token"]


@dataclass(frozen=True, slots=True)
class Token:
    """A syntactic word: document characters [start, end), tags and its place in the tree.

    `head` is the index of the governor within the sentence, -1 for the root; `upos` and
    `deprel` are those of Universal Dependencies, with subtypes (``nsubj:pass``); `xpos` is the
    Penn Treebank tag.
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class Span:
    """An entity mention: tokens [first, last), its type and a probability in [0, 1].

    `type` is one of Person, Organization, Location, Time, Number, Misc.
    """

    first: int
    last: int
    type: str
    score: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence: document characters [start, end), its tokens and entity spans.

    >>> sleeps = Token(4, 10, "sleeps", "sleep", "VERB", "VBZ", -1, "root")
    >>> ada = Token(0, 3, "Ada", "Ada", "PROPN", "NNP", 1, "nsubj")
    >>> sentence = Sentence(0, 10, (ada, sleeps), (Span(0, 1, "Person", 0.99),))
    >>> sentence.root, sentence.children(1), sentence.subtree(1), sentence.extent(0, 2)
    (1, [0], [0, 1], (0, 10))
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    spans: tuple[Span, ...] = ()

    @property
    def root(self) -> int:
        """The index of the root token; -1 when the sentence has no token."""
        return next((i for i, token in enumerate(self.tokens) if token.head < 0), -1)

    def children(self, index: int, *deprels: str) -> list[int]:
        """Return the indices of the dependents of a token in order of the text.

        `deprels`, when given, keeps only these relations; one without a subtype stands for all
        of its subtypes.
        """
        found = (i for i, token in enumerate(self.tokens) if token.head == index)
        if not deprels:
            return list(found)
        return [i for i in found if _matches(self.tokens[i].deprel, deprels)]

    def subtree(self, index: int) -> list[int]:
        """Return the indices of a token and all its descendants in order of the text."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head >= 0:
                below[token.head].append(i)
        found, pending = [], [index]
        while pending:
            current = pending.pop()
            found.append(current)
            pending.extend(below[current])
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the governor of a token, the governor of that one and so on up to the root."""
        current = self.tokens[index].head
        while current >= 0:
            yield current
            current = self.tokens[current].head

    def extent(self, first: int, last: int) -> tuple[int, int]:
        """Return the document characters [start, end) of the tokens [first, last)."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def span_at(self, index: int) -> Span | None:
        """Return the entity span that covers a token, or None."""
        return next((span for span in self.spans if span.first <= index < span.last), None)


def _matches(deprel: str, wanted: tuple[str, ...]) -> bool:
    return deprel in wanted or deprel.partition(":")[0] in wanted
