"""Sub-questions: what a step of a program asks, in words that a text can answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from reasoning.planning.lexicon import kind_of
from reasoning.planning.sketch import Joint, Sketch, Thing

__all__ = ["ask_of", "attribute_of", "lifespan_asks"]

_THAT = re.compile(
    r"(?:the|a|an)\s+(.{1,80}?)\s+(?:who|that|which)\s+(.+)", re.IGNORECASE | re.DOTALL
)
_WHEN = {
    "born on": "When was {} born?",
    "died on": "When did {} die?",
    "released on": "When was {} released?",
    "published on": "When was {} published?",
    "founded on": "When was {} founded?",
    "born in": "Where was {} born?",
    "died in": "Where did {} die?",
    "country of citizenship": "What is the nationality of {}?",
    "nationality": "What is the nationality of {}?",
    "country": "In which country is {}?",
    "country of origin": "Which country is {} from?",
    "from": "Which country is {} from?",
    "located in": "Where is {} located?",
    "date": "When was {}?",
}


def attribute_of(relation: str, about: str, *, bare: bool = False) -> str:
    """Return a question for an attribute of what a variable is bound to, or of a name (`bare`).

    >>> attribute_of("born on", "director"), attribute_of("height", "Everest", bare=True)
    ('When was {director} born?', 'What is the height of Everest?')
    """
    said = about if bare else f"{{{about}}}"
    form = _WHEN.get(relation)
    if form is None and relation.endswith(" on") and " " not in relation[:-3]:
        form = f"When was {{}} {relation[:-3]}?"
    return form.format(said) if form else f"What is the {relation} of {said}?"


def lifespan_asks(variable: str) -> tuple[str, str]:
    """Return the questions for the birth and the death of what a variable is bound to."""
    return attribute_of("born on", variable), attribute_of("died on", variable)


def ask_of(
    sketch: Sketch,
    joint: Joint,
    bound: Collection[int],
    variable: Callable[[Thing], str],
    target: int,
) -> str:
    """Return the question of one step; "" where both of its ends are known."""
    source, tail = sketch.things[joint.source], sketch.things[joint.target]
    known = [t for t in (source, tail) if t.id in bound or t.given]
    if len(known) == 2 and not (tail.value is not None and source.id not in bound):
        return "" if tail.value is None else _about_value(sketch, joint, bound, variable)
    open_end = tail if source in known or (tail not in known) else source
    other = source if open_end is tail else tail
    spoken = {t.id: variable(t) for t in sketch.things if t.id in bound}
    if joint.main and open_end.id == target and not _is_choice(sketch, target):
        return _filled(sketch, 0, len(sketch.text), spoken, open_end)
    inside = open_end.start <= other.start and other.end <= open_end.end
    if inside and open_end.end > open_end.start:
        text = _filled(sketch, open_end.start, open_end.end, spoken, open_end)
        return _asked(text, open_end)
    said = f"{{{spoken[other.id]}}}" if other.id in spoken else (other.names or ("",))[0]
    if not said:
        return ""
    if len(other.names) > 1:
        said = f"{{{variable(other)}}}"
    if joint.words[0].startswith("number of "):
        return f"How many {joint.words[0].removeprefix('number of ')} does {said} have?"
    if open_end is tail and (tail.noun in joint.words or kind_of(joint.words[0]) == "person"):
        return f"{_wh(open_end)} is the {joint.words[0]} of {said}?"
    if open_end is tail:
        return (
            attribute_of(joint.words[0], said, bare=True)
            if joint.words[0] in _WHEN
            else (f"{said} {joint.words[0]} {_wh(open_end).lower()}?")
        )
    return f"{_which(open_end)} {joint.words[0]} {said}?"


def _about_value(
    sketch: Sketch, joint: Joint, bound: Collection[int], variable: Callable[[Thing], str]
) -> str:
    source = sketch.things[joint.source]
    said = f"{{{variable(source)}}}" if source.id in bound else (source.names or ("",))[0]
    return attribute_of(joint.words[0], said, bare=True) if said else ""


def _is_choice(sketch: Sketch, target: int) -> bool:
    return bool(sketch.things[target].names) or sketch.order is not None


def _filled(sketch: Sketch, start: int, end: int, spoken: dict[int, str], but: Thing) -> str:
    """Return a part of the question with what is bound by then as "{variable}"."""
    spans = [
        (thing.start, thing.end, spoken[thing.id])
        for thing in sketch.things
        if thing.id in spoken and thing.id != but.id and start <= thing.start < thing.end <= end
    ]
    text, at = "", start
    for first, last, name in sorted(spans, key=lambda s: (s[0], -s[1])):
        if first < at:
            continue
        text += _plain(sketch.text[at:first]) + f"{{{name}}}"
        at = last
    return (text + _plain(sketch.text[at:end])).strip()


def _plain(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")


def _asked(text: str, thing: Thing) -> str:
    """Return a phrase as a question: "the film that X made" as "Which film X made?"."""
    found = _THAT.fullmatch(text)
    if found and thing.kind == "person":
        return f"Who {found[2]}?"
    if found:
        return f"Which {found[1]} {found[2]}?"
    text = re.sub(r"^(?:both|all|each)\s+", "", text)
    text = re.sub(r"^(?:the\s+)?names?\s+of\s+(?=\S)", "", text, flags=re.IGNORECASE)
    if re.match(r"[^\s].*['’]s? ", text) and not text.lower().startswith("the "):
        return f"{_wh(thing)} {'are' if thing.plural else 'is'} {text}?"
    begins = text if re.match(r"(the|a|an|his|her|its)\b", text, re.IGNORECASE) else f"the {text}"
    begins = re.sub(r"^(which|what|how many)\s+", "the ", begins, flags=re.IGNORECASE)
    begins = re.sub(r"^the (which|what|how many)\s+", "the ", begins, flags=re.IGNORECASE)
    return f"{_wh(thing)} {'are' if thing.plural else 'is'} {begins}?"


def _wh(thing: Thing) -> str:
    return {"person": "Who", "date": "When", "place": "What"}.get(thing.kind, "What")


def _which(thing: Thing) -> str:
    if thing.noun:
        return f"Which {thing.noun}"
    return _wh(thing)
