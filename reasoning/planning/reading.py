"""The words of a question while they are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reasoning.planning.lexicon import AUXILIARIES, PREPOSITIONS, listed
from reasoning.planning.sketch import Sketch
from reasoning.planning.tokens import Token

__all__ = ["DETERMINERS", "RELATIVE", "Frame", "Reading", "in_place", "starts_phrase"]

DETERMINERS = listed(
    """
    the a an all any both each every some this that these those which what whose his her
    its their no either another
    """
)
RELATIVE = listed("who whom which that")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a clause stands: its subject; the thing that it is about where that is another
    (`gap`, as in "the city that X was born in"), with what stands before that; and whether it is
    what the whole question says."""

    subject: int
    gap: int = -1
    preposition: str = ""
    main: bool = False


@dataclass(slots=True)
class Reading:
    """The words of a question while they are read, and the sketch that is made of them.

    `phrase` reads a noun phrase and returns its thing and the index behind it; `clause` reads
    what is said of a subject and returns the index behind that.
    """

    tokens: Sequence[Token]
    sketch: Sketch
    phrase: Callable[[Reading, int], tuple[int, int]]
    clause: Callable[[Reading, int, Frame], int]
    depth: int = 0
    #: The thing that "which city" in the middle of a question asks for, -1 without.
    wanted: int = -1
    #: Where the main verb stands that no noun phrase may take, -1 without.
    verb: int = -1
    #: Where the verb of "did X study" stands, however it was tagged, -1 without.
    base: int = -1
    #: Whether what is read is a work, "the director of X's wife" being the director's.
    role: bool = False

    def low(self, i: int) -> str:
        """Return the word at a place in lower case, "" beyond the ends."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def at(self, i: int) -> Token | None:
        """Return the token at a place, None beyond the ends."""
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def is_noun(self, i: int) -> bool:
        """Return whether a common noun stands there."""
        token = self.at(i)
        if token is None or token.name or token.low in AUXILIARIES or token.low in RELATIVE:
            return False
        if i == self.base:
            return False
        return token.upos in ("NOUN", "PROPN") and token.value is None

    def is_verb(self, i: int) -> bool:
        """Return whether a full verb stands there."""
        token = self.at(i)
        if token is None or i == self.base:
            return token is not None
        return token.upos == "VERB" and token.low not in PREPOSITIONS


def starts_phrase(reading: Reading, i: int) -> bool:
    """Return whether a noun phrase can begin at a place."""
    token = reading.at(i)
    if token is None or token.low in PREPOSITIONS or token.low in AUXILIARIES:
        return False
    if i == reading.base:
        return False
    if in_place(reading, i):
        return True
    if token.name or token.value is not None or token.low in DETERMINERS:
        return True
    if token.upos == "PRON":
        return token.low not in RELATIVE
    return token.upos in ("NOUN", "PROPN", "NUM", "ADJ", "DET") or (
        token.xpos == "VBN" and reading.is_noun(i + 1)
    )


def in_place(reading: Reading, i: int) -> bool:
    """Return whether a question word stands where its answer would: "founded by whom?"."""
    if i == 0 or reading.wanted >= 0:
        return False
    if reading.low(i) == "how" and reading.low(i + 1) in ("many", "much"):
        return True
    last = reading.low(i + 1) in ("", ",")
    return last and reading.low(i) in ("who", "whom", "what", "where", "when")
