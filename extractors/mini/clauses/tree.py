"""A sentence with the dependents of every token at hand."""

from __future__ import annotations

from collections.abc import Collection

from extractors.mini.clauses.bases import base_form
from extractors.mini.clauses.mending import mended
from extractors.mini.syntax import Sentence, Token

__all__ = ["Tree"]

_OPENING = frozenset({"(", "[", "-LRB-"})
_CLOSING = frozenset({")", "]", "-RRB-"})
_RELATIVE = frozenset({"WDT", "WP", "WRB", "WP$"})


class Tree:
    """The dependency tree of a sentence, with children lists and antecedents precomputed.

    `relations[i]` is the relation of token i without its subtype, `lemmas[i]` its base form, in
    lower case unless it is a name. `antecedents` maps a relative
    pronoun to the head of the noun phrase that its clause modifies. `brackets[i]` is the token
    that opens the innermost pair of brackets around token i, -1 outside of brackets.
    """

    __slots__ = ("antecedents", "below", "brackets", "lemmas", "relations", "sentence", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = mended(sentence)
        self.relations = [token.deprel.partition(":")[0] for token in self.tokens]
        self.lemmas = [base_form(token) for token in self.tokens]
        self.below: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head >= 0:
                self.below[token.head].append(i)
        self.antecedents: dict[int, int] = {}
        for i, token in enumerate(self.tokens):
            if token.deprel == "acl:relcl":
                pronoun = self._relative_pronoun(i)
                if pronoun >= 0:
                    self.antecedents[pronoun] = token.head

        self.brackets = _brackets(self.tokens)

    def aside(self, index: int, head: int) -> bool:
        """Whether the token stands in brackets that the head stands outside of."""
        return self.brackets[index] >= 0 and self.brackets[index] != self.brackets[head]

    def kids(self, index: int, *relations: str) -> list[int]:
        """Return the dependents of a token that bear one of these relations or a subtype."""
        return [i for i in self.below[index] if self.relations[i] in relations]

    def governs(self, head: int, index: int) -> bool:
        """Whether a token is the other or hangs on it, through however many others."""
        while index >= 0:
            if index == head:
                return True
            index = self.tokens[index].head
        return False

    def kid(self, index: int, *relations: str) -> int:
        """Return the first such dependent, or -1."""
        for i in self.below[index]:
            if self.relations[i] in relations:
                return i
        return -1

    def exact(self, index: int, deprel: str) -> int:
        """Return the first dependent with exactly this relation, subtype included, or -1."""
        for i in self.below[index]:
            if self.tokens[i].deprel == deprel:
                return i
        return -1

    def descend(self, index: int, without: Collection[int] = ()) -> list[int]:
        """Return a token and its descendants, leaving out the subtrees of `without`, in order."""
        found, pending = [], [index]
        while pending:
            current = pending.pop()
            found.append(current)
            pending.extend(child for child in self.below[current] if child not in without)
        found.sort()
        return found

    def is_relative(self, index: int) -> bool:
        """Whether the token can be a relative or interrogative word."""
        return self.tokens[index].xpos in _RELATIVE

    def _relative_pronoun(self, clause: int) -> int:
        """Return the relative word of a relative clause: near its start, under its head."""
        for child in self.below[clause]:
            if child > clause:
                break
            if self.is_relative(child):
                return child
            for inner in self.below[child]:
                if inner <= clause and self.is_relative(inner):
                    return inner
        return -1


def _brackets(tokens: tuple[Token, ...]) -> list[int]:
    found: list[int] = []
    opened: list[int] = []
    for i, token in enumerate(tokens):
        if token.text in _OPENING:
            opened.append(i)
        found.append(opened[-1] if opened else -1)
        if token.text in _CLOSING and opened:
            opened.pop()
    return found
