"""What "is" says of its subject: what it is, where it is, how it compares."""

from __future__ import annotations

from reasoning.planning.lexicon import ATTRIBUTES, LATER, PREPOSITIONS, listed, singular
from reasoning.planning.reading import Frame, Reading
from reasoning.planning.sameness import note_same
from reasoning.planning.sketch import Order
from reasoning.planning.verbs import Said, join_said, limit_order, read_arguments, wording

__all__ = ["being"]

#: "In charge of" is one relation.
_HOLDS = listed("charge command control front need possession favour favor")
_SIZES = listed("height elevation population size length depth weight speed price wealth number")


def being(reading: Reading, i: int, frame: Frame, said: Said) -> int:
    """Read what follows "is": a phrase that means the frame.subject, where it is, how it is."""
    sketch = reading.sketch
    token = reading.at(i)
    if token is None:
        return _is_gap(reading, i, frame)
    k = i + (token.low in ("a", "an", "the"))
    if reading.low(k) in ("part", "member", "one") and reading.low(k + 1) == "of":
        inner, j = reading.phrase(reading, k + 2)
        if inner >= 0:
            words = f"{reading.low(k)} of"
            sketch.join(frame.subject, words, inner, main=frame.main, denied=said.denied)
            return j
    if token.low in LATER or token.low in ATTRIBUTES:
        j = _comparative(reading, i, frame)
        if j > i:
            return j
    if token.low in PREPOSITIONS:
        return _somewhere(reading, i, frame, said)
    if token.upos == "ADJ" and not reading.is_noun(i + 1) and reading.low(i + 1) in PREPOSITIONS:
        said.verb, said.passive = token.low, True
        j = read_arguments(reading, i + 1, said, False)
        join_said(reading, frame, said)
        return j
    other, j = reading.phrase(reading, i)
    if other < 0:
        return _is_gap(reading, i, frame)
    if note_same(reading, frame.subject, other, "is"):
        return j
    _equate(reading, frame, other)
    return j


def _equate(reading: Reading, frame: Frame, other: int) -> None:
    """Say that the subject is what a phrase says: of that kind, of that name, or that very one."""
    sketch = reading.sketch
    thing = sketch.things[other]
    if frame.gap >= 0:
        words = f"{thing.noun or 'is'} {frame.preposition or _stranded(reading)}".strip()
        sketch.join(frame.subject, words, frame.gap, main=frame.main)
    elif sketch.things[frame.subject].noun and _is_plain(reading, other):
        thing.names = (singular(thing.noun),)
        sketch.join(frame.subject, ("is a", "occupation", "type"), other, main=frame.main)
    elif sketch.things[frame.subject].names or sketch.things[frame.subject].also:
        if not thing.names and not any(other in (x.source, x.target) for x in sketch.joints):
            thing.names = (singular(thing.noun),)
            sketch.join(frame.subject, ("is a", "occupation", "type"), other, main=frame.main)
        elif not thing.names and not sketch.things[frame.subject].also:
            # "Is X the author of Y": the author is known by name.
            thing.names = sketch.things[frame.subject].names
        else:
            sketch.join(frame.subject, "is", other, main=frame.main)
    else:
        sketch.merge(frame.subject, other)


def _stranded(reading: Reading) -> str:
    """Return the preposition that ends a question: "a member of?"."""
    last = reading.low(len(reading.tokens) - 1)
    return last if last in PREPOSITIONS else ""


def _somewhere(reading: Reading, i: int, frame: Frame, said: Said) -> int:
    """Read "is in X", and "is from" of what stands before it."""
    sketch, low = reading.sketch, reading.low(i)
    if low == "in" and reading.low(i + 1) in _HOLDS and reading.low(i + 2) == "of":
        held, j = reading.phrase(reading, i + 3)
        if held >= 0:
            charge = f"in {reading.low(i + 1)} of"
            sketch.join(frame.subject, charge, held, main=frame.main, denied=said.denied)
            return j
    inner, j = reading.phrase(reading, i + 1)
    if inner < 0:
        if frame.gap >= 0:
            words = wording(low, "", sketch.things[frame.gap].kind)
            sketch.join(frame.subject, words, frame.gap, main=frame.main, denied=said.denied)
        return i + 1
    if not note_same(reading, frame.subject, inner, low):
        sketch.join(frame.subject, low, inner, main=frame.main, denied=said.denied)
    return j


def _is_plain(reading: Reading, thing: int) -> bool:
    """Return whether a thing is a noun and nothing more."""
    own = reading.sketch.things[thing]
    joined = any(thing in (x.source, x.target) for x in reading.sketch.joints)
    return bool(own.noun) and not own.given and own.best is None and not joined


def _is_gap(reading: Reading, i: int, frame: Frame) -> int:
    if frame.gap >= 0:
        kind = reading.sketch.things[frame.gap].kind
        words = wording(frame.preposition or "is", "", kind)
        reading.sketch.join(frame.subject, words, frame.gap, main=frame.main)
    return i


def _comparative(reading: Reading, i: int, frame: Frame) -> int:
    """Read "is older (than the other)", "is larger"."""
    low = reading.low(i)
    if low == "more" and reading.low(i + 1) in ATTRIBUTES:
        i, low = i + 1, reading.low(i + 1)
    if reading.is_noun(i + 1) or reading.low(i + 1) == "of":
        return i - 1
    attribute, most = ATTRIBUTES.get(low, ("date", LATER.get(low, True)))
    kind = "number" if attribute in _SIZES else "date"
    words = ("born on", "date of birth") if attribute == "date of birth" else (attribute,)
    reading.sketch.order = Order(frame.subject, words, most, kind)
    i += 1
    if reading.low(i) == "than":
        limit, i = reading.phrase(reading, i + 1)
        limit_order(reading, limit)
    return i
