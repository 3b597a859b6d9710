"""Questions of the form "what is X", "where was X born", "which city is X in"."""

from __future__ import annotations

from reasoning.planning.clauses import clause
from reasoning.planning.inverting import inverted, last_verb
from reasoning.planning.lexicon import (
    MEANS,
    PREPOSITIONS,
    listed,
    singular,
)
from reasoning.planning.phrases import phrase
from reasoning.planning.reading import Frame, Reading, starts_phrase
from reasoning.planning.sketch import Sketch

__all__ = ["being_question"]

_LIKE = listed("nationality religion language genre color colour occupation profession position")


def being_question(reading: Reading, i: int, thing: int, preposition: str) -> int:
    """Read "is NP", "was NP born", "is NP from"."""
    sketch = reading.sketch
    auxiliary = reading.low(i)
    if preposition or sketch.things[thing].noun or sketch.things[thing].kind in ("place", "date"):
        reading.verb = last_verb(reading)
    subject, j = phrase(reading, i + 1)
    reading.verb = -1
    if subject < 0:
        clause(reading, i, Frame(thing, main=True))
        return thing
    own, other = sketch.things[thing], sketch.things[subject]
    if j < len(reading.tokens):
        token = reading.tokens[j]
        if token.low in PREPOSITIONS and starts_phrase(reading, j + 1) and not other.names:
            # "What is the X in Y": what the phrase did not take.
            inner, j = phrase(reading, j + 1)
            if inner >= 0:
                sketch.join(subject, token.low, inner, extra=True)
        if j < len(reading.tokens) and _says(reading, j):
            inverted(reading, j, subject, thing, preposition, auxiliary)
        if any(thing in (x.source, x.target) for x in sketch.joints) or sketch.order:
            return thing
    if own.kind == "place" and not own.noun:
        words: tuple[str, ...] = ("located in",)
        if other.noun.startswith(("place of", "birthplace", "headquarters", "hometown")):
            return _same_as(sketch, thing, subject)
        sketch.join(subject, words, thing, main=True)
        return thing
    if own.kind == "date" and not own.noun:
        if other.kind == "date" or "date" in other.noun:
            return _same_as(sketch, thing, subject)
        sketch.join(subject, ("date", "happened on"), thing, main=True)
        return thing
    if preposition and own.noun and own.kind == "place":
        sketch.join(subject, ("located in",), thing, main=True)
        return thing
    noun = singular(own.noun.split()[-1]) if own.noun else ""
    apart = (
        other.names
        or noun in _LIKE
        or (own.kind != other.kind and "thing" not in (own.kind, other.kind))
    )
    if own.noun and apart:
        said = f"{preposition} {own.noun}".strip()
        words = (said,) if preposition else MEANS.get((noun, "place"), (said,))
        sketch.join(subject, words, thing, main=True)
        return thing
    if other.names and not own.noun:
        sketch.join(subject, ("is a", "description"), thing, main=True)
        return thing
    return _same_as(sketch, thing, subject)


def _says(reading: Reading, i: int) -> bool:
    """Return whether what is left says something of the subject."""
    token = reading.tokens[i]
    if reading.tokens[-1].low in PREPOSITIONS:
        return True
    if reading.is_verb(i) or token.xpos in ("VBN", "VBG") or token.upos in ("ADJ", "VERB"):
        return True
    return token.low in PREPOSITIONS or token.low in ("born", "located", "not")


def _same_as(sketch: Sketch, thing: int, subject: int) -> int:
    own, other = sketch.things[thing], sketch.things[subject]
    noun, kind = own.noun, own.kind
    place = other.start, other.end
    sketch.merge(subject, thing)
    other.start, other.end = place
    other.noun = other.noun or noun
    other.plural = own.plural or other.plural
    if kind not in ("any", "thing") and other.kind in ("any", "thing"):
        other.kind = kind
    return subject
