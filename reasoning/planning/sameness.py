""" "The same country", "the most films": what is asked of several things together."""

from __future__ import annotations

from reasoning.planning.lexicon import (
    HAVE,
    MEANS,
    kind_of,
    singular,
)
from reasoning.planning.reading import Reading
from reasoning.planning.sketch import Order, Same

__all__ = ["count_of", "note_same"]


def note_same(reading: Reading, subject: int, other: int, verb: str) -> bool:
    """Return whether "the same country" is asked for, and note it."""
    thing = reading.sketch.things[other]
    shared = verb == "share" and bool(reading.sketch.things[subject].also) and not thing.names
    if "same" not in thing.noun.split() and not shared:
        return False
    noun = " ".join(w for w in thing.noun.split() if w != "same")
    found = MEANS.get((singular(noun), "place"), (singular(noun),))
    if singular(noun) == "country":
        place = verb in ("located", "based", "situated")
        found = ("country",) if place else ("country", "country of citizenship", "nationality")
    reading.sketch.same = Same(subject, found, kind_of(noun))
    reading.sketch.joints = [j for j in reading.sketch.joints if other not in (j.source, j.target)]
    return True


def count_of(reading: Reading, subject: int, other: int, verb: str) -> None:
    """Order subjects by how many they are joined to: "directed the most films"."""
    thing = reading.sketch.things[other]
    best = thing.best
    thing.best = None
    reading.sketch.join(subject, verb if verb not in HAVE else thing.noun, other)
    if best is not None:
        reading.sketch.order = Order(subject, (thing.noun,), best.most, f"count {other}")
