"""Noun phrases: "the mother of the director of film X", "the company that published Y"."""

from __future__ import annotations

from reasoning.planning.modifiers import modified
from reasoning.planning.nouns import NounPhrase
from reasoning.planning.reading import Reading, starts_phrase

__all__ = ["phrase"]

_DEEPEST = 12


def phrase(reading: Reading, i: int) -> tuple[int, int]:
    """Read the noun phrase that begins at `i`; return its thing, -1 where there is none, and the
    index behind it."""
    if reading.depth >= _DEEPEST or not starts_phrase(reading, i):
        return -1, i
    reading.depth += 1
    thing, after = _phrase(reading, i)
    reading.depth -= 1
    return thing, after


def _phrase(reading: Reading, i: int) -> tuple[int, int]:
    core = NounPhrase(reading, i)
    thing, after = core.read()
    if thing < 0:
        return -1, i
    if not reading.sketch.things[thing].names:
        thing, after = modified(reading, thing, after)
    thing, after = _beside(reading, thing, after)
    return thing, after


def _beside(reading: Reading, thing: int, i: int) -> tuple[int, int]:
    """Read what is set beside: "A and B", "A, B or C"."""
    sketch = reading.sketch
    own = sketch.things[thing]
    word = reading.low(i)
    j = i + 1 if word in ("and", "or", ",", "&") else i
    if word == "," and reading.low(j) in ("and", "or"):
        word, j = reading.low(j), j + 1
    token = reading.at(j)
    if j == i or token is None:
        return thing, i
    if word == "or" and own.names and token.name:
        own.names = (*own.names, token.name)
        own.end = token.end
        return _beside(reading, thing, j + 1)
    if own.names and (token.name or reading.is_noun(j) or token.low == "the"):
        other, after = phrase(reading, j)
        named = other >= 0 and bool(sketch.things[other].names)
        if named and not (word == "," and reading.low(after) not in (",", "and", "or", "")):
            if word == "or":
                own.names = (*own.names, *sketch.things[other].names)
            else:
                own.also = (*own.also, other, *sketch.things[other].also)
                sketch.things[other].also = ()
            return thing, after
    if not own.names and word == "and" and own.noun and _parallel(reading, j, own.noun):
        other, after = phrase(reading, j)
        if other >= 0:
            own.also = (*own.also, other)
            return thing, after
    return thing, i


def _parallel(reading: Reading, i: int, noun: str) -> bool:
    """Return whether the same noun begins another phrase: "director of A and director of B"."""
    while reading.low(i) in ("the", "a", "an"):
        i += 1
    return bool(noun) and noun.split(maxsplit=1)[0] == reading.low(i)
