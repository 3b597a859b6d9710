"""Clauses whose auxiliary stands before their subject: "was X born", "did X study"."""

from __future__ import annotations

from dataclasses import replace

from reasoning.planning.clauses import clause
from reasoning.planning.lexicon import (
    PREPOSITIONS,
)
from reasoning.planning.reading import Frame, Reading

__all__ = ["base_verb", "inverted", "last_verb"]


def inverted(
    reading: Reading, i: int, subject: int, gap: int, preposition: str, auxiliary: str
) -> None:
    """Read the clause of a question whose auxiliary stands before the subject."""
    token = reading.at(i)
    if token is None:
        return
    moved = replace(token, text=auxiliary, low=auxiliary, upos="AUX", xpos="VBD", name="")
    tokens = reading.tokens
    reading.tokens = (*tokens[:i], moved, *tokens[i:])
    clause(reading, i, Frame(subject, gap, preposition, main=True))
    reading.tokens = tokens


def last_verb(reading: Reading) -> int:
    """Return where the last full verb stands, -1 where none does."""
    for i in range(len(reading.tokens) - 1, -1, -1):
        token = reading.tokens[i]
        if reading.is_verb(i) or token.xpos == "VBN" or token.low in ("born", "located", "based"):
            return i
    return -1


def base_verb(reading: Reading, i: int) -> int:
    """Return where the verb after "did X" stands where nothing was tagged as one, else -1."""
    tokens = reading.tokens
    if any(t.upos == "VERB" and t.xpos in ("VB", "VBP") for t in tokens[i:]):
        return -1
    last = len(tokens) - 1
    while last > i and (tokens[last].low in PREPOSITIONS or tokens[last].upos == "ADV"):
        last -= 1
    return last if last > i and not tokens[last].name else -1
