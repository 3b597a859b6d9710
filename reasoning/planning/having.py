"""What "has" says of its subject: "has the director who ...", "has more members"."""

from __future__ import annotations

from reasoning.planning.lexicon import ATTRIBUTES, kind_of
from reasoning.planning.reading import Frame, Reading
from reasoning.planning.sameness import count_of, note_same
from reasoning.planning.sketch import Order
from reasoning.planning.verbs import Said

__all__ = ["having"]


def having(reading: Reading, i: int, frame: Frame, said: Said) -> int:
    """Read "has the director who ...", "has more members"."""
    sketch = reading.sketch
    if reading.low(i) in ("more", "fewer", "less") and reading.is_noun(i + 1):
        return _having_many(reading, i, frame)
    k = i + (reading.low(i) in ("the", "a"))
    larger = reading.at(k)
    if larger is not None and larger.low in ATTRIBUTES and larger.xpos in ("JJR", "JJS", "RBS"):
        j = _having_more(reading, k, frame)
        if j > i:
            return j
    other, j = reading.phrase(reading, i)
    if other < 0:
        if frame.gap >= 0:
            words = sketch.things[frame.gap].noun or "has"
            sketch.join(frame.subject, words, frame.gap, main=frame.main, denied=said.denied)
        return i
    thing = sketch.things[other]
    if note_same(reading, frame.subject, other, "have"):
        return j
    if thing.best is not None and not thing.best.attribute and not thing.names:
        count_of(reading, frame.subject, other, "has")
    else:
        words = thing.noun if thing.noun and not thing.names else "has"
        inner = [x for x in sketch.joints if other in (x.source, x.target)]
        if len(inner) == 1 and reading.low(i) in ("a", "an"):
            # "has its seat in X": the seat itself is of no interest.
            far = inner[0].target if inner[0].source == other else inner[0].source
            sketch.joints.remove(inner[0])
            words, other = max(inner[0].words, key=len), far
        sketch.join(frame.subject, words, other, main=frame.main, denied=said.denied)
    if frame.gap >= 0:
        sketch.join(frame.subject, "has", frame.gap, main=frame.main, denied=said.denied)
    return j


def _having_more(reading: Reading, i: int, frame: Frame) -> int:
    """Read "has the larger population", "has the highest peak"; `i` is where "larger" stands."""
    sketch = reading.sketch
    noun = reading.low(i + 1)
    if not reading.is_noun(i + 1) or kind_of(noun) != "number":
        return i - 1
    most = ATTRIBUTES[reading.low(i)][1]
    other, j = reading.phrase(reading, i + 1)
    words = sketch.things[other].noun if other >= 0 else noun
    sketch.order = Order(frame.subject, (words,), most, "number")
    return j


def _having_many(reading: Reading, i: int, frame: Frame) -> int:
    """Read "has more members (than Y)"; `i` is where "more" stands."""
    other, j = reading.phrase(reading, i + 1)
    if other < 0:
        return i
    noun = reading.sketch.things[other].noun
    words = (f"number of {noun}", noun)
    most = reading.low(i) == "more"
    reading.sketch.order = Order(frame.subject, words, most, f"count {other}")
    reading.sketch.join(frame.subject, words, other, main=frame.main)
    return reading.phrase(reading, j + 1)[1] if reading.low(j) == "than" else j
