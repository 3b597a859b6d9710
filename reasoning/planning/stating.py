"""Questions that begin with no question word: whether, lists, and statements with a gap."""

from __future__ import annotations

from reasoning.planning.choosing import ASKING, KIND_OF_WORD
from reasoning.planning.clauses import clause
from reasoning.planning.fronting import fronted
from reasoning.planning.inverting import inverted, last_verb
from reasoning.planning.phrases import phrase
from reasoning.planning.reading import Frame, Reading
from reasoning.planning.sameness import note_same
from reasoning.planning.sketch import Same
from reasoning.planning.verbs import wording

__all__ = ["imperative", "statement", "whether_question"]


def whether_question(reading: Reading) -> tuple[int, str] | None:
    """Read "Is X ...", "Did X and Y ...", "Was A or B born first"."""
    sketch = reading.sketch
    auxiliary, i = reading.low(0), 1
    if reading.low(i) == "there":
        i += 1
    reading.verb = last_verb(reading)
    subject, j = phrase(reading, i)
    reading.verb = -1
    if subject < 0:
        return None
    own = sketch.things[subject]
    if reading.low(j) == "the" and reading.low(j + 1) == "same":
        other, k = phrase(reading, j + 2 + (reading.low(j + 2) in ("as", "for")))
        if other >= 0 and k >= len(reading.tokens):
            sketch.same = Same(subject, (), "thing", other)
            return subject, "yesno"
    if not own.names and reading.low(j) in (",", ":"):
        # "both films, X and Y, ..."
        named, k = phrase(reading, j + 1)
        if named >= 0 and sketch.things[named].names:
            sketch.things[named].noun = own.noun
            subject, j = named, k
    while reading.low(j) in (",", "both", "each", "all"):
        j += 1
    if j < len(reading.tokens):
        inverted(reading, j, subject, -1, "", auxiliary)
    for joint in list(sketch.joints):
        note_same(reading, joint.source, joint.target, joint.words[0])
    own = sketch.things[subject]
    if sketch.order is not None and (len(own.names) > 1 or own.also):
        for other in own.also:
            own.names = (*own.names, *sketch.things[other].names)
        own.also = ()
        return subject, "choose"
    return subject, "yesno"


def imperative(reading: Reading) -> tuple[int, str] | None:
    """Read "list all films by X", "count the films by X"."""
    i = 1
    while reading.low(i) in ("me", "us", "all", "the", "of", "out", "a", "list"):
        if reading.low(i) == "the" and reading.low(i + 1) not in ("names", "name", "list"):
            break
        i += 1
    thing, j = phrase(reading, i)
    if thing < 0:
        return None
    clause(reading, j, Frame(thing))
    if reading.low(0) == "count":
        reading.sketch.things[thing].counted = True
        return thing, "count"
    return thing, "list"


def statement(reading: Reading) -> tuple[int, str] | None:
    """Read a question that asks in its middle: "X has its seat in what city"."""
    subject, j = phrase(reading, 0)
    if subject < 0:
        return None
    asks = next((k for k in range(j, len(reading.tokens)) if reading.low(k) in ASKING), -1)
    if asks < 0:
        own = reading.sketch.things[subject]
        clause(reading, j, Frame(subject, main=True))
        return subject, ("list" if own.plural else "select")
    if reading.low(j) == ",":
        j += 1
    if asks == j:
        # "X, who directed it": the rest is a question of its own about what was named.
        inside = _fronted_after(reading, j, subject)
        return inside
    i = j
    while i < len(reading.tokens):
        k = clause(reading, i, Frame(subject, main=True))
        i = k if k > i else i + 1
    if reading.wanted >= 0:
        counted = reading.sketch.things[reading.wanted].counted
        return reading.wanted, ("count" if counted else "select")
    word = reading.low(asks)
    token = reading.tokens[asks]
    target = reading.sketch.add(token.start, token.end, kind=KIND_OF_WORD.get(word, "any"))
    before = reading.tokens[asks - 1]
    words = wording(before.low, "", target.kind)
    reading.sketch.join(subject, words, target.id, main=True)
    return target.id, "select"


def _fronted_after(reading: Reading, i: int, subject: int) -> tuple[int, str]:
    low = reading.low(i)
    if low in ("what", "which") and reading.is_noun(i + 1):
        thing, j = phrase(reading, i)
    else:
        token = reading.tokens[i]
        thing, j = (
            reading.sketch.add(token.start, token.end, kind=KIND_OF_WORD.get(low, "any")).id,
            i + 1,
        )
    target = fronted(reading, j, thing, "")
    if not any(subject in (x.source, x.target) for x in reading.sketch.joints):
        reading.sketch.join(subject, reading.sketch.things[target].noun or "is", target, main=True)
    return target, "select"
