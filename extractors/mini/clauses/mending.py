"""Trees that agree with the entity spans: what the span tagger knows and the parser missed.

A name is one phrase with one head, an object stands beside its verb, and a member of a list
hangs on the member before it. Long lists of names are where the parser errs most.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.mini.syntax import Sentence, Span, Token

__all__ = ["mended"]

_INNER = ("flat", "compound", "amod", "det", "punct", "nmod:desc", "case")
_LISTS = frozenset({",", "and", "or", "&"})


def mended(sentence: Sentence) -> tuple[Token, ...]:
    """Return the tokens with the heads that spans contradict put right; never a cycle.

    >>> tokens = (
    ...     Token(0, 3, "Ada", "Ada", "PROPN", "NNP", 2, "nsubj"),
    ...     Token(4, 8, "King", "King", "PROPN", "NNP", 2, "obj"),
    ...     Token(9, 15, "writes", "write", "VERB", "VBZ", -1, "root"),
    ... )
    >>> fixed = mended(Sentence(0, 15, tokens, (Span(0, 2, "Person", 0.9),)))
    >>> fixed[1].head, fixed[1].deprel
    (0, 'flat')
    """
    if not sentence.spans:
        return sentence.tokens
    mending = _Mending(list(sentence.tokens))
    heads = [mending.one_head(span) for span in sentence.spans]
    for place, (span, head) in enumerate(zip(sentence.spans, heads, strict=True)):
        mending.apposition(span, head)
        mending.list_member(place, sentence.spans, heads)
        mending.object(span, head)
    return tuple(mending.tokens) if mending.changed else sentence.tokens


class _Mending:
    """The tokens of a sentence while their heads are put right."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.changed = False

    def one_head(self, span: Span) -> int:
        """Hang the words of a name on one of them, and return that one."""
        inside = range(span.first, span.last)
        outer = [i for i in inside if self.tokens[i].head not in inside]
        if not outer:
            return span.first
        head = min(outer, key=lambda i: (self.tokens[i].deprel in _INNER, i))
        for i in outer:
            if i != head:
                self._hang(i, head, "flat" if i > head else "compound")
        return head

    def apposition(self, span: Span, head: int) -> None:
        """Hang a name that follows a common noun on it ("his wife Marie")."""
        token = self.tokens[head]
        before = span.first - 1
        if token.deprel != "flat" or before < 0 or self.tokens[before].upos != "NOUN":
            return
        self._hang(head, before, "appos")

    def list_member(self, place: int, spans: tuple[Span, ...], heads: list[int]) -> None:
        """Hang a member of a list that hangs on a later word on the member before it."""
        head = heads[place]
        token = self.tokens[head]
        if place == 0 or token.deprel != "conj" or token.head < head:
            return
        between = self.tokens[spans[place - 1].last : spans[place].first]
        if between and all(word.text in _LISTS for word in between):
            self._hang(head, heads[place - 1], "conj")

    def object(self, span: Span, head: int) -> None:
        """Hang a bare name right after a verb without an object on it ("starring X")."""
        token = self.tokens[head]
        verb = span.first - 1
        if verb < 0 or token.head == verb or token.deprel not in ("nmod", "obl", "obl:agent"):
            return
        if self.tokens[verb].upos != "VERB" or self.tokens[verb].xpos == "VBN":
            return
        for i, other in enumerate(self.tokens):
            if (other.head == verb and other.deprel == "obj") or (
                other.head == head and other.deprel == "case" and i < head
            ):
                return
        self._hang(head, verb, "obj")

    def _hang(self, index: int, head: int, deprel: str) -> None:
        above = head
        while above >= 0:
            if above == index:
                return
            above = self.tokens[above].head
        self.tokens[index] = replace(self.tokens[index], head=head, deprel=deprel)
        self.changed = True
