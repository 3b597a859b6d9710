"""Questions that begin with what they ask for: "which city", "who", "how many"."""

from __future__ import annotations

from dataclasses import replace

from reasoning.planning.being import being_question
from reasoning.planning.choosing import KIND_OF_WORD
from reasoning.planning.clauses import clause
from reasoning.planning.inverting import base_verb, inverted
from reasoning.planning.lexicon import (
    ATTRIBUTES,
    AUXILIARIES,
    BE,
    HAVE,
    PREPOSITIONS,
    singular,
)
from reasoning.planning.modifiers import modified
from reasoning.planning.phrases import phrase
from reasoning.planning.reading import Frame, Reading, starts_phrase
from reasoning.planning.sketch import Sketch

__all__ = ["fronted", "how_question", "wh_question"]

_MEASURED = {
    "old": "age",
    "tall": "height",
    "high": "height",
    "long": "length",
    "deep": "depth",
    "big": "area",
    "large": "area",
    "heavy": "weight",
    "far": "distance",
    "wide": "width",
    "fast": "speed",
}


def wh_question(reading: Reading) -> tuple[int, str] | None:
    """Read a question that begins with "who", "in which city"; return its thing and form."""
    sketch = reading.sketch
    preposition, i = "", 0
    if reading.low(0) in PREPOSITIONS:
        preposition, i = reading.low(0), 1
    low = reading.low(i)
    if low == "how":
        return how_question(reading, i + 1)
    if low == "whose":
        owned, j = phrase(reading, i)
        if owned < 0:
            return None
        owner = sketch.add(reading.tokens[i].start, reading.tokens[i].end, kind="person")
        sketch.join(owner.id, sketch.things[owned].noun, owned)
        reading.clause(reading, j, Frame(owned, main=True))
        return owner.id, "select"
    if low in ("what", "which", "who") and reading.low(i + 1) == "of":
        thing, j = phrase(reading, i + 2)
        if thing < 0:
            return None
        target = fronted(reading, j, thing, preposition)
        return target, "select"
    if low in ("what", "which") and _noun_follows(reading, i + 1):
        thing, j = phrase(reading, i)
        if thing < 0:
            return None
    else:
        token = reading.tokens[i]
        kind = KIND_OF_WORD.get(low, "any")
        thing, j = sketch.add(token.start, token.end, kind=kind).id, i + 1
        if low == "what" and preposition in ("in",):
            sketch.things[thing].kind = "any"
    form = "list" if sketch.things[thing].plural else "select"
    target = fronted(reading, j, thing, preposition)
    return target, form


def _noun_follows(reading: Reading, i: int) -> bool:
    token = reading.at(i)
    if token is None or token.low in AUXILIARIES or token.low in PREPOSITIONS:
        return False
    if reading.is_verb(i) and token.xpos not in ("VBN", "VBG"):
        return False
    return starts_phrase(reading, i) or reading.is_noun(i + 1)


def fronted(reading: Reading, i: int, thing: int, preposition: str) -> int:
    """Read the rest of a question after "which city", "who"; return what it asks for."""
    while reading.low(i) in (",", "then", "else", "all"):
        i += 1
    low = reading.low(i)
    if low in BE and reading.low(i + 1) == "there":
        return modified(reading, thing, i + 2)[0]
    if low in BE and _subject_follows(reading, i + 1):
        return being_question(reading, i, thing, preposition)
    if low in AUXILIARIES and _subject_follows(reading, i + 1):
        if low in ("did", "does", "do"):
            reading.base = base_verb(reading, i + 1)
        subject, j = phrase(reading, i + 1)
        if subject >= 0 and (reading.is_verb(j) or low not in HAVE):
            reading.base = reading.base + 1 if reading.base >= 0 else -1
            inverted(reading, j, subject, thing, preposition, low)
            return thing
    if low in AUXILIARIES or reading.is_verb(i):
        clause(reading, i, Frame(thing, main=True))
        return thing
    if starts_phrase(reading, i):
        subject, j = phrase(reading, i)
        if subject >= 0:
            clause(reading, j, Frame(subject, thing, preposition, main=True))
    return thing


def _subject_follows(reading: Reading, i: int) -> bool:
    token = reading.at(i)
    if token is None or not starts_phrase(reading, i):
        return False
    return not (token.xpos in ("VBN", "VBG") and not reading.is_noun(i + 1))


def how_question(reading: Reading, i: int) -> tuple[int, str] | None:
    """Read "how many films ...", "how tall is ...", "how did ..."."""
    sketch = reading.sketch
    low = reading.low(i)
    if low == "much" and reading.low(i + 1) in AUXILIARIES:
        token = reading.tokens[i]
        thing = sketch.add(token.start, token.end, kind="number").id
        return fronted(reading, i + 1, thing, ""), "select"
    if low in ("many", "much"):
        thing, j = phrase(reading, i + 1)
        if thing < 0:
            token = reading.tokens[i]
            thing, j = sketch.add(token.start, token.end, kind="number").id, i + 1
        target = fronted(reading, j, thing, "")
        if _lives(sketch, target):
            return target, "select"
        sketch.things[target].counted = True
        return target, "count"
    if low in _MEASURED or low in ATTRIBUTES:
        attribute = _MEASURED.get(low, low)
        j = i + 1
        subject, _ = phrase(reading, j + 1) if reading.low(j) in AUXILIARIES else (-1, j)
        if subject < 0:
            return None
        size = sketch.add(reading.tokens[i].start, reading.tokens[i].end, attribute, "number")
        sketch.join(subject, (attribute, low), size.id, main=True)
        return size.id, "select"
    if low in AUXILIARIES:
        subject, j = phrase(reading, i + 1)
        if subject < 0:
            return None
        token = reading.tokens[i]
        way = sketch.add(token.start, token.end, kind="any")
        inverted(reading, j, subject, way.id, "", low)
        return way.id, "select"
    return None


def _lives(sketch: Sketch, target: int) -> bool:
    """Read "how many people live in X" as the population of X; return whether it was that."""
    own = list(sketch.of(target))
    live = len(own) == 1 and own[0].words[0].split()[0] in ("live", "lives", "living", "reside")
    if not live or singular(sketch.things[target].noun) not in ("person", "inhabitant", "resident"):
        return False
    joint = own[0]
    sketch.joints[sketch.joints.index(joint)] = replace(
        joint, source=joint.target, words=("population",), target=target
    )
    sketch.things[target].kind = "number"
    return True
