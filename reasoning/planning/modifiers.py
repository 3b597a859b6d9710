"""What follows a noun: "of ...", "in ...", "that ...", "directed by ..."."""

from __future__ import annotations

from dataclasses import replace

from reasoning.planning.lexicon import (
    AUXILIARIES,
    FIXED,
    PREPOSITIONS,
    TRANSPARENT,
    kind_of,
    listed,
    singular,
)
from reasoning.planning.nouns import NounPhrase
from reasoning.planning.reading import Frame, Reading, starts_phrase
from reasoning.planning.sketch import Order, Sketch, Thing

__all__ = ["modified"]

#: How many phrases and clauses are read after one noun.
_MOST = 8
_RELATIVE = listed("who that which whom where whose when")
#: People that works have, and no person has.
_OF_WORKS = listed(
    """
    director author writer composer performer singer producer screenwriter painter editor
    publisher lyricist songwriter cinematographer narrator creator
    """
)


def modified(reading: Reading, thing: int, i: int) -> tuple[int, int]:
    """Read what follows a noun and return the thing that it all speaks of, and the next index.

    That is another thing where the noun only leads to it: "the name of X", "X's wife".
    """
    sketch = reading.sketch
    for _ in range(_MOST):
        before = thing
        thing, j = _of(reading, thing, i) if reading.low(i) == "of" else (thing, i)
        if thing != before:
            return thing, j
        j = j if j > i else _said_after(reading, thing, i)
        if j <= i and reading.low(i) in ("'s", "’s") and reading.is_noun(i + 1):
            return _owned(reading, thing, i)
        if j <= i:
            break
        i = j
        own = sketch.things[thing]
        own.end = max(own.end, reading.tokens[i - 1].end)
        if own.names:
            break
    return thing, i


def _of(reading: Reading, thing: int, i: int) -> tuple[int, int]:
    """Read "of ..." after a noun: one word with it, what it belongs to, or what it leads to."""
    sketch = reading.sketch
    own = sketch.things[thing]
    if reading.low(i + 1) in FIXED and own.noun:
        _lengthen(own, reading, i + 1)
        return thing, i + 2
    reading.role = singular(own.noun) in _OF_WORKS
    inner, j = reading.phrase(reading, i + 1)
    reading.role = False
    if inner < 0:
        return thing, i
    if not own.noun or singular(own.noun) in TRANSPARENT:
        return _through(sketch, own, inner), j
    if singular(own.noun) == "number":
        sketch.things[inner].counted = True
        return inner, j
    sketch.join(inner, own.noun, thing)
    return thing, j


def _said_after(reading: Reading, thing: int, i: int) -> int:
    """Read a clause or a preposition after a noun; return the next index, `i` without one."""
    low, after = reading.low(i), reading.low(i + 1)
    if low == "as" and reading.sketch.things[thing].noun.startswith("same "):
        return _like(reading, thing, i)
    if low in _RELATIVE:
        return _relative(reading, thing, i)
    if low == "," and after in ("who", "which", "whom", "whose", "that"):
        return _relative(reading, thing, i + 1)
    if low in PREPOSITIONS:
        if after in ("which", "whom"):
            return _gapped(reading, thing, i + 2, low)
        return _prepositional(reading, thing, i, low)
    if _reduced(reading, i):
        return reading.clause(reading, i, Frame(thing))
    if low == "," and _apposed(reading, i):
        reading.sketch.things[thing].names = (reading.tokens[i + 1].name,)
        return i + 3 if reading.low(i + 2) == "," else i + 2
    return _gapped(reading, thing, i, "") if _contact(reading, i) else i


def _like(reading: Reading, thing: int, i: int) -> int:
    """Read "as X" after "the same city"."""
    inner, j = reading.phrase(reading, i + 1)
    if inner < 0:
        return i
    own = reading.sketch.things[thing]
    own.noun = own.noun.removeprefix("same ")
    own.like = inner
    return j


def _owned(reading: Reading, thing: int, i: int) -> tuple[int, int]:
    """Read "'s wife" after a whole phrase: "the director of X's wife"."""
    core = NounPhrase(reading, i + 1)
    core.owner = thing
    other, j = core.read()
    if other < 0:
        return thing, i
    reading.sketch.things[other].start = reading.sketch.things[thing].start
    return modified(reading, other, j)


def _apposed(reading: Reading, i: int) -> bool:
    """Return whether a name in commas follows: "the film, Alien, ..."."""
    token = reading.at(i + 1)
    if token is None or not token.name:
        return False
    return reading.low(i + 2) in (",", "") or reading.is_verb(i + 2)


def _lengthen(thing: Thing, reading: Reading, i: int) -> None:
    before = thing.noun
    longer = f"{before} of {reading.low(i)}"
    reading.sketch.joints = [
        replace(j, words=(longer,)) if j.target == thing.id and j.words == (before,) else j
        for j in reading.sketch.joints
    ]
    thing.noun = f"{thing.noun} of {reading.low(i)}"
    thing.end = reading.tokens[i].end
    thing.kind = kind_of(thing.noun)


def _through(sketch: Sketch, outer: Thing, inner: int) -> int:
    own = sketch.things[inner]
    own.best = own.best or outer.best
    own.start = outer.start
    for joint in [j for j in sketch.joints if outer.id in (j.source, j.target)]:
        sketch.joints.remove(joint)
    return inner


def _prepositional(reading: Reading, thing: int, i: int, low: str) -> int:
    sketch = reading.sketch
    inner, j = reading.phrase(reading, i + 1)
    if inner < 0:
        return i
    other = sketch.things[inner]
    own = sketch.things[thing]
    if other.value is not None:
        sign = {"after": ">", "before": "<", "since": ">=", "until": "<="}.get(low, "=")
        sketch.join(thing, "date", inner, sign=sign, extra=sign == "=" or own.kind == "person")
        return j
    owned = any(joint.target == thing for joint in sketch.joints)
    if "same" in other.noun.split():
        sketch.join(thing, low, inner)
        return j
    if low == "with" and other.best is not None and not other.best.attribute:
        sketch.order = Order(thing, (other.noun,), other.best.most, f"count {inner}")
        other.best = None
        sketch.join(thing, other.noun, inner)
        return j
    if own.kind == "person" and low in ("in", "for", "on", "at", "to") and not owned and own.noun:
        sketch.join(inner, (own.noun, f"{own.noun} {low}"), thing)
    elif own.noun and low in ("in", "for", "on", "to") and not owned and own.best is None:
        sketch.join(inner, (f"{own.noun} {low}", own.noun), thing)
    elif low == "with" and other.noun and not other.names and reading.low(i + 1) != "the":
        sketch.join(thing, other.noun, inner)
    else:
        sketch.join(thing, low, inner, extra=owned)
    return j


def _relative(reading: Reading, thing: int, i: int) -> int:
    low = reading.low(i)
    if low == "whose":
        other, j = reading.phrase(reading, i + 1)
        if other < 0:
            return i
        reading.sketch.join(thing, reading.sketch.things[other].noun, other)
        return max(j, reading.clause(reading, j, Frame(other)))
    if low in ("where", "when"):
        return _gapped(reading, thing, i + 1, "in" if low == "where" else "on")
    if starts_phrase(reading, i + 1) and not reading.is_verb(i + 1):
        return _gapped(reading, thing, i + 1, "")
    return reading.clause(reading, i + 1, Frame(thing))


def _gapped(reading: Reading, thing: int, i: int, preposition: str) -> int:
    """Read a clause of which the thing is not the subject: "(that) X founded"."""
    subject, j = reading.phrase(reading, i)
    if subject < 0:
        return i
    return reading.clause(reading, j, Frame(subject, thing, preposition))


def _reduced(reading: Reading, i: int) -> bool:
    """Return whether a participle follows that says more of the noun."""
    token = reading.at(i)
    if token is None or token.low in AUXILIARIES or i == reading.verb:
        return False
    return token.upos in ("VERB", "ADJ") and (
        token.xpos in ("VBN", "VBG")
        or (token.xpos == "VBD" and reading.low(i + 1) in ("by", "in", "on", "at"))
        or token.low in ("born", "known", "located", "based", "situated")
    )


def _contact(reading: Reading, i: int) -> bool:
    """Return whether a clause without "that" follows: "the film X directed"."""
    token = reading.at(i)
    if token is None or not (token.name or token.low in ("the", "he", "she", "they")):
        return False
    k = i + 1
    while k < len(reading.tokens) and (reading.is_noun(k) or reading.tokens[k].upos == "ADJ"):
        k += 1
    return reading.is_verb(k) and reading.tokens[k].xpos in ("VBD", "VBZ", "VBP", "VBN")
