"""Questions that were cut short, made whole from the question before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.slots.english import base_form
from reasoning.answers.grammar import AUX
from reasoning.answers.names import Name, link
from reasoning.answers.view import FactView
from reasoning.answers.words import fold, listed, words
from reasoning.planning.dialogue_referents import Referent, is_person_noun, kind_of_entity

__all__ = ["completed"]

_OPENING = re.compile(r"^(?:(?:and|but|so|ok|okay|then|well),?\s+)+", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:what|how)\s+about\s+", re.IGNORECASE)
_BARE = re.compile(
    r"^((?:in|on|at|since|until|from|by)\s+)?(?:when|where|why|how|what\s+year|which\s+\w+|what\s+\w+)"
    r"\s*\?*$",
    re.IGNORECASE,
)
_WH = re.compile(
    r"^(?:(?:in|on|at|from|by|since)\s+)?(?:who|whom|what|which|where|when|why|how)\b",
    re.IGNORECASE,
)
_QUESTION = listed("who whom whose what which where when why how name list give tell show find")
_PLACED = re.compile(
    r"^(in|on|at|after|before|since|during|from|until)\s+(.+)$", re.IGNORECASE | re.DOTALL
)
#: "Did Otto Hahn?"
_ALSO = re.compile(rf"^(?:{'|'.join(sorted(AUX))})\s+(.+)$", re.IGNORECASE)
_OWNED = re.compile(r"^(.+?)[’']s?\s+([^’']+)$", re.DOTALL)
_ROLE = re.compile(r"^the\s+((?:\w+\s+){0,2}\w+)$", re.IGNORECASE)
_OF_ROLE = re.compile(r"\bthe\s+(?:\w+\s+)?(\w+)\s+of\s+(?:the\s+)?$", re.IGNORECASE)


def completed(text: str, last: str, before: Sequence[Referent], facts: FactView) -> str | None:
    """Return the question made whole: as it stands where nothing is missing, and None where it
    was cut short and nothing before makes it whole.

    >>> from reasoning.answers import MemoryView
    >>> completed("And when?", "Where was Ada Byron born?", [], MemoryView())
    'When was Ada Byron born?'
    """
    bare = _OPENING.sub("", text)
    cut = _ABOUT.sub("", bare).rstrip(" ?.!")
    if _BARE.match(bare) and len(words(bare)) < 4:
        return _asked_anew(cut, last, before) if last else None
    short = text.rstrip(" ?.!") != cut
    names, strangers = link(cut, facts)
    also = _ALSO.match(cut)
    if last and also and names and also[1] == names[0].text:
        return _exchanged(names[0], last, facts)
    if not _is_cut(cut, short=short):
        return _capital(bare)
    if not last:
        return None if short else text
    placed = _PLACED.match(cut)
    if placed:
        return _moved(placed[1], placed[2], last)
    whole = next((n for n in (*names, *strangers) if n.text == cut), None)
    if whole is not None:
        return _exchanged(whole, last, facts)
    owned, role = _OWNED.match(cut), _ROLE.match(cut)
    if owned:
        return _role(owned[2], owned[1])
    if role:
        return _of_topic(role[1], last, before)
    return _exchanged(names[0], last, facts) if len(names) == 1 and not strangers else text


def _is_cut(text: str, *, short: bool) -> bool:
    """Return whether a text is no whole question: no question word, no verb in front."""
    said = [fold(word.text) for word in words(text)]
    if not said or said[0] in AUX or set(said) & _QUESTION:
        return False
    return short or (len(said) <= 5 and not set(said) & AUX)


def _asked_anew(wh: str, last: str, before: Sequence[Referent]) -> str:
    """Return the question before with another question word."""
    opening = _WH.match(last)
    rest = last[opening.end() :] if opening else f" {last[:1].lower()}{last[1:]}"
    if opening is None:
        return _capital(wh + rest)
    said = fold(opening[0])
    if said in ("who", "whom") or not re.match(rf"\s+(?:{'|'.join(sorted(AUX))})\b", rest):
        return _capital(_with_answer(wh, said, rest, before))
    return _capital(wh + rest)


def _with_answer(wh: str, said: str, rest: str, before: Sequence[Referent]) -> str:
    """Return "When did A discover radium?" for "Who discovered radium?", answered by A."""
    answer = next((r.text for r in before if r.answered and r.turn == before[0].turn), "")
    tokens = words(rest)
    place = next((i for i, w in enumerate(tokens) if fold(w.text) in AUX), None)
    if said not in ("who", "whom") and place:  # "In which city was": the noun goes too
        return f"{wh} {rest[tokens[place].start :]}"
    if not answer or not tokens:
        return wh + rest
    first = tokens[0]
    if fold(first.text) in AUX:
        return f"{wh} {first.text} {answer}{rest[first.end :]}"
    return f"{wh} did {answer} {base_form(fold(first.text))}{rest[first.end :]}"


def _moved(preposition: str, rest: str, last: str) -> str:
    """Return the question before at another time or place: "And in 1911?"."""
    dated = any(c.isdigit() for c in rest)
    shape = r"[^?]*?\d{3,4}" if dated else r"[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*)*"
    found = re.search(rf"\b(?:{preposition}|in)\s+{shape}", last)
    said = f"{preposition.lower()} {rest}"
    if found and found.start():
        return f"{last[: found.start()]}{said}{last[found.end() :]}"
    return f"{last.rstrip(' ?')} {said}?"


def _exchanged(name: Name, last: str, facts: FactView) -> str | None:
    """Return the question before about another name, in the place of one of its kind."""
    names, strangers = link(last, facts)
    kind = kind_of_entity(name.entities[0]) if name.entities else ""
    alike = [n for n in names if n.entities and kind_of_entity(n.entities[0]) == kind]
    old = next(iter([*alike, *names, *strangers]), None)
    if old is None:
        return None
    start, end = old.start, old.end
    if kind == "person" and not alike:  # a person for "the discoverer of X"
        role = _OF_ROLE.search(last[:start])
        if role and is_person_noun(role[1]):
            start = role.start()
    return f"{last[:start]}{name.text}{last[end:]}"


def _of_topic(role: str, last: str, before: Sequence[Referent]) -> str | None:
    """Return the question for a role of what the last question was about: "And the producer?"."""
    topic = next((r for r in before if not r.answered and r.turn == before[0].turn), None)
    topic = topic or next((r for r in before if r.kind not in ("date", "number")), None)
    return None if topic is None else _role(role, topic.text)


def _role(role: str, owner: str) -> str:
    noun = fold(role.rsplit(maxsplit=1)[-1])
    person = is_person_noun(noun)
    plural = noun.endswith("s") and not noun.endswith("ss")
    return f"{'Who' if person else 'What'} {'were' if plural else 'was'} the {role} of {owner}?"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
