"""What a full verb says of its subject: "published Y", "was born in X"."""

from __future__ import annotations

from dataclasses import dataclass, field

from reasoning.logic.expressions import Constant
from reasoning.planning.lexicon import (
    ATTRIBUTES,
    AUXILIARIES,
    BE,
    EVENTS,
    LATER,
    MEANS,
    PREPOSITIONS,
    listed,
    singular,
)
from reasoning.planning.reading import Frame, Reading, starts_phrase
from reasoning.planning.sameness import count_of, note_same
from reasoning.planning.sketch import Order

__all__ = ["Said", "join_said", "limit_order", "read_arguments", "verb_phrase", "wording"]

_UNLIKE = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "=": "!="}
_SIGNS = {"after": ">", "before": "<", "since": ">=", "until": "<=", "prior": "<"}
_PARTICLES = listed("out up off down away")
#: Verbs that say nothing without their object: "shares a border with".
_EMPTY = listed("share shares shared take takes took taken make makes made forms form")
#: Verbs that say less of a relation than what they lead to: "the award that X got".
_LIGHT = listed("get got earn earned receive received have had hold held win won take do did")


def wording(verb: str, preposition: str, kind: str) -> tuple[str, ...]:
    """Return what a relation may be called, from a verb, what follows it and what it leads to.

    >>> wording("born", "", "date"), wording("played", "for", "organization")
    (('born on', 'date of birth'), ('played for',))
    """
    found = MEANS.get((verb, kind))
    return found or (f"{verb} {preposition}".strip(),)


@dataclass(slots=True)
class Said:
    """A verb with what goes with it."""

    verb: str = ""
    passive: bool = False
    denied: bool = False
    object: int = -1
    by: int = -1
    others: list[tuple[str, int]] = field(default_factory=list)
    times: list[tuple[str, Constant, int]] = field(default_factory=list)
    stranded: str = ""
    order: str = ""


def verb_phrase(reading: Reading, i: int, frame: Frame, said: Said, auxiliary: str) -> int:
    """Read the verb at `i` with what follows it, and what "and" joins to it; return the next
    index."""
    token = reading.tokens[i]
    said.verb = token.low
    said.passive = token.xpos == "VBN" if not auxiliary else auxiliary in BE and token.xpos != "VBG"
    i += 1
    following = reading.at(i)
    if following is not None and (following.xpos == "RP" or following.low in _PARTICLES):
        said.verb += f" {following.low}"
        i += 1
    i = read_arguments(reading, i, said, frame.gap < 0)
    limit = -1
    if reading.low(i) == "than":
        limit, i = reading.phrase(reading, i + 1)
    join_said(reading, frame, said)
    limit_order(reading, limit)
    if reading.low(i) in ("and", "but", ",") and frame.gap < 0:
        j = i + 1 + (reading.low(i + 1) in ("and", "but"))
        after = reading.at(j)
        if after is not None and (after.low in AUXILIARIES or after.upos == "VERB"):
            k = reading.clause(reading, j, Frame(frame.subject, main=frame.main))
            return k if k > j else i
    return i


def limit_order(reading: Reading, limit: int) -> None:
    """Turn "released earlier than 1990" from an order into a test."""
    order = reading.sketch.order
    if order is not None and limit >= 0 and reading.sketch.things[limit].value is not None:
        reading.sketch.order = None
        sign = ">" if order.most else "<"
        reading.sketch.join(order.thing, order.words, limit, sign=sign)


def read_arguments(reading: Reading, i: int, said: Said, objects: bool) -> int:
    """Read objects, what prepositions bring in, and times; return the next index."""
    while (token := reading.at(i)) is not None:
        low = token.low
        if low in LATER and not reading.is_noun(i + 1) and low not in ("before", "after"):
            said.order = said.order or low
            i += 1
        elif token.xpos in ("JJR", "RBR") and low in ATTRIBUTES and not reading.is_noun(i + 1):
            said.order = said.order or ("" if low == "more" else low)
            i += 1
        elif low in PREPOSITIONS or (low == "to" and reading.is_noun(i + 1)):
            if (
                low in ("in", "at", "on") and reading.low(i + 1) in ("which", "what")
            ) or starts_phrase(reading, i + 1):
                inner, j = reading.phrase(reading, i + 1)
            else:
                inner, j = -1, i + 1
                said.stranded = low if not said.stranded else said.stranded
            if inner >= 0:
                value = reading.sketch.things[inner].value
                if value is not None and low != "by":
                    said.times.append((_SIGNS.get(low, "="), value, inner))
                elif low == "by" and said.passive and said.by < 0:
                    said.by = inner
                else:
                    said.others.append((low, inner))
            i = j
        elif token.upos == "ADV" and not token.name:
            i += 1
        elif objects and said.object < 0 and not said.others and starts_phrase(reading, i):
            said.object, j = reading.phrase(reading, i)
            if j <= i:
                break
            i = j
        elif low == "and" and said.object >= 0 and starts_phrase(reading, i + 1):
            other, j = reading.phrase(reading, i + 1)
            if other < 0 or reading.is_verb(j):
                break
            said.others.append(("", other))
            i = j
        else:
            break
    return i


def join_said(reading: Reading, frame: Frame, said: Said) -> None:
    """Put what a verb says into the sketch: its agent, object, places, times and gap."""
    sketch, subject = reading.sketch, frame.subject
    held = next((value for sign, value, _ in said.times if sign == "="), None)
    dated = said.object < 0 and said.by < 0 and (said.verb in EVENTS or not said.others)
    at = held if not dated or frame.gap >= 0 else None
    count = len(sketch.joints)
    arguments = [(f"{said.verb} by", "", said.by)] if said.by >= 0 else []
    arguments += [(said.verb, "", said.object)] if said.object >= 0 else []
    arguments += [("", low, other) for low, other in said.others]
    if len(arguments) == 1 and said.object >= 0:
        arguments = [_through_object(reading, said)]
    for words, low, other in arguments:
        if note_same(reading, subject, other, said.verb):
            return
        thing = sketch.things[other]
        if thing.best is not None and not thing.best.attribute and not thing.names:
            count_of(reading, subject, other, words or f"{said.verb} {low}")
            continue
        extra = not words and len(sketch.joints) > count
        said_of = words or wording(said.verb, low, thing.kind)
        sign = thing.quantity[0] if thing.quantity and thing.value else "="
        told = {"main": frame.main, "extra": extra, "denied": said.denied}
        sketch.join(subject, said_of, other, sign=sign, at=at, **told)
    if frame.gap >= 0:
        words_to = _to_gap(reading, frame, said)
        sketch.join(subject, words_to, frame.gap, main=frame.main, denied=said.denied, at=at)
    elif said.stranded and reading.wanted < 0 and len(sketch.joints) == count:
        said.verb = f"{said.verb} {said.stranded}"
    _join_times(reading, frame, said, dated=dated and frame.gap < 0)
    if said.order:
        sketch.order = _ordered(subject, said)


def _through_object(reading: Reading, said: Said) -> tuple[str, str, int]:
    """Return what a verb says of what its object leads to: "shares a border with X"."""
    sketch = reading.sketch
    own = sketch.things[said.object]
    inner = list(sketch.of(said.object))
    plain = own.noun and not own.given and own.best is None and own.id != reading.wanted
    if said.verb not in _EMPTY or not plain or len(inner) != 1 or inner[0].source != own.id:
        return said.verb, "", said.object
    sketch.joints.remove(inner[0])
    return f"{said.verb} {own.noun} {inner[0].words[0]}", "", inner[0].target


def _to_gap(reading: Reading, frame: Frame, said: Said) -> tuple[str, ...]:
    """Return what joins the subject to the gap of a clause."""
    gap = reading.sketch.things[frame.gap]
    preposition = frame.preposition or said.stranded
    if said.passive and not preposition and gap.kind == "person":
        return (f"{said.verb} by",)
    words = wording(said.verb, preposition, gap.kind)
    return (*words, singular(gap.noun)) if said.verb in _LIGHT and gap.noun else words


def _join_times(reading: Reading, frame: Frame, said: Said, *, dated: bool) -> None:
    """Put "in 1990", "after 1990" into the sketch: of an event itself, else of what it made."""
    for sign, _, other in said.times:
        if dated:
            held = _UNLIKE[sign] if said.denied else sign
            words = wording(said.verb, "", "date")
            reading.sketch.join(frame.subject, words, other, main=frame.main, sign=held)
        elif sign != "=":
            about = said.object if said.object >= 0 else frame.subject
            reading.sketch.join(about, "date", other, main=frame.main, extra=True, sign=sign)


def _ordered(subject: int, said: Said) -> Order:
    """Return what a comparison after a verb orders by."""
    if said.verb in ("lived", "live") and said.order == "longer":
        return Order(subject, ("lifespan",), True, "span")
    most = LATER.get(said.order, ATTRIBUTES.get(said.order, ("", True))[1])
    if said.order in LATER:
        return Order(subject, wording(said.verb, "", "date"), most)
    return Order(subject, (f"{said.verb} {said.order}",), most, "number")
