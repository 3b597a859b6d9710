"""What a sentence says, clause by clause, as frozen values over token indices."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.mini.syntax import Sentence

__all__ = ["Argument", "Clause", "Role"]

#: What an argument is to its clause: "subject", "object", "recipient", "attribute" (what the
#: subject or object is said to be), "complement" (a clause that is an object), "agent",
#: "oblique", "adjunct" (an adverbial clause).
Role = str


@dataclass(frozen=True, slots=True)
class Argument:
    """A noun phrase or a clause in a role: its head and all its tokens, in order of the text.

    `marker` holds the tokens of the preposition or conjunction before it, which `tokens` leaves
    out; `parts` holds the members of a coordination, empty where there is one member only.
    `origin` is the token that stands in the clause itself where that is another one than
    `head`: the relative pronoun whose antecedent this argument is.
    """

    head: int
    tokens: tuple[int, ...]
    role: Role
    marker: tuple[int, ...] = ()
    parts: tuple[Argument, ...] = ()
    origin: int = -1

    @property
    def members(self) -> tuple[Argument, ...]:
        """The members of the coordination, or the argument itself."""
        return self.parts or (self,)

    def extent(self, sentence: Sentence) -> tuple[int, int]:
        """Return the document characters [start, end) from the first to the last token."""
        return sentence.extent(self.tokens[0], self.tokens[-1] + 1)

    def words(self, sentence: Sentence) -> str:
        """Return the words of the argument joined by blanks, without its marker."""
        return " ".join(sentence.tokens[i].text for i in self.tokens)


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement: who (`subject`) does what (`predicate`) to whom and how (`arguments`).

    `kind` is the construction: "verb", "copula", "apposition", "possessive", "title",
    "lifespan". `head` is the token the construction hangs on. `predicate` holds the tokens of
    the verb group, auxiliaries and particles included; it is empty where the words are implied
    ("be", "have"), which `implied` then gives. `score` in [0, 1] says how much this
    construction is trusted.
    """

    kind: str
    head: int
    subject: Argument
    predicate: tuple[int, ...]
    arguments: tuple[Argument, ...]
    implied: str = ""
    passive: bool = False
    negated: bool = False
    hedged: bool = False
    score: float = 1.0

    def words(self, sentence: Sentence) -> str:
        """Return the words of the predicate, implied ones first, joined by blanks."""
        shown = [sentence.tokens[i].text for i in self.predicate]
        return " ".join([self.implied, *shown] if self.implied else shown)

    def extent(self, sentence: Sentence) -> tuple[int, int]:
        """Return the document characters [start, end) from its first to its last token."""
        indices = [*self.subject.tokens, *self.predicate]
        for argument in self.arguments:
            indices.extend(argument.tokens)
        return sentence.extent(min(indices), max(indices) + 1)
