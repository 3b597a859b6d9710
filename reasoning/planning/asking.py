"""What a whole question asks for: one thing, how many, whether, or which of two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reasoning.planning.choosing import ASKING, MARKS, choose, offered_names
from reasoning.planning.clauses import clause
from reasoning.planning.fronting import wh_question
from reasoning.planning.lexicon import AUXILIARIES, PREPOSITIONS, listed, singular
from reasoning.planning.phrases import phrase
from reasoning.planning.reading import Reading
from reasoning.planning.sketch import Sketch, Thing
from reasoning.planning.stating import imperative, statement, whether_question
from reasoning.planning.tokens import Token

__all__ = ["Asked", "understand"]

_IMPERATIVE = listed("list count name give show find tell state identify enumerate return display")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question understood: its sketch, the thing that it asks for and how.

    `form` is select (which one), list (which ones), count (how many), yesno (whether), choose
    (which of those named) or same (whether two have something in common).
    """

    sketch: Sketch
    target: int
    form: str
    tokens: tuple[Token, ...]

    @property
    def asked(self) -> Thing:
        """The thing that is asked for."""
        return self.sketch.things[self.target]


def understand(text: str, tokens: Sequence[Token]) -> Asked | None:
    """Return what the words of a question ask for, None where that is not understood."""
    kept = tuple(tokens)
    while kept and kept[-1].low in MARKS:
        kept = kept[:-1]
    while kept and kept[0].low in ("please", "and", "so", "can", "you", "could", "but"):
        if kept[0].low in ("can", "could") and len(kept) > 1 and kept[1].low != "you":
            break
        kept = kept[1:]
    if not kept:
        return None
    names, frame = offered_names(kept)
    reading = Reading(frame, Sketch(text), phrase, clause)
    if names:
        found = choose(reading, names)
    elif frame[0].low in ASKING or (frame[0].low in PREPOSITIONS and reading.low(1) in ASKING):
        found = wh_question(reading)
    elif frame[0].low in AUXILIARIES:
        found = whether_question(reading)
    elif frame[0].low in _IMPERATIVE:
        found = imperative(reading)
    else:
        found = statement(reading)
    if found is None or found[0] < 0:
        return None
    target, form = found
    _grounded(reading.sketch, target, form)
    if reading.sketch.same is not None and form == "yesno":
        form = "same"
    return Asked(reading.sketch, target, form, kept)


def _grounded(sketch: Sketch, target: int, form: str) -> None:
    """Say of a thing of which nothing is said that it is what its noun says: "all cosmonauts"."""
    own = sketch.things[target]
    if any(sketch.of(target)) or sketch.order is not None or sketch.same is not None:
        return
    if own.best is not None and own.best.attribute:
        return
    if form == "yesno" and own.names and not sketch.joints:
        other = sketch.add(-1, -1)
        sketch.join(target, _last_word(sketch.text), other.id)
    elif own.noun and not own.names:
        sort = sketch.add(own.start, own.end)
        sort.names = (singular(own.noun),)
        sketch.join(target, ("is a", "occupation", "type"), sort.id)


def _last_word(text: str) -> str:
    found = [w for w in text.lower().rstrip("?!. ").split() if w.isalpha()]
    return found[-1] if found else "is"
