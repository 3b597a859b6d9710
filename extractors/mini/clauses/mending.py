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
_LOOSE = ("nmod", "obl", "obl:agent", "conj", "nmod:unmarked", "obl:unmarked")
_MEMBERS = ("conj", "obl:agent", "nmod", "obl", "flat")
_NAMING = ("Person", "Organization", "Location", "Misc")
#: What may stand between "born", its day and its place.
_LIFE = frozenset({",", "in", "on", "at", "near", "of", "c.", "ca.", "circa", "the", "around"})
_EVENTS = {"born": ("bear", "VBN"), "died": ("die", "VBD")}
#: Participles that are prepositions.
_PREPOSITIONS = frozenset(
    {"including", "following", "according", "regarding", "concerning", "excluding", "during"}
)


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
        mending.named(span, head)
        mending.place(span, head, sentence.spans)
        if not mending.object(span, head) and not mending.agent(span, head):
            mending.list_member(place, sentence.spans, heads)
    for place, span in enumerate(sentence.spans):
        if span.type == "Person":
            mending.life(place, sentence.spans, heads)
    for index, token in enumerate(mending.tokens):
        if token.deprel == "cop":
            mending.copula(index, sentence.spans, heads)
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

    def named(self, span: Span, head: int) -> None:
        """Let a name that follows its class be what the sentence is about ("the firm Siemens")."""
        token, before = self.tokens[head], span.first - 1
        if before < 0 or self.tokens[before].upos != "NOUN" or span.type not in _NAMING:
            return
        noun = self.tokens[before]
        if noun.head == token.head and noun.deprel == token.deprel and token.head >= 0:
            for i in range(before):
                if self.tokens[i].head == before and self.tokens[i].deprel == "case":
                    self._hang(i, head, "case")
            self._hang(before, head, "nmod:desc")

    def place(self, span: Span, head: int, spans: tuple[Span, ...]) -> None:
        """Hang a place on the verb where it hangs on a date ("died on 5 May 1906 in Duino")."""
        token = self.tokens[head]
        if span.type != "Location" or token.deprel != "nmod" or not self._marked(head):
            return
        day = next((s for s in spans if s.type == "Time" and s.first <= token.head < s.last), None)
        if day is None or day.last > span.first:
            return
        verb = self.tokens[token.head].head
        while day.first <= verb < day.last:
            verb = self.tokens[verb].head
        if verb >= 0 and self.tokens[verb].upos == "VERB":
            self._hang(head, verb, "obl")

    def life(self, place: int, spans: tuple[Span, ...], heads: list[int]) -> None:
        """Hang "born" and "died" right after a name on it, and days and places on them."""
        person, name = spans[place], heads[place]
        index = person.last
        while index + 1 < len(self.tokens) and self.tokens[index].text in (",", "(", "–", "-", ";"):
            event = self.tokens[index + 1]
            base, xpos = _EVENTS.get(event.text.lower(), ("", ""))
            if not base or event.deprel in ("root", "cop") or event.xpos == "VBZ":
                return
            if self.tokens[index].text == "," and event.deprel.startswith("acl"):
                return  # read well
            verb, index = index + 1, index + 2
            if not self._hang(verb, name, "acl"):
                return
            self.tokens[verb] = replace(self.tokens[verb], upos="VERB", xpos=xpos, lemma=base)
            index = self._of_life(verb, index, spans, heads)

    def _of_life(self, verb: int, index: int, spans: tuple[Span, ...], heads: list[int]) -> int:
        """Hang the day and the places that follow on the verb; return where they end."""
        starts = {span.first: n for n, span in enumerate(spans)}
        end, placed = index, False
        while index < len(self.tokens):
            n = starts.get(index, -1)
            if n >= 0 and spans[n].type in ("Time", "Location"):
                if not (placed and spans[n].type == "Location"):
                    self._hang(heads[n], verb, "obl")
                    self._marks(verb, end, index, heads[n])
                placed = placed or spans[n].type == "Location"
                end = index = spans[n].last
            elif self.tokens[index].text.lower() in _LIFE:
                index += 1
            else:
                break
        return end

    def _marks(self, verb: int, first: int, last: int, noun: int) -> None:
        """Hang the preposition before a noun on it."""
        for i in range(first, last):
            if self.tokens[i].upos == "ADP" and i > verb:
                self._hang(i, noun, "case")

    def list_member(self, place: int, spans: tuple[Span, ...], heads: list[int]) -> None:
        """Hang a name that only commas and "and" part from the one before on that one's list."""
        head = heads[place]
        token = self.tokens[head]
        if place == 0 or token.deprel not in _MEMBERS or self._marked(head):
            return
        between = self.tokens[spans[place - 1].last : spans[place].first]
        if not between or any(word.text not in _LISTS for word in between):
            return
        first = heads[place - 1]
        while self.tokens[first].deprel == "conj" and 0 <= self.tokens[first].head < first:
            first = self.tokens[first].head
        between = self.tokens[max(token.head, 0) : first]
        if 0 <= token.head < first and all(word.upos != "VERB" for word in between):
            return  # a list already, of which the one before is no good member
        if token.head != first:
            self._hang(head, first, "conj")

    def object(self, span: Span, head: int) -> bool:
        """Hang a bare name right after a verb without an object on it ("starring X")."""
        token = self.tokens[head]
        verb = span.first - 1
        if verb < 0 or self.tokens[verb].upos != "VERB" or self.tokens[verb].xpos == "VBN":
            return False
        if token.head == verb:
            return True
        if self.tokens[verb].head == head and token.deprel == "obl:agent" and token.head >= 0:
            self._hang(verb, token.head, "conj")  # "directed by X and starring Y"
        if self.tokens[verb].deprel == "case":
            if self.tokens[verb].text.lower() in _PREPOSITIONS or not self._describing(verb, head):
                return False
        elif token.deprel not in _LOOSE or (token.deprel == "conj" and token.head > verb):
            return False
        if self._marked(head, besides=verb) or any(
            other.head == verb and other.deprel == "obj" for other in self.tokens
        ):
            return False
        return self._hang(head, verb, "obj")

    def agent(self, span: Span, head: int) -> bool:
        """Hang a name after "directed by" on that participle and on no other."""
        verb = span.first - 2
        if verb < 0 or self.tokens[verb + 1].text != "by" or self.tokens[verb].xpos != "VBN":
            return False
        if self.tokens[head].head == verb:
            return True
        if self.tokens[head].deprel not in _LOOSE:  # part of a longer phrase
            return False
        return self.tokens[verb].upos == "VERB" and self._hang(head, verb, "obl:agent")

    def copula(self, index: int, spans: tuple[Span, ...], heads: list[int]) -> None:
        """Hang "is" on the noun after it, and a name right before it as that noun's subject."""
        head = self.tokens[index].head
        if head < index and self.tokens[head].deprel == "nsubj" and self.tokens[head].head > index:
            head = self.tokens[head].head
            self._hang(index, head, "cop")
        elif head < index and any(span.last == index for span in spans):
            head = self._turned(index, head)
        if head < index or any(t.head == head and t.deprel == "nsubj" for t in self.tokens):
            return
        for span, name in zip(spans, heads, strict=True):
            if span.last == index and span.type in _NAMING:
                self._hang(name, head, "nsubj")

    def _turned(self, copula: int, name: int) -> int:
        """Make the noun after "X is" the head where it hangs on X; return the head."""
        for index in range(copula + 1, len(self.tokens)):
            token = self.tokens[index]
            if token.head == name and token.upos == "NOUN" and not self._marked(index):
                above = self.tokens[name]
                self.tokens[index] = replace(token, head=above.head, deprel=above.deprel)
                self._hang(name, index, "nsubj")
                self._hang(copula, index, "cop")
                return index
        return name

    def _describing(self, verb: int, name: int) -> bool:
        """Make a participle taken for a preposition describe the noun that the clause describes."""
        above = self.tokens[name].head
        while above >= 0 and self.tokens[above].deprel != "acl":
            above = self.tokens[above].head
        if above < 0 or self.tokens[above].head >= verb:
            return False
        return self._hang(verb, self.tokens[above].head, "acl")

    def _marked(self, head: int, *, besides: int = -1) -> bool:
        """Whether a preposition stands before the name."""
        return any(
            token.head == head and token.deprel == "case" and i < head and i != besides
            for i, token in enumerate(self.tokens)
        )

    def _hang(self, index: int, head: int, deprel: str) -> bool:
        above = head
        while above >= 0:
            if above == index:
                return False
            above = self.tokens[above].head
        self.tokens[index] = replace(self.tokens[index], head=head, deprel=deprel)
        self.changed = True
        return True
